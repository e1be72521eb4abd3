import RunArtifacts
import TestSupport
import Testing
import TriageModel
import TriageServices

@Suite struct RunCompletenessTests {
  private let runs: RunFolder

  init() throws { runs = try RunFolder() }

  private func reasons() throws -> [String] {
    try #require(try runs.load().runs.first).info.completeness.reasons
  }

  @Test func aJobThatLeftOnlyItsLogIsNotGreen() throws {
    try runs.folder.write("console.log", "collecting\nSegmentation fault (core dumped)\n")
    #expect(
      try reasons() == [
        "no test report was found", "console.log: a process crashed (segmentation fault)",
      ])
  }

  @Test func aJobThatFailedWithoutAFailingTestIsNotGreen() throws {
    try runs.junit("junit.xml", "one")
    try runs.folder.write("run.json", #"{"id": "1", "exit_code": 2}"#)
    #expect(try reasons() == ["the job exited with status 2, but no test failed"])
    try runs.junit("junit.xml", "one!")
    #expect(try reasons() == [])
  }

  @Test(arguments: [
    (137, "the job was killed (status 137)"), (139, "the job crashed (status 139)"),
    (143, "the job was terminated (status 143)"), (-9, "the job was ended by signal 9"),
    (Int.min, "the job was ended by signal 9223372036854775808"),
  ])
  func aJobThatWasKilledIsNotGreenEvenWithFailures(status: Int, reason: String) throws {
    try runs.junit("junit.xml", "one!")
    try runs.folder.write("run.json", #"{"id": "1", "exit_code": \#(status)}"#)
    #expect(try reasons() == [reason])
  }

  @Test(arguments: [
    (124, "the job ran out of time (status 124), and no test failed"),
    (5, "the job exited with status 5, but no test failed"),
  ])
  func aJobThatFailedSaysHow(status: Int, reason: String) throws {
    try runs.junit("junit.xml", "one")
    try runs.folder.write("run.json", #"{"id": "1", "exit_code": \#(status)}"#)
    #expect(try reasons() == [reason])
  }

  @Test func aConclusionOtherThanSuccessIsHeard() throws {
    try runs.junit("junit.xml", "one")
    try runs.folder.write("run.json", #"{"id": "1", "conclusion": "cancelled"}"#)
    #expect(try reasons() == ["the job's conclusion is cancelled, but no test failed"])
    try runs.folder.write("run.json", #"{"id": "1", "conclusion": "success"}"#)
    #expect(try reasons() == [])
  }

  @Test func aReportThatBreaksOffIsNotGreen() throws {
    try runs.folder.write("junit.xml", "<testsuite name=\"s\">\n<testcase name=\"a\"/>\n<testcase name=\"b\"")
    let run = try #require(try runs.load().runs.first)
    #expect(run.table.count >= 1)
    #expect(run.info.partial.map(\.path) == ["junit.xml"])
    #expect(run.info.completeness.reasons.first?.hasPrefix("junit.xml: ") == true)
    #expect(run.info.completeness.reasons.first?.hasSuffix("(line 3)") == true)
  }

  @Test func anEmptyReportIsNotGreen() throws {
    try runs.folder.write("junit.xml", "")
    #expect(try reasons().isEmpty == false)
    try runs.folder.write("results.xml", "Traceback (most recent call last)\n")
    try runs.junit("other.xml", "one")
    #expect(try reasons().contains("results.xml is no report of a known format"))
  }

  @Test func aReportThatCannotBeReadIsNotGreen() throws {
    try runs.junit("other.xml", "one")
    try runs.folder.write("junit.xml.gz", [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 5])
    #expect(try reasons() == ["junit.xml.gz: it cannot be read (truncated gzip input)"])
  }

  @Test func aReportAmongManyEntriesLeftOutOfAnArchiveIsMissed() throws {
    try runs.junit("other.xml", "one")
    try runs.folder.makeFolder("links")
    try runs.folder.makeFolder("more")
    for number in 0..<1100 { try runs.folder.link("links/\(number)", to: "nowhere") }
    try runs.folder.link("more/junit.xml", to: "nowhere")
    let packed = Shell.run(["tar", "-cf", "run.tar", "other.xml", "links", "more"], directory: runs.folder.path)
    #expect(packed.status == 0)
    #expect(
      try runs.load("run.tar").runs.first?.info.completeness.reasons == [
        "\(runs.folder.at("run.tar")): more than 1,000 entries were left out, more/junit.xml among them"
      ])
  }

  @Test func someOtherToolsJSONIsNoLoss() throws {
    try runs.junit("junit.xml", "one")
    try runs.folder.write("report.json", #"{"lighthouse": 3}"#)
    let loaded = try runs.load()
    #expect(loaded.runs[0].info.completeness.isComplete)
    #expect(loaded.unrecognised.map(\.path) == ["report.json"])
  }

  @Test func aFolderWithNothingIsAnError() throws {
    let error = #expect(throws: LoadError.self) { try runs.load() }
    #expect(error?.description == "could not read \(runs.folder.path): nothing was there to read")
    try runs.folder.write("notes.md", "nothing")
    try runs.folder.write("data.json", "{}")
    let other = #expect(throws: LoadError.self) { try runs.load() }
    #expect(
      other?.description.hasSuffix(
        "nothing was there to read (data.json is no report of a known format; assay manual formats names those that are)"
      ) == true)
  }

  @Test func aFolderOfArchivesSaysToNameThem() throws {
    try runs.folder.write("download.zip", "x")
    let error = #expect(throws: LoadError.self) { try runs.load() }
    #expect(error?.description.hasSuffix("(download.zip is an archive: name it itself)") == true)
  }

  @Test func aMissingPathIsAnError() throws {
    let error = #expect(throws: LoadError.self) { try runs.load("none") }
    #expect(error == .unreadable(path: runs.folder.at("none"), .missing))
    #expect(error?.description == "could not open \(runs.folder.at("none")): there is no such file or folder")
  }

  @Test func filesAreListedLogsFirst() throws {
    try runs.junit("junit.xml", "one")
    try runs.folder.write("plot.png", "x")
    try runs.folder.write("logs/console.log", "x")
    try runs.folder.write("notes.txt", "x")
    let files = try #require(try runs.load().runs.first).info.files
    #expect(files.map(\.path) == ["logs/console.log", "junit.xml", "notes.txt", "plot.png"])
    #expect(files.map(\.kind) == [.log, .report, .text, .image])
  }

  @Test func publishesWhatIsKnownAndStopsWhenAsked() throws {
    try runs.junit("junit.xml", "one", "two!")
    var last: LoadProgress?
    let loaded = try RunLoader.load(runs.request()) {
      last = $0
      return true
    }
    #expect(last?.phase == .done)
    #expect(last?.runs?.count == loaded.runs.count)
    #expect(last?.tests == 2)
    #expect(last?.failing == 1)
    #expect(last?.files == 1)
    let error = #expect(throws: LoadError.self) { try RunLoader.load(runs.request()) { _ in false } }
    #expect(error == .cancelled)
  }
}
