import TriageModel

/// A test's name as the history keeps it: what changes with every run stands as `<time>`, `<address>` … in it.
struct HistoryName {
  /// What stands before, between and behind the masks.
  private let pieces: [[UInt8]]

  private static let masks = ["<address>", "<uuid>", "<time>", "<temporary>"]

  init(_ name: String) {
    var pieces = [name]
    for mask in Self.masks {
      pieces = pieces.flatMap { $0.split(separator: mask, omittingEmptySubsequences: false).map(String.init) }
    }
    self.pieces = pieces.map { Array($0.utf8) }
  }

  /// The test of that name in a table; of several legs the worst.
  func find(in table: TestTable) -> TestIndex? {
    let end = pieces[pieces.count - 1]
    let alike = table.tests(among: nil) { _, _, name in
      let length = min(name.count, end.count)
      return name.suffix(length).elementsEqual(end.suffix(length))
    }
    return alike.filter { fits(Array(table.id(of: $0).utf8)) }
      .min { table.outcome(of: $0).severity < table.outcome(of: $1).severity }
  }

  /// Whether an id has the pieces in their order, the first at its beginning and the last at its end.
  private func fits(_ id: [UInt8]) -> Bool {
    guard pieces.count > 1 else { return id == pieces[0] }
    let (first, last) = (pieces[0], pieces[pieces.count - 1])
    guard id.count >= first.count + last.count, id.starts(with: first), id.suffix(last.count).elementsEqual(last)
    else { return false }
    var rest = id.dropFirst(first.count).dropLast(last.count)
    for piece in pieces.dropFirst().dropLast() {
      guard let range = rest.firstRange(of: piece) else { return false }
      rest = rest[range.upperBound...]
    }
    return true
  }
}
