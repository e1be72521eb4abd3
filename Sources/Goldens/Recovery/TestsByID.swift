internal import TriageModel

/// Tests by their whole id: of a million tests only those are written out that somebody asks for.
struct TestsByID {
  private var tests: [String: TestIndex] = [:]

  /// Finds tests by their ids in one pass; an id that several tests have finds none.
  init(_ wanted: Set<String>, in table: TestTable) {
    guard !wanted.isEmpty else { return }
    let hashes = Set(wanted.map { Self.hash($0.utf8) })
    var suites: [SuiteID: UInt64] = [:]
    let found = table.tests(among: nil) { _, suite, name in
      let start = suites[suite] ?? Self.start(table.suiteName(suite))
      suites[suite] = start
      return hashes.contains(Self.hash(name, from: start))
    }
    var shared: Set<String> = []
    for test in found {
      let id = table.id(of: test)
      guard wanted.contains(id) else { continue }
      if tests.updateValue(test, forKey: id) != nil { shared.insert(id) }
    }
    for id in shared { tests[id] = nil }
  }

  /// The test with an id.
  subscript(id: String) -> TestIndex? { tests[id] }

  private static func start(_ suite: String) -> UInt64 {
    suite.isEmpty ? hash([]) : hash("::".utf8, from: hash(suite.utf8))
  }

  private static func hash(_ bytes: some Sequence<UInt8>, from start: UInt64 = 0xCBF2_9CE4_8422_2325) -> UInt64 {
    bytes.reduce(start) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}
