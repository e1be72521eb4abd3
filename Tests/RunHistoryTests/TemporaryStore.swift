internal import Foundation
@testable internal import RunHistory
internal import TestSupport
internal import Testing
internal import TriageModel

/// A store in a folder of its own, removed at the end.
final class TemporaryStore {
  let folder: String
  var path: String { folder + "/assay/history.sqlite" }

  init() { folder = NSTemporaryDirectory() + "assay-history-\(UUID().uuidString)" }

  /// The databases that were made for it.
  private var databases: [String] = []
  private var borrowed: [String] = []

  deinit {
    try? FileManager.default.removeItem(atPath: folder)
    for database in borrowed { PostgresServer.shared?.giveBack(database) }
    for database in databases { _ = try? PostgresServer.shared?.run("DROP DATABASE \(database) WITH (FORCE)") }
  }

  func open() throws -> SQLiteHistory { try SQLiteHistory(path: path) }

  /// An empty store of a kind.
  func open(_ kind: StoreKind) throws -> any HistoryStore {
    switch kind {
    case .sqlite: try open()
    case .memory: MemoryHistory()
    case .postgres: try PostgresHistory(PostgresAddress(server.address(borrow())))
    }
  }

  /// The server of the tests; who asks for it is not run where there is none.
  var server: PostgresServer {
    get throws { try #require(PostgresServer.shared) }
  }

  private func borrow() throws -> String {
    let database = try server.borrow()
    borrowed.append(database)
    return database
  }

  /// A database of its own, without anything in it.
  func database() throws -> String {
    let database = try server.database()
    databases.append(database)
    return database
  }
}

/// The implementations of a store: what the protocol promises holds for each.
enum StoreKind: CaseIterable {
  case sqlite
  case memory
  case postgres

  /// All that can be had here: without PostgreSQL its tests are left out, which `PostgresHistoryTests` says.
  static var allCases: [StoreKind] {
    PostgresServer.shared == nil ? [.sqlite, .memory] : [.sqlite, .memory, .postgres]
  }
}

/// A run of tests named by their places in a list.
struct Example {
  var id: String
  var source = "ci"
  var day: Int64? = 0
  var branch: String? = "main"
  var labels: [String: String] = [:]
  var tests: [(name: String, outcome: Outcome)] = []
  var attempts: [String: [Outcome]] = [:]
  var legs: [String] = []
  var seconds: (Int) -> Double? = { _ in nil }
  /// Those of the tests that are other items.
  var items: [String: RunContent.Item] = [:]

  var content: RunContent {
    var record = RunRecord(identity: RunIdentity(source: source, id: id))
    record.branch = branch
    record.startedAt = day.map { Timestamp(milliseconds: $0 * 86_400_000) }
    record.labels = labels
    let names = tests.map { Array(StableName.of($0.name).utf8) }
    var content = RunContent(record: record) { row, body in names[row].withUnsafeBytes(body) }
    content.legs += legs
    for (place, test) in tests.enumerated() { content.items[place] = items[test.name] }
    for (place, test) in tests.enumerated() {
      let leg = legs.isEmpty ? 0 : Int32(place % legs.count + 1)
      content.rows.append(
        RunContent.Row(
          outcome: test.outcome, attempts: AttemptPack.pack(attempts[test.name] ?? [], of: test.outcome),
          duration: RunContent.units(seconds(place)),
          signature: test.outcome.isFailing ? SignatureKey(UInt64.max - 7) : nil, leg: leg))
      if test.outcome.isFailing {
        content.signatures[SignatureKey(UInt64.max - 7)] = .init(title: "boom", text: "boom at line 3")
      }
    }
    return content
  }
}

extension HistoryStore {
  @discardableResult
  func add(_ example: Example, repository: String = "repo", today: Int64 = 1000) throws -> RunAdded {
    try add(
      example.content, repository: repository, received: Timestamp(milliseconds: today * 86_400_000))
  }

  func outcomes(of test: String, _ filter: HistoryFilter = .init()) throws -> [Outcome] {
    try series(of: test, in: "repo", filter).results.map(\.outcome)
  }
}
