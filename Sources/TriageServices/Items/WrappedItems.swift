internal import SafeText
package import TriageModel

/// The failing items that a failing test says too: a pytest that wraps an expectation is one failure told twice.
///
/// A test wraps an item when what it failed with names the item's check and what that is about: the type
/// (`expect_column_values_to_be_unique`) and, where the name has one, what stands in its brackets.
package struct WrappedItems: Sendable, Equatable {
  /// Shorter words are of any failure.
  private static let shortestType = 10
  private static let mostTypes = 64
  private static let mostTests = 2000

  /// The test that says an item too.
  package private(set) var tests: [TestIndex: TestIndex] = [:]

  /// Nothing is said twice.
  package static let none = WrappedItems()

  private init() {}

  /// The items that a test says too, in their order.
  package func items(of test: TestIndex) -> [TestIndex] {
    tests.filter { $0.value == test }.keys.sorted()
  }

  /// Finds them among a run's failures.
  package init(in table: TestTable) {
    var items: [String: [TestIndex]] = [:]
    for item in table.reviewItems where table.outcome(of: item).isFailing {
      let type = table.text.string(table.decidingFailure(of: item)?.type ?? .empty)
      guard type.utf8.count >= Self.shortestType, items.count < Self.mostTypes || items[type] != nil else { continue }
      items[type, default: []].append(item)
    }
    if items.isEmpty { return }
    let searches = items.keys.sorted().map { ($0, ByteSearch($0)) }
    let failing = table.tests(where: \.isFailing).lazy.filter { table.kind(of: $0).isOfTests }
    for test in failing.prefix(Self.mostTests) {
      table.forEachFailureText(of: test) { _, ref in
        table.text.withBytes(of: ref) { text in
          for (type, search) in searches where search.matches(text) {
            for item in items[type] ?? [] where tests[item] == nil && Self.names(item, in: table, text) {
              tests[item] = test
            }
          }
        }
      }
    }
  }

  /// Whether a text names what is in the brackets of an item's name; without brackets nothing more is asked.
  private static func names(_ item: TestIndex, in table: TestTable, _ text: UnsafeRawBufferPointer) -> Bool {
    let name = table.name(of: item)
    guard let open = name.firstIndex(of: "("), name.hasSuffix(")") else { return true }
    let parts = name[name.index(after: open)...].dropLast().split(separator: ",").map { $0.drop { $0 == " " } }
    return parts.allSatisfy { ByteSearch(String($0)).matches(text) }
  }
}
