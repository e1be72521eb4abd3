import RunHistory
import TestSupport
import Testing
import TriageModel
import Workspace

@testable import TriageServices

/// A history that a team shares, and the copy of it on a machine that is offline.
@Suite struct SharedHistoryTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func open(_ address: String, at moment: String = "2026-11-28T09:15:00Z") throws -> HistoryService {
    try HistoryService(
      nil, directories: Directories(environment: ["HOME": folder.path]), environment: ["ASSAY_NOW": moment],
      store: address)
  }

  private func run(_ day: Int, failing: Set<String>) -> Run {
    var fixture = RunFixture()
    for name in ["test_a", "test_b", "test_c"] {
      if failing.contains(name) { fixture.add(name, .failed, message: "boom") } else { fixture.add(name, .passed) }
    }
    fixture.info.identity = RunIdentity(source: "ci", id: "\(4100 + day)")
    fixture.info.branch = "main"
    fixture.info.startedAt = Timestamp(milliseconds: Int64(1_760_000_000_000) + Int64(day) * 86_400_000)
    return fixture.run()
  }

  private func exported(_ service: HistoryService) throws -> [UInt8] {
    var bytes: [UInt8] = []
    try service.export(.init()) {
      bytes += $0
      return true
    }
    return bytes
  }

  @Test(.enabled(if: PostgresServer.shared != nil, "PostgreSQL is not installed here"))
  func theCopyAnswersWhatTheServerDidAndSaysHowOldItIs() throws {
    let server = try #require(PostgresServer.shared)
    let database = try server.database()
    let service = try open(server.address(database))
    for day in 1...3 { try service.add(run(day, failing: day == 2 ? ["test_a"] : ["test_a", "test_b"])) }
    try service.reruns.add(run(9, failing: ["test_c"]))
    #expect(try service.pull { _, _ in }.copied == 4)
    #expect(try service.pull { _, _ in }.copied == 0, "what is known is not read again")
    try service.add(run(4, failing: ["test_c"]))
    #expect(try service.pull { _, _ in }.copied == 1)
    let told = try exported(service)
    let causes = service.knownCauses(
      of: try service.series(of: "tests/test_a.py::test_a", .init()).results.compactMap(\.signature))
    #expect(!causes.isEmpty)
    try server.run("DROP DATABASE \(database) WITH (FORCE)")
    let offline = try open(server.address(database), at: "2026-11-28T12:20:00Z")
    let notice = try #require(offline.notice)
    #expect(notice.hasPrefix("history: using the copy of 2026-11-28 09:15, 3 h old (assay history pull renews it): "))
    #expect(!notice.contains("\n"))
    #expect(try exported(offline) == told)
    #expect(try offline.reruns.records().count == 1)
    #expect(offline.knownCauses(of: Array(causes.keys)) == causes)
    #expect(throws: HistoryError.self) { try offline.add(run(5, failing: [])) }
    #expect(throws: HistoryError.self) { try offline.prune(keepDays: 1) }
    #expect(throws: HistoryError.self) { try offline.pull { _, _ in } }
  }

  @Test(.enabled(if: PostgresServer.shared != nil, "PostgreSQL is not installed here"))
  func whatTheServerForgotTheCopyForgetsToo() throws {
    let server = try #require(PostgresServer.shared)
    let database = try server.database()
    let service = try open(server.address(database))
    for day in [1, 2, 300] { try service.add(run(day, failing: ["test_a"])) }
    _ = try service.pull { _, _ in }
    #expect(try service.prune(keepDays: 10).runs == 2)
    let later = try open(server.address(database), at: "2026-11-28T09:16:00Z")
    #expect(try later.pull { _, _ in }.runs == 1)
    try server.run("DROP DATABASE \(database) WITH (FORCE)")
    #expect(try open(server.address(database)).records().map(\.identity.id) == ["4400"])
  }

  /// Mutes, notes and rules in a repository's files name keys of maskings that are long gone.
  @Test(.enabled(if: PostgresServer.shared != nil, "PostgreSQL is not installed here"))
  func whatTheServerCarriedOverToOtherKeysTheCopyKnowsUnderThemToo() throws {
    let server = try #require(PostgresServer.shared)
    let database = try server.database()
    let service = try open(server.address(database))
    try service.add(run(1, failing: ["test_a"]))
    let key = try #require(try service.series(of: "tests/test_a.py::test_a", .init()).results.first?.signature)
    let cause = try #require(service.knownCauses(of: [key])[key])
    // The copy is of the time before another assay carried over what an older one had added.
    let (older, oldest) = (SignatureKey(77), SignatureKey(78))
    try service.store.carry([key: older], in: service.repository)
    _ = try service.pull { _, _ in }
    try service.store.carry([older: key, oldest: key], in: service.repository)
    let texts = try service.failureTexts().map(\.key)
    #expect(try service.pull { _, _ in }.copied == 0, "no run is another one by it")
    let asked = [key, older, oldest, SignatureKey(79)]
    let told = service.rekeyed(asked)
    #expect(told == [key: key, older: key, oldest: key])
    try server.run("DROP DATABASE \(database) WITH (FORCE)")
    let offline = try open(server.address(database))
    #expect(offline.notice?.contains("using the copy") == true)
    #expect(offline.rekeyed(asked) == told)
    #expect(offline.knownCauses(of: asked) == [key: cause])
    #expect(try offline.failureTexts().map(\.key) == texts)
  }

  @Test func withoutACopyTheServerIsNamed() throws {
    #expect { try open("postgres://127.0.0.1:1/x") } throws: { "\($0)".hasPrefix("127.0.0.1: could not connect (") }
    #expect(throws: HistoryError.self) { try open("postgres://me:secret@127.0.0.1:1/x") }
    // Who has a history of their own has no shared one to pull.
    let own = try HistoryService(
      nil, directories: Directories(environment: ["HOME": folder.path]),
      environment: ["ASSAY_NOW": "2026-11-28T09:15:00Z"])
    #expect(throws: HistoryError.self) { try own.pull { _, _ in } }
  }
}
