import FailureAnalysis
import RunHistory
import TestSupport
import Testing
import TriageModel
import Workspace

@testable import TriageServices

/// The figures over histories that are made by hand: one letter a test and run, as `TRUTH.md` of the churn runs writes them.
@Suite struct HealthSurveyTests {
  private let state: TemporaryFolder
  private let project: TemporaryFolder
  private let history: HistoryService
  private static let hour = 3_600_000

  init() throws {
    state = try TemporaryFolder()
    project = try TemporaryFolder()
    let directories = Directories(environment: ["XDG_STATE_HOME": state.path, "HOME": state.path])
    history = try HistoryService(nil, directories: directories, environment: [:])
  }

  /// A run of a day: `.` passed, `r` passed on retry, `F` failed, `s` skipped.
  private func run(
    _ number: Int, _ letters: String, commit: String? = "aaa", branch: String = "main", hours: Int? = nil,
    isComplete: Bool = true, took: RunTime? = nil, seconds: Float = 1
  ) -> Run {
    var fixture = RunFixture(id: "\(number)")
    fixture.info.commit = commit
    fixture.info.branch = branch
    fixture.info.startedAt = Timestamp(milliseconds: 1_760_000_000_000 + .init((hours ?? number * 24) * Self.hour))
    fixture.info.took = took
    if !isComplete { fixture.info.completeness = .incomplete(reasons: ["the job was killed"]) }
    for (place, letter) in letters.enumerated() {
      let name = "test_\(place)"
      switch letter {
      case "F": fixture.add(name, .failed, message: "boom \(place)", duration: seconds)
      case "s": fixture.add(name, .skipped, duration: seconds)
      case "r":
        fixture.add(name, .failed, message: "boom \(place)", duration: seconds)
        fixture.add(name, .passed, duration: seconds)
      default: fixture.add(name, .passed, duration: seconds)
      }
    }
    return fixture.run()
  }

  private func report(
    _ filter: HistoryFilter = .init(.days(90)), _ settings: HealthSettings = .init(), repository: Bool = false,
    _ change: (inout HealthSources) -> Void = { _ in }
  ) throws -> HealthReport {
    let repository = repository ? Repository(root: project.path) : nil
    var sources = HealthSources(
      repository: repository, settings: settings,
      records: TeamRecords(repository, now: Timestamp(milliseconds: 1_760_000_000_000)), cacheFolder: state.path)
    change(&sources)
    return try #require(try HealthSurvey(history, sources).report(of: filter))
  }

  private func figure(_ kind: HealthKind, of report: HealthReport) throws -> HealthFigure {
    try #require(report.figures.first { $0.kind == kind })
  }

  private func number(_ kind: HealthKind, of report: HealthReport) throws -> Double? {
    guard case .known(let number) = try figure(kind, of: report).number else { return nil }
    return number
  }

  @Test func theRegistryIsThatOfTheKinds() {
    #expect(HealthFigures.all.map(\.kind) == HealthKind.all)
  }

  @Test func aHistoryOfNothingKnowsNothing() throws {
    let report = try report()
    #expect(report.problem != nil && report.figures.count == HealthKind.all.count)
    #expect(
      report.figures.allSatisfy { $0.state == .unknown }, "\(report.figures.filter { $0.state != .unknown }.map(\.id))")
  }

  @Test func thePassRateIsThatOfTheNewestCommit() throws {
    for number in 1...4 { try history.add(run(number, "....", commit: "aaa")) }
    try history.add(run(5, "..Fs", commit: "bbb"))
    try history.add(run(6, "....", commit: "bbb"))
    let report = try report()
    #expect(try number(.passRate, of: report) == 6.0 / 7)
    #expect(try figure(.passRate, of: report).points.map(\.number) == [1, 6.0 / 7])
    #expect(try number(.suiteTime, of: report) == 4)
  }

  @Test func anIncompleteRunMakesFiguresUnknown() throws {
    for number in 1...6 { try history.add(run(number, "....")) }
    try history.add(run(7, "....", commit: "bbb", isComplete: false))
    let report = try report()
    #expect(report.incomplete == 1)
    for kind in [HealthKind.passRate, .suiteTime, .gateTime] {
      #expect(try figure(kind, of: report).state == .unknown, "\(kind.id)")
    }
    // What is not known to be green spends the budget.
    #expect(try number(.budget, of: report).map { ($0 * 100).rounded() } == (100.0 / 7 * 100).rounded())
    #expect(try figure(.suiteTime, of: report).points.last?.number == nil)
  }

  @Test func fewRunsTellNoRate() throws {
    for number in 1...4 { try history.add(run(number, "....")) }
    let report = try report()
    #expect(try figure(.flakeRate, of: report).state == .unknown)
    #expect(try figure(.budget, of: report).state == .unknown)
  }

  @Test func otherStreamsAreNotMixedIn() throws {
    for number in 1...6 { try history.add(run(number, "....")) }
    for number in 7...20 { try history.add(run(number, "FFFF", branch: "feature")) }
    let report = try report()
    #expect(report.stream == "main" && report.runs == 6 && report.otherRuns == 14)
    #expect(try number(.passRate, of: report) == 1)
    var filter = HistoryFilter(.days(90))
    filter.branch = "feature"
    #expect(try number(.passRate, of: self.report(filter)) == 0)
  }

  @Test func windowsCountBackFromTheNewestRun() throws {
    for number in 1...6 { try history.add(run(number, "r...", hours: number)) }
    for number in 100...106 { try history.add(run(number, "....", hours: number * 24)) }
    let short = try report(.init(.days(10)))
    #expect(short.runs == 7)
    #expect(try number(.flakeRate, of: short) == 0)
    #expect(try number(.flakeRate, of: report(.init(.days(365)))) == 6.0 / 52)
  }

  @Test func flakesAreSetApartAndSpendNoBudget() throws {
    // The second test flakes on commits that it passes on as well.
    let rows = ["....", ".F..", "....", "....", ".r..", "....", "....", ".F..", "....", "....", "....", ".F..", "...."]
    for (place, letters) in rows.enumerated() {
      try history.add(run(place + 1, letters, commit: "c\(place / 5)"))
    }
    let report = try report()
    #expect(try number(.flakeRate, of: report) == 4.0 / 52)
    #expect(try number(.budget, of: report) == 0)
    let flake = try #require(try figure(.flakeRate, of: report).parts.first)
    #expect(flake.title.hasSuffix("test_1") && flake.text == "3 failed, 1 on retry")
    #expect(try figure(.passRate, of: report).facts.contains { $0.text.hasPrefix("100 % without 1 flaky") })
  }

  @Test func aBudgetThatBurnsInBothWindowsIsAnAlert() throws {
    for number in 1...20 { try history.add(run(number, "....", commit: "c\(number)")) }
    var settings = HealthSettings()
    settings.budget.objective = 0.5
    settings.budget.alert = 1.5
    for number in 21...24 { try history.add(run(number, "...F", commit: "c\(number)", hours: 480 + number)) }
    let budget = try figure(.budget, of: report(.init(.days(90)), settings))
    // 4 of 24 runs are red, and half may be: a third is used. All runs of the last day are red.
    #expect(budget.number == .known(4.0 / 24 / 0.5))
    #expect(budget.alert == nil, "over seven days it is 4 of 11, below the alert")
    settings.budget.longDays = 1
    let alert = try figure(.budget, of: report(.init(.days(90)), settings))
    #expect(alert.alert != nil && alert.state == .missed)
  }

  @Test func whatWasMutedOnItsDaySpendsNoBudget() throws {
    for number in 1...10 { try history.add(run(number, number > 8 ? "..F." : "....", commit: "c\(number)")) }
    let before = try number(.budget, of: report())
    #expect(before.map { ($0 * 10).rounded() } == 200)
    let test = "tests/test_a.py::test_2"
    func muted(created: String) throws -> Double? {
      try project.write(
        ".assay/mutes.yaml",
        "- {ticket: T, reason: r, test: \"\(test)\", created: \(created), expires: 2026-01-01}\n")
      return try number(.budget, of: report(.init(.days(90)), .init(), repository: true))
    }
    #expect(try muted(created: "2025-09-01") == 0)
    // A mute that was made later excuses nothing of before.
    #expect(try muted(created: "2025-12-24") == before)
  }

  @Test func theGateTimeIsTheJobsAndNeverMixedWithTheTests() throws {
    for number in 1...5 {
      try history.add(run(number, "....", took: RunTime(seconds: Double(number), by: number < 3 ? .tests : .job)))
    }
    let figure = try figure(.gateTime, of: report())
    #expect(figure.number == .known(5) && figure.state == .met)
    #expect(figure.points.map(\.number) == [nil, nil, 3, 4, 5])
  }

  @Test func goldenChangesAreThoseOfTestedCommits() throws {
    for number in 1...8 { try history.add(run(number, "....", commit: "c\(number)")) }
    #expect(try figure(.goldenChanges, of: report(.init(.days(90)), .init(), repository: true)).state == .unknown)
    var lines: [String] = []
    for (path, commit) in [("a.csv", "c2"), ("b.csv", "c2"), ("a.csv", "c5"), ("a.csv", "elsewhere")] {
      var line = ApprovalLine(
        .approve, GoldenLocation(path: path), convention: "x", old: nil, new: ContentHash(of: commit.utf8),
        time: Timestamp(milliseconds: 9),
        who: "me", reason: "r", run: "r")
      line.commit = commit
      lines.append(line.json)
    }
    try project.write(".assay/approvals.jsonl", lines.joined(separator: "\n") + "\n")
    let approved = try report(.init(.days(90)), .init(), repository: true)
    #expect(try number(.goldenChanges, of: approved) == 2.0 / 8)
    #expect(try figure(.goldenChanges, of: approved).parts.count == 3)
    let waiting = try report(.init(.days(90)), .init(), repository: true) {
      $0.waiting = .init(commit: "c8", goldens: [GoldenLocation(path: "c.csv")])
    }
    #expect(try number(.goldenChanges, of: waiting) == 3.0 / 8)
    try project.write(".assay/approvals.jsonl", "<<<<<<< ours\n" + lines[0] + "\n")
    #expect(try figure(.goldenChanges, of: report(.init(.days(90)), .init(), repository: true)).state == .unknown)
  }

  @Test func verdictsAreKeptAsTheyWereGivenAndJudgedByWhatCameLater() throws {
    // The first test breaks with c3 and is mended by c5; the second flakes; the third broke last and nothing tells yet.
    let rows = [
      "...", "...", "...", "...", "...", "...", ".F.", "...", ".F.", "...", "F..", "F..", "F..", "...", "...", "..F",
    ]
    let commits = [
      "c1", "c1", "c1", "c1", "c1", "c1", "c2", "c2", "c2", "c2", "c3", "c3", "c4", "c5", "c5", "c6",
    ]
    for (place, letters) in rows.enumerated() { try history.add(run(place + 1, letters, commit: commits[place])) }
    let kept = try history.verdicts(of: try history.records().map(\.key))
    #expect(kept.count == 6)
    // A run that comes late was judged by nobody while it was the newest.
    try history.add(run(3, "FFF", commit: "c0", hours: 3))
    #expect(try history.verdicts(of: try history.records().map(\.key)) == kept)
    let figure = try figure(.verdicts, of: report())
    guard case .known(let share) = figure.number else { return #expect(Bool(false), "\(figure.number)") }
    #expect(share <= 1 && figure.target == nil)
    let open = figure.facts.filter { $0.text.contains("not yet known: 1") || $0.text.contains("claims nothing: ") }
    #expect(!open.isEmpty, "\(figure.facts)")
    // A person's word decides, whatever else is known of it; the last word counts.
    let claim = try #require(kept.last { [.new, .broken, .flaky].contains($0.label) })
    let record = try #require(try history.records().first { $0.key == claim.run })
    var lines = ""
    for (called, isWrong) in [("infra", true), (claim.label.word, false)] {
      var note = Note(
        .called, at: claim.test, signature: nil, text: called, who: "A", time: .init(milliseconds: isWrong ? 8 : 9))
      note.run = record.identity.name(startedAt: record.startedAt)
      lines += note.json + "\n"
      try project.write(".assay/notes.jsonl", lines)
      let after = try self.figure(.verdicts, of: report(.init(.days(90)), .init(), repository: true))
      #expect(after.parts.contains { $0.text.hasSuffix("a person called it infra") } == isWrong, "\(after)")
    }
  }

  @Test(arguments: [
    // Passed on the very commit: a flake.
    ("F.", "aa", [0: FailureTruth.flaked]), (".F", "aa", [1: .flaked]),
    // Another commit mended a row of them, or two of one commit.
    ("FFF.", "abcd", [0: .mended, 1: .mended, 2: .mended]), ("FF.", "aab", [0: .mended, 1: .mended]),
    // One failure before another commit may have been a flake, and what still fails is open.
    ("F.", "ab", [0: .open]), ("FF.", "abc", [0: .open, 1: .open]), ("FFFF", "abcd", [0: .open, 3: .open]),
    // A commit that it passed on as well is no breakage's.
    ("F.FFF.", "aabcde", [0: .flaked, 2: .mended]), ("FFF.", "aaaa", [0: .flaked, 1: .flaked, 2: .flaked]),
  ])
  func theTruthAboutAFailureComesLater(letters: String, commits: String, expected: [Int: FailureTruth]) {
    let runs = Array(commits).enumerated().map { place, commit in
      var record = RunRecord(
        key: RunKey(integerLiteral: .init(place + 1)), identity: RunIdentity(source: "x", id: "\(place)"))
      record.commit = String(commit)
      record.branch = "main"
      record.startedAt = Timestamp(milliseconds: 1_760_000_000_000 + .init(place * Self.hour))
      return record
    }
    let results = zip(runs, letters).map { run, letter in
      ResultRecord(
        run: run.key, outcome: letter == "F" ? .failed : .passed, attempts: [letter == "F" ? .failed : .passed])
    }
    let truths = FailureTruths(TestSeries(test: "t", results: results), .init(runs), row: 3)
    for (place, truth) in expected { #expect(truths.truth(of: runs[place].key) == truth, "\(letters) \(place)") }
  }

  @Test func whatIsNotYetKnownJudgesNothing() {
    for label in Verdict.Label.allCases {
      #expect(FailureTruth.open.judges(label) == nil)
      let judged = [FailureTruth.flaked, .mended].map { $0.judges(label) }
      #expect(judged[0] == nil ? judged[1] == nil : judged[0] != judged[1], "\(label)")
    }
  }
}
