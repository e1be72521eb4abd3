import FailureAnalysis
import Foundation
import RunHistory
import SystemKit
import TestSupport
import Testing
import TriageActions
import TriageModel
import TriageServices
import Workspace

/// Reruns by a rule of the configuration, with shell scripts in the place of frameworks.
@Suite struct RerunServiceTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("repo/.git/HEAD", "ref: refs/heads/main\n")
  }

  private func service(_ command: [String], more: String = "") throws -> RerunService {
    let words = command.map { "\"" + $0.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\"" }
    let text = "rerun:\n  - command: [\(words.joined(separator: ", "))]\n" + more
    let repository = Repository(root: folder.at("repo"))
    let environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "", "HOME": folder.path,
      "XDG_STATE_HOME": folder.at("state"),
    ]
    let directories = Directories(environment: environment)
    let history = try HistoryService(repository, directories: directories, environment: environment)
    return RerunService(
      repository: repository, configuration: try Configuration(text: text), directories: directories,
      environment: environment, history: history, supervisor: Product.path("assay"), isTrusted: { true })
  }

  /// A rule that runs a script, which gets the test, the attempt and the report's file.
  private func service(script: String, more: String = "") throws -> RerunService {
    try folder.write("repo/run.sh", script)
    let report = script.contains("$3") ? ["{report}"] : []
    return try service(["sh", "run.sh", "{name}", "{attempt}"] + report, more: more)
  }

  private func test(_ name: String = "test_x") -> RerunTest {
    RerunTest(id: "t::\(name)", suite: "t", name: name)
  }

  private func run(
    _ service: RerunService, _ tests: [RerunTest], _ count: RerunOrder.Count, jobs: Int = 1,
    cancellation: ProcessCancellation = ProcessCancellation(),
    observe: @escaping @Sendable (RerunSnapshot) -> Void = { _ in }
  ) throws -> RerunSnapshot {
    var order = RerunOrder()
    (order.count, order.jobs) = (count, jobs)
    return try service.run(service.plan(tests, order), cancellation: cancellation, observe: observe)
  }

  private func counts(_ snapshot: RerunSnapshot, _ row: Int = 0) -> [Int] {
    let counts = snapshot.rows[row].counts
    return [counts.passed, counts.failed, counts.unusable.values.reduce(0, +)]
  }

  // MARK: - How often

  @Test func countsBothWaysAndSaysTheRate() throws {
    let service = try service(script: "[ $(($2 % 10)) -gt 2 ]")
    let last = try run(service, [test()], .times(10))
    #expect(counts(last) == [7, 3, 0])
    #expect(last.rows[0].sentence == "7 of 10 passed: flaky 30 % [11–60 %]")
    #expect(last.state == .finished)
  }

  @Test func allPassingIsNeitherFlakyNorFixed() throws {
    let last = try run(try service(script: "true"), [test()], .times(4))
    #expect(last.rows[0].sentence == "4 of 4 passed: not reproduced here")
  }

  @Test func stopsAtTheFirstFailureWhereThatIsWanted() throws {
    let last = try run(try service(script: "[ $2 -lt 5 ]"), [test()], .untilFail(most: 50))
    #expect(counts(last) == [4, 1, 0])
  }

  @Test func stopsWhenBothWaysWereSeen() throws {
    let last = try run(try service(script: "[ $2 -gt 2 ]"), [test()], .untilKnown(most: 50))
    #expect(counts(last) == [1, 2, 0])
  }

  /// A test that always fails is called broken no sooner than a flake of its rate is unlikely to have done that.
  @Test func aTestThatAlwaysFailsTakesWhatItsRateAsksFor() throws {
    let service = try service(script: "false")
    var often = test("often")
    often.failureRate = Wilson.rate(8, of: 10)
    let last = try run(service, [test(), often], .untilKnown(most: 100))
    // ln 0.01 / ln 0.5 and ln 0.01 / ln 0.8.
    #expect([counts(last, 0), counts(last, 1)] == [[0, 7, 0], [0, 21, 0]])
  }

  @Test func provesByAsManyPassesAsTheOldRateAsksFor() throws {
    let service = try service(script: "true")
    var flake = test()
    flake.failureRate = Wilson.rate(6, of: 40)
    let passes = RerunStop.passes(of: [flake], error: 0.001)
    #expect(passes == 43)
    let last = try run(service, [flake], .prove(passes: passes), jobs: 4)
    #expect(last.rows[0].counts.passed == passes)
    #expect(
      last.rows[0].sentence.hasPrefix("43 passes in a row: a test that failed 15 % of the time does that once in 1,08"))
  }

  @Test func oneFailureProvesNothing() throws {
    let last = try run(try service(script: "[ $2 -ne 3 ]"), [test()], .prove(passes: 40))
    #expect(counts(last) == [2, 1, 0])
    #expect(last.rows[0].sentence.hasSuffix("not mended"))
  }

  // MARK: - What tells nothing

  @Test(arguments: [
    ("exit 127", "the command could not be run"), ("kill -9 $$", "was ended by signal 9"),
    ("printf '' > /dev/null; exit 0 # $3", "left no report"), ("echo '<testsuite/>' > $3", "left no report"),
    ("echo '<testsuite><testcase name=\"other\"/></testsuite>' > $3", "not among the tests that ran"),
    ("echo '<testsuite><testcase classname=\"t\" name=\"test_x\"><skipped/></testcase></testsuite>' > $3", "skipped"),
  ])
  func whatDidNotRunIsNoPass(_ script: String, _ why: String) throws {
    let last = try run(try service(script: script), [test()], .times(1))
    #expect(counts(last) == [0, 0, 1], "\(last)")
    #expect(last.rows[0].sentence.contains(why), "\(last.rows[0].sentence)")
    #expect(last.untold == 1)
  }

  @Test func whatHangsIsEndedAndTellsNothing() throws {
    let service = try service(script: "trap '' TERM; sleep 600", more: "    time_limit: 0.3\n")
    let last = try run(service, [test()], .times(1))
    #expect(last.rows[0].sentence.contains("did not end within"))
  }

  @Test func whatTellsNothingIsNotTriedForEver() throws {
    let last = try run(try service(script: "exit 127"), [test()], .untilKnown(most: 50))
    #expect(counts(last) == [0, 0, 3])
  }

  @Test func aProgramThatIsNotThereEndsTheRerun() throws {
    let last = try run(try service(["no-such-program-of-assay", "{name}"]), [test()], .times(5))
    guard case .failed(let why) = last.state else {
      Issue.record("\(last.state)")
      return
    }
    #expect(why.contains("could not run no-such-program-of-assay") && last.rows[0].counts.told == 0)
  }

  // MARK: - What it does not do

  @Test func aNameIsNeverCode() throws {
    let name = "x'; touch \(folder.at("pwned")); $(touch \(folder.at("pwned"))) `touch \(folder.at("pwned"))`\n-rf"
    let last = try run(try service(script: "[ \"$2\" = 1 ]"), [test(name)], .times(1))
    #expect(counts(last) == [1, 0, 0])
    #expect(!FileManager.default.fileExists(atPath: folder.at("pwned")))
  }

  @Test func outputIsKeptOnDiskUpToALimitWithItsEnd() throws {
    let last = try run(
      try service(script: "head -c 100000000 /dev/zero | tr '\\0' x; echo; echo the end; exit 1"), [test()], .times(1))
    let file = try #require(last.output)
    let size = try FileManager.default.attributesOfItem(atPath: file)[.size] as? Int ?? 0
    #expect(size > 1 << 26 && size < 1 << 27)
    #expect(RerunService.tail(of: file).last == "the end")
  }

  @Test func cancellingKeepsWhatEndedBefore() throws {
    let cancellation = ProcessCancellation()
    let service = try service(script: "[ $2 -lt 3 ] || sleep 600")
    let last = try run(service, [test()], .times(50), cancellation: cancellation) { snapshot in
      if snapshot.rows[0].counts.passed == 2, snapshot.running == 1 { cancellation.cancel() }
    }
    #expect(last.state == .cancelled)
    #expect(counts(last) == [2, 0, 0])
  }

  @Test func twoAtOnceKeepApart() throws {
    let service = try service(script: "true")
    let (one, two) = (try run(service, [test()], .times(1)), try run(service, [test()], .times(1)))
    #expect(one.id != two.id && one.folder != two.folder)
  }

  // MARK: - What it means

  @Test func saysWhatOnlyFailingAttemptsPrint() throws {
    let script = "echo took 0.$2 s; if [ $2 = 2 ]; then echo cache was cold; exit 1; fi; echo cache was warm"
    let lines = try run(try service(script: script), [test()], .times(3)).rows[0].ownLines
    #expect(lines.map(\.text) == ["cache was cold", "cache was warm"])
    #expect(lines.map(\.words) == ["only failing attempts (1 of 1)", "only passing attempts (2 of 2)"])
  }

  @Test func aRunsOwnReportIsReadByTheSameReaders() throws {
    let script = """
      if [ $2 = 1 ]; then body='<failure message="E: one">E: one</failure>'; else body=''; fi
      echo "<testsuite name='pytest'><testcase classname='t' name='test_x'>$body</testcase></testsuite>" > $3
      """
    let last = try run(try service(script: script), [test()], .times(2))
    #expect(counts(last) == [1, 1, 0])
  }

  /// Reruns change no verdict on the runs of CI: the history of those does not know them.
  @Test func rerunsAreKeptBesideTheHistory() throws {
    let service = try service(script: "[ $2 = 1 ]")
    _ = try run(service, [test()], .times(2))
    let history = try #require(service.history)
    #expect(try history.records().isEmpty)
    #expect(try history.reruns.records().count == 2)
    #expect(try history.reruns.series(of: "t::test_x", .init()).results.map(\.outcome) == [.passed, .failed])
  }
}
