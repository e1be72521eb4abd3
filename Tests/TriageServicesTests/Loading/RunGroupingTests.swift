import TestSupport
import Testing
import TriageModel
import TriageServices

@Suite struct RunGroupingTests {
  private let runs: RunFolder

  init() throws { runs = try RunFolder() }

  @Test func eachRunJSONIsARunOfItsOwn() throws {
    try runs.junit("a/junit.xml", "one", "two")
    try runs.folder.write("a/run.json", #"{"id": "1", "ci": "x", "started_at": "2026-01-01T00:00:00Z"}"#)
    try runs.junit("b/deep/junit.xml", "one")
    try runs.folder.write("b/run.json", #"{"id": 2, "ci": "x", "started_at": "2026-01-02T00:00:00Z"}"#)
    try runs.folder.write("README.md", "two runs")
    let loaded = try runs.load()
    #expect(loaded.runs.map(\.info.identity) == [RunIdentity(source: "x", id: "2"), RunIdentity(source: "x", id: "1")])
    #expect(loaded.runs.map(\.table.count) == [1, 2])
    #expect(loaded.runs[0].table.reports.map(\.path) == ["deep/junit.xml"])
  }

  @Test func theNewestRunIsReadFirst() throws {
    for (day, format) in [("01", "a"), ("03", "b"), ("02", "c")] {
      try runs.junit("\(format)/junit-\(format).xml", "one")
      try runs.folder.write(
        "\(format)/run.json", "{\"id\": \"\(format)\", \"started_at\": \"2026-01-\(day)T00:00:00Z\"}")
    }
    #expect(try runs.load().recognised.compactMap { $0.path.split(separator: "-").last?.first } == Array("bca"))
  }

  @Test func reportsOutsideOfRunsAreARunToo() throws {
    try runs.junit("a/junit.xml", "one")
    try runs.folder.write("a/run.json", #"{"id": "1"}"#)
    try runs.junit("other/junit.xml", "two", "three")
    #expect(try runs.load().runs.map(\.table.count).sorted() == [1, 2])
  }

  @Test func archivesBesideReportsAreNamedSinceTheirTestsAreNotCounted() throws {
    try runs.junit("junit.xml", "one")
    for number in 1...7 { try runs.folder.write("leg\(number).zip", "PK") }
    let warnings = try runs.load().warnings
    #expect(warnings.count == 6)
    #expect(warnings.first == "leg1.zip is an archive: name it itself")
    #expect(warnings.last == "2 more archives were not opened")
  }

  @Test func pathsThatNothingTellsApartAreOneRunAsInOneFolder() throws {
    for leg in ["py3.11", "py3.12"] {
      try runs.junit("all/test-results-\(leg)/junit.xml", "one", "two")
      let packed = Shell.run(
        ["tar", "-cf", "../../test-results-\(leg).tar", "junit.xml"],
        directory: runs.folder.at("all/test-results-\(leg)"))
      try #require(packed.status == 0)
    }
    let run = try #require(try runs.load("test-results-py3.11.tar", "test-results-py3.12.tar").runs.first)
    let whole = try #require(try runs.load("all").runs.first)
    #expect(run.table.count == 4)
    #expect(run.table.reports.map(\.labels) == whole.table.reports.map(\.labels))
    #expect((0..<4).map { run.table.leg(of: TestIndex($0)) } == (0..<4).map { whole.table.leg(of: TestIndex($0)) })
    #expect(run.info.identity.source == runs.folder.path.split(separator: "/").last.map(String.init))
  }

  @Test func foldersOfModulesAreOneRun() throws {
    for module in ["core", "web", "cli"] { try runs.junit("\(module)/target/surefire-reports/TEST-a.xml", module) }
    let loaded = try runs.load(
      "core/target/surefire-reports", "web/target/surefire-reports", "cli/target/surefire-reports/TEST-a.xml")
    #expect(loaded.runs.map(\.table.count) == [3])
  }

  /// A suite that began then; jest writes one of 1970 for a suite that it could not load, and lists it first.
  private func suite(_ path: String, at time: String) throws {
    try runs.folder.write(
      path,
      """
      <testsuites><testsuite name="a" timestamp="1970-01-01T00:00:00"><testcase classname="a" name="x"/></testsuite>
      <testsuite name="b" timestamp="\(time)"><testcase classname="b" name="one" time="1"/></testsuite></testsuites>
      """)
  }

  @Test(arguments: [
    (
      ["mon/reports", "tue/reports", "wed/reports"],
      ["2026-11-20T10:00:00", "2026-11-21T10:00:00", "2026-11-22T10:00:00"], 3
    ),
    (["a", "b"], ["2026-11-20T10:00:00", "2026-11-20T11:00:00"], 2),
    (["a", "b"], ["2026-11-20T10:00:00", "2026-11-20T10:02:00"], 1),
    (["run-12345678", "run-12345679"], ["2026-11-20T10:00:00", "2026-11-20T10:00:01"], 2),
    (["r/2026-11-20", "r/2026-11-21"], ["2026-11-20T10:00:00", "2026-11-20T10:00:00"], 2),
    (["py311", "py312"], ["2026-11-20T10:00:00", "2026-11-20T11:00:00"], 1),
    (["py311", "py312"], ["2026-11-20T10:00:00", "2026-11-21T10:00:00"], 2),
  ])
  func pathsOfDifferentRunsStayApart(folders: [String], times: [String], count: Int) throws {
    for (folder, time) in zip(folders, times) { try suite(folder + "/junit.xml", at: time) }
    var request = runs.request()
    request.paths = folders.map(runs.folder.at)
    let loaded = try RunLoader.load(request)
    #expect(loaded.runs.count == count)
    #expect(Set(loaded.runs.map(\.info.identity)).count == count)
  }

  @Test func differentCommitsAreDifferentRuns() throws {
    for folder in ["a", "b"] {
      try runs.junit("\(folder)/junit.xml", "one")
      try runs.folder.write("\(folder)/run.json", "{\"commit\": \"\(folder)bcdef0\"}")
    }
    #expect(try runs.load("a", "b").runs.count == 2)
  }

  @Test func aFoldersNameAloneIsNoIdentity() throws {
    var found: Set<RunIdentity> = []
    for (day, test) in [("mon", "one"), ("tue", "one!")] {
      try runs.junit("\(day)/reports/junit.xml", test)
      // What archives made to be the same every time give their files.
      try #require(
        Shell.run(["touch", "-d", "1980-01-01", "\(day)/reports/junit.xml"], directory: runs.folder.path).status == 0)
      found.insert(try #require(try runs.load("\(day)/reports").runs.first).info.identity)
    }
    #expect(found.count == 2)
  }

  @Test func filesGivenBesideOneReportAreTheRunsOwn() throws {
    try runs.junit("a/junit.xml", "one!")
    try runs.folder.write("basetemp/test_one0/one.obtained.csv", "a,b\n1,2\n")
    let loaded = try runs.load("a", "basetemp")
    #expect(loaded.runs.count == 1 && loaded.warnings.isEmpty)
    #expect(loaded.runs.first?.info.files.contains { $0.path.hasSuffix("one.obtained.csv") } == true)
    #expect(throws: LoadError.self) { try runs.load("basetemp") }
    var request = runs.request("basetemp")
    request.takesAnyFile = true
    #expect(try RunLoader.load(request).runs.first?.info.files.count == 1)
    // A file that could be a report by its name and is none counts too.
    try runs.folder.write("out/x.actual.json", "{}")
    request.paths = [runs.folder.at("out")]
    #expect(try RunLoader.load(request).runs.first?.info.files.count == 1)
  }

  @Test func runsKeptByAssayAreOneEach() throws {
    try runs.junit(".assay/runs/1/junit.xml", "one")
    try runs.junit(".assay/runs/2/junit.xml", "one")
    #expect(try runs.load().runs.count == 2)
    #expect(try runs.load(".assay/runs").runs.count == 2)
  }

  @Test func oneIdentityInTwoPathsIsOneRunWithLegs() throws {
    for (folder, python) in [("py311", "3.11"), ("py312", "3.12")] {
      try runs.junit("\(folder)/junit.xml", "one", "two")
      try runs.folder.write(
        "\(folder)/run.json", #"{"id": "7", "ci": "x", "labels": {"python": "\#(python)", "os": "l"}}"#)
    }
    let loaded = try runs.load("py311", "py312")
    let run = try #require(loaded.runs.first)
    #expect(loaded.runs.count == 1)
    #expect(run.table.count == 4)
    #expect(run.table.hasLegs)
    #expect(run.table.reports.map(\.path) == ["py311/junit.xml", "py312/junit.xml"])
    #expect(Set((0..<4).map { run.table.leg(of: TestIndex($0)) }) == ["3.11", "3.12"])
    #expect(run.info.labels == ["os": "l"])
  }

  @Test func whatOneLegSaysOfItselfTellsItApart() throws {
    for (folder, gpu) in [("a", "none"), ("b", "h100")] {
      try runs.junit("\(folder)/junit.xml", "one")
      try runs.folder.write("\(folder)/run.json", #"{"id": "7", "ci": "x", "labels": {"gpu": "\#(gpu)", "os": "l"}}"#)
    }
    let run = try #require(try runs.load("a", "b").runs.first)
    #expect((0..<2).map { run.table.leg(of: TestIndex($0)) } == ["none", "h100"])
    #expect(run.info.labels == ["os": "l"])
  }

  @Test func thePathGivenTwiceIsReadOnce() throws {
    try runs.junit("junit.xml", "one")
    let loaded = try runs.load("junit.xml", "./junit.xml")
    #expect(loaded.runs.map(\.table.count) == [1])
  }

  @Test func foldersOfOneMatrixAreLegs() throws {
    try runs.junit("results-ubuntu-latest-py3.11/junit.xml", "one")
    try runs.junit("results-macos-14-py3.11/junit.xml", "one!")
    let run = try #require(try runs.load().runs.first)
    #expect(run.table.count == 2)
    #expect(
      run.table.reports.map(\.labels) == [
        ["platform": "macos-14", "python": "3.11"], ["platform": "ubuntu-latest", "python": "3.11"],
      ])
  }

  @Test func aGivenIdMakesOneRunOfAllPaths() throws {
    try runs.junit("a/junit.xml", "one")
    try runs.junit("b/junit.xml", "one")
    var request = runs.request("a", "b")
    request.overrides.id = "77"
    request.overrides.commit = "abcdef0"
    request.overrides.labels = ["shard": "2"]
    let loaded = try RunLoader.load(request)
    #expect(loaded.runs.count == 1)
    #expect(loaded.runs[0].info.identity.id == "77")
    #expect(loaded.runs[0].info.commit == "abcdef0")
    #expect(loaded.runs[0].info.labels == ["shard": "2"])
  }

  @Test func aGivenIdDoesNotMergeRunsThatNameThemselves() throws {
    for id in ["1", "2"] {
      try runs.junit("\(id)/junit.xml", "one")
      try runs.folder.write("\(id)/run.json", #"{"id": "\#(id)"}"#)
    }
    var request = runs.request()
    request.overrides.id = "77"
    let loaded = try RunLoader.load(request)
    #expect(Set(loaded.runs.map(\.info.identity.id)) == ["1", "2"])
    #expect(loaded.warnings == ["the run id given is not used: the artifacts name 2 runs"])
  }
}

@Suite struct FilesOfOneFolderTests {
  private let runs: RunFolder

  init() throws { runs = try RunFolder() }

  @Test func areOneRun() throws {
    for name in ["TEST-a.xml", "TEST-b.xml", "TEST-c.xml"] { try runs.junit("out/\(name)", "test \(name)") }
    let loaded = try runs.load("out/TEST-a.xml", "out/TEST-b.xml", "out/TEST-c.xml")
    #expect(loaded.runs.count == 1)
    #expect(loaded.runs[0].table.count == 3)
    #expect(loaded.runs[0].info.identity.source == "out")
    #expect(loaded.runs[0].table.reports.map(\.path) == ["TEST-a.xml", "TEST-b.xml", "TEST-c.xml"])
  }

  @Test func takeTheRunJSONBesideThem() throws {
    try runs.junit("out/junit.xml", "one")
    try runs.folder.write("out/run.json", #"{"id": "9", "ci": "x", "exit_code": 1}"#)
    let info = try #require(try runs.load("out/junit.xml").runs.first).info
    #expect(info.identity == RunIdentity(source: "x", id: "9"))
    #expect(info.completeness.isComplete)
  }

  @Test func placesOfOneProjectAreOneRunWhenAsked() throws {
    try runs.junit("p/junit.xml", "one")
    try runs.junit("p/core/target/surefire-reports/TEST-a.xml", "two")
    try runs.junit("p/.assay/runs/1/junit.xml", "three")
    var request = runs.request("p/junit.xml", "p/core/target/surefire-reports", "p/.assay/runs")
    request.isOneRun = true
    #expect(try RunLoader.load(request).runs.map(\.table.count).sorted() == [1, 2])
  }
}
