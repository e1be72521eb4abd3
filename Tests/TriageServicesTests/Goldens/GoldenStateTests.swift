import Goldens
import SafeText
import TestSupport
import Testing
import TriageModel
import Workspace

@testable import TriageServices

/// Where golden changes stand, with pairs made by hand in a real folder.
@Suite struct GoldenStateTests {
  private let folder: TemporaryFolder
  private let place = GoldenLocation(path: "goldens/a.txt")

  init() throws { folder = try TemporaryFolder() }

  private func pair(
    _ expected: GoldenPair.Side, _ actual: GoldenPair.Side, test: TestIndex? = TestIndex(0),
    recovery: GoldenRecovery = .exact
  ) -> GoldenPair {
    GoldenPair(
      location: place, convention: "test", test: "t", testIndex: test, expected: expected, actual: actual,
      recovery: recovery)
  }

  private func table(_ outcome: Outcome) -> TestTable {
    var builder = TestTableBuilder()
    builder.beginReport(ReportInfo(path: "junit.xml", folder: "", format: "junit"))
    builder.add(AttemptRecord(suite: builder.suite("s"), name: builder.text("t"), outcome: outcome))
    builder.endReport()
    return builder.table
  }

  private func judged(_ pair: GoldenPair, others: [GoldenPair] = [], outcome: Outcome = .failed) -> GoldenChange? {
    let reader = GoldenReader(repository: Repository(root: folder.path), commit: nil)
    return GoldenStateJudge(pair: pair, others: others, table: table(outcome), reader: reader).change()
  }

  private static func bytes(_ text: String) -> GoldenPair.Side { .bytes(Array(text.utf8)) }

  @Test func waitsForADecisionWhileTheGoldenIsWhatTheRunComparedWith() throws {
    try folder.write(place.path, "old\n")
    let change = try #require(judged(pair(Self.bytes("old\n"), Self.bytes("new\n"))))
    #expect(change.state == .pending)
    #expect(change.expectedHash == ContentHash(of: Array("old\n".utf8)))
    #expect(change.actualHash == ContentHash(of: Array("new\n".utf8)))
  }

  @Test func isStaleWhenTheGoldenChangedSince() throws {
    try folder.write(place.path, "newer\n")
    #expect(judged(pair(Self.bytes("old\n"), Self.bytes("new\n")))?.state == .stale)
    // One that is gone is stale too.
    #expect(judged(pair(Self.bytes("old\n"), Self.bytes("new\n")))?.currentHash != nil)
    try folder.write(place.path, "new\n")
    #expect(judged(pair(Self.bytes("old\n"), Self.bytes("new\n")))?.state == .approved)
  }

  @Test func isStaleWhenTheGoldenIsGone() {
    #expect(judged(pair(Self.bytes("old\n"), Self.bytes("new\n")))?.state == .stale)
  }

  @Test func isNewOrDeletedWhenThereIsOneSide() throws {
    #expect(judged(pair(.none, Self.bytes("new\n")))?.state == .new)
    try folder.write(place.path, "old\n")
    #expect(judged(pair(Self.bytes("old\n"), .none))?.state == .deleted)
    #expect(judged(pair(.none, Self.bytes("new\n")))?.state == .stale)
  }

  @Test func isWithinToleranceWhenTheTestPassed() throws {
    try folder.write(place.path, "1.0\n")
    #expect(judged(pair(Self.bytes("1.0\n"), Self.bytes("1.1\n")), outcome: .passed)?.state == .withinTolerance)
    #expect(judged(pair(Self.bytes("1.0\n"), Self.bytes("1.1\n")), outcome: .failed)?.state == .pending)
  }

  @Test func sameBytesEverywhereAreNoChange() throws {
    try folder.write(place.path, "old\n")
    #expect(judged(pair(Self.bytes("old\n"), Self.bytes("old\n")), outcome: .passed) == nil)
  }

  @Test func disagreeingAttemptsOrRunsCannotBeTrusted() throws {
    try folder.write(place.path, "old\n")
    let one = pair(Self.bytes("old\n"), Self.bytes("one\n"))
    #expect(judged(one, others: [pair(Self.bytes("old\n"), Self.bytes("two\n"))])?.state == .nonDeterministic)
    #expect(judged(one, others: [one])?.state == .pending)
    var retried = one
    retried.otherActuals = [ContentHash(of: Array("two\n".utf8))]
    #expect(judged(retried)?.state == .nonDeterministic)
  }

  private func surveyed(_ old: String, _ new: String, ignoring rules: [String] = []) throws -> GoldenChange {
    try folder.write(place.path, old)
    var info = RunInfo(identity: RunIdentity(source: "ci", id: "1"))
    info.commit = nil
    var survey = GoldenSurvey(
      pairs: [pair(Self.bytes(old), Self.bytes(new))], others: [:], run: Run(info: info, table: table(.failed)),
      reader: GoldenReader(repository: Repository(root: folder.path), commit: nil),
      ignores: [GoldenIgnore(rules: try rules.map { try IgnoreRule($0) })])
    survey.compareAll { _, _ in true }
    return try #require(survey.changes.first)
  }

  @Test func whatRulesSetAsideAloneIsNotPendingAndSaysSo() throws {
    let rule = #"/\d{4}-\d\d-\d\d/"#
    let change = try surveyed("at 2024-01-02\n", "at 2025-01-02\n", ignoring: [rule])
    #expect(change.state == .setAside && !change.state.isOpen && !change.state.isDecided)
    #expect(change.drift?.kind == .setAside && change.warnings.contains { $0.contains(rule) })
    #expect(change.actualHash == ContentHash(of: Array("at 2025-01-02\n".utf8)))
    #expect(try surveyed("at 2024-01-02 1\n", "at 2025-01-02 2\n", ignoring: [rule]).state == .pending)
    #expect(try surveyed("at 2024-01-02\n", "at 2025-01-02\n").state == .pending)
  }

  @Test func secretsAreSaidBeforeAnybodyDecides() throws {
    let key = "AKIA" + "QWERTYUIOP" + "ASDFGH"
    let change = try surveyed("a\n", "a\nkey \(key)\n")
    #expect(
      change.secrets == ["an AWS key (line 2)"] && change.warnings.first?.contains("looks like an AWS key") == true)
    #expect(try surveyed("key \(key)\n", "key \(key)\nb\n").secrets.isEmpty)
    #expect(!change.warnings.joined().contains(key))
  }

  @Test func whatWasNotRecoveredIsSaidAndNeverApprovable() throws {
    try folder.write(place.path, "old\n")
    let change = try #require(judged(pair(.unknown, .unknown, recovery: .statistics)))
    #expect(change.state == .pending)
    #expect(change.actualHash == nil && !change.recovery.isApprovable)
    #expect(change.warnings.contains { $0.contains("not known") })
  }

  @Test func bytesThatAreNotWhatTheManifestClaimsAreRefused() throws {
    try folder.write(place.path, "old\n")
    var pair = pair(Self.bytes("old\n"), Self.bytes("forged\n"))
    pair.claimedHashes.actual = ContentHash(of: Array("new\n".utf8))
    let change = try #require(judged(pair))
    #expect(change.actualHash == nil && !change.recovery.isApprovable)
  }

  @Test func aGoldenThatIsBoundByItsHashAloneIsStaleWhenItHasAnother() throws {
    for side in [GoldenPair.Side.repository, .unknown] {
      var pair = pair(side, Self.bytes("new\n"))
      pair.claimedHashes.expected = ContentHash(of: Array("old\n".utf8))
      try folder.write(place.path, "later\n")
      let change = try #require(judged(pair))
      #expect(change.state == .stale && change.expectedHash == pair.claimedHashes.expected)
      try folder.write(place.path, "old\n")
      #expect(judged(pair)?.state == .pending)
      #expect(judged(pair)?.warnings == [])
    }
  }

  @Test func aGoldenThatIsBoundByItsHashAndGoneIsStale() {
    for side in [GoldenPair.Side.repository, .unknown] {
      var pair = pair(side, Self.bytes("new\n"))
      pair.claimedHashes.expected = ContentHash(of: Array("old\n".utf8))
      #expect(judged(pair)?.state == .stale)
    }
  }

  @Test func outsideOfARepositoryNothingIsStale() {
    let reader = GoldenReader(repository: nil, commit: nil)
    for side in [Self.bytes("old\n"), .unknown] {
      var pair = pair(side, Self.bytes("new\n"))
      pair.claimedHashes.expected = ContentHash(of: Array("old\n".utf8))
      let judge = GoldenStateJudge(pair: pair, others: [], table: table(.failed), reader: reader)
      #expect(judge.change()?.state == .pending)
    }
  }

  @Test(arguments: ["../outside.txt", "/etc/passwd", "link/passwd", "a\0b"])
  func neverReadsOutsideTheRepository(path: String) throws {
    try folder.makeFolder("repository")
    try folder.write("outside.txt", "secret\n")
    try folder.link("repository/link", to: "/etc")
    let reader = GoldenReader(repository: Repository(root: folder.at("repository")), commit: nil)
    #expect(reader.file(path) == nil)
    #expect(reader.fileAtRun(path) == nil)
  }
}
