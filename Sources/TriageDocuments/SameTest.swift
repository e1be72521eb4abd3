internal import TriageModel

/// Finds a test of one run in others: by its name, its suite and, where it can be, its leg.
struct SameTest {
  private let name: [UInt8]
  private let id: String
  private let leg: String

  /// The test to find.
  init(_ test: TestIndex, in table: TestTable) {
    name = table.text.withBytes(of: table.nameRef(of: test)) { Array($0) }
    id = table.id(of: test)
    leg = table.leg(of: test)
  }

  /// The test in another run; a namesake in another leg is better than none.
  func find(in table: TestTable) -> TestIndex? {
    let namesakes = table.tests { _ in true }.filter { test in
      let ref = table.nameRef(of: test)
      return ref.count == name.count && table.text.withBytes(of: ref) { $0.elementsEqual(name) }
        && table.id(of: test) == id
    }
    return namesakes.first { table.leg(of: $0) == leg } ?? namesakes.first
  }
}
