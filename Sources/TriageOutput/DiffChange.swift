internal import Goldens
internal import SafeText
internal import TriageModel

/// One change of a comparison as the command line tells it: sanitised, in the words of its kind.
struct DiffChange {
  /// How the sides relate.
  var kind: AlignedRun.Kind
  /// Where it is: `line 12`, `row 12`, `id 17`, `$.scores[3]`.
  var location: String
  /// The column of a table; nil for all of a row, and where there are none.
  var column: String?
  /// The expected side; nil where it has nothing.
  var expected: String?
  /// The actual side; nil where it has nothing.
  var actual: String?
  /// Both sides as they are, where both have something that differs.
  var raw: (expected: String, actual: String)?
  /// How the sides differ when nobody can see it.
  var unseen: UnseenDifference?

  /// Takes both sides as they are; very long ones are shown as a whole.
  mutating func compare(_ expected: some Collection<UInt8>, _ actual: some Collection<UInt8>) {
    guard expected.count <= Sanitizer.lineLimit, actual.count <= Sanitizer.lineLimit else { return }
    unseen = UnseenDifference(expected, actual)
    raw = (String(decoding: expected, as: UTF8.self), String(decoding: actual, as: UTF8.self))
  }

  /// The word for the kind in JSON.
  static func word(_ kind: AlignedRun.Kind) -> String {
    switch kind {
    case .equal: "equal"
    case .tolerated: "tolerated"
    case .changed: "changed"
    case .removed: "removed"
    case .added: "added"
    case .movedAway: "moved-away"
    case .movedHere: "moved-here"
    }
  }
}

/// Walks the changes of a comparison, top down, until nobody wants more.
struct DiffWalk {
  /// A change, or so many rows alike before the next.
  enum Step {
    case change(DiffChange)
    case alike(Int)
    /// The table that follows, where there are several.
    case table(String)
  }

  private let comparison: Comparison
  /// Whether what lies within the tolerance is told too.
  private let includesTolerated: Bool

  init(_ comparison: Comparison, includesTolerated: Bool = false) {
    self.comparison = comparison
    self.includesTolerated = includesTolerated
  }

  /// Hands out the steps; `visit` says whether it wants more.
  func walk(_ visit: (Step) -> Bool) {
    switch comparison.body {
    case .text(let text): walk(text, visit)
    case .tables(let tables):
      for table in tables {
        if tables.count > 1, !visit(.table(Sanitizer.line(table.title))) { return }
        if !walk(table, visit) { return }
      }
    case .tree(let tree): walk(tree, visit)
    case .image(let image): walk(image, visit)
    case .bytes(let bytes):
      let at = bytes.firstDifference
      _ = visit(
        .change(
          DiffChange(
            kind: .changed, location: "byte \(at)", column: nil, expected: Self.hex(bytes.expected, at),
            actual: Self.hex(bytes.actual, at))))
    case .none: break
    }
  }

  /// The rows of an alignment that are told, and how many between them are not.
  @discardableResult
  private func rows(
    of alignment: Alignment, _ visit: (Step) -> Bool, _ row: (Alignment.Row) -> Bool
  ) -> Bool {
    var alike = 0
    for (place, run) in alignment.runs.enumerated() {
      if run.kind == .equal || run.kind == .tolerated && !includesTolerated {
        alike += run.height
        continue
      }
      if alike > 0, !visit(.alike(alike)) { return false }
      alike = 0
      for index in alignment.starts[place]..<alignment.starts[place + 1] {
        guard let found = alignment.row(at: index), row(found) else { return false }
      }
    }
    return alike == 0 || visit(.alike(alike))
  }

  private func walk(_ text: TextComparison, _ visit: (Step) -> Bool) {
    func shown(_ lines: TextLines, _ line: Int?) -> String? {
      line.map { line in
        lines.line(line).withUnsafeBytes { Sanitizer.line(bytes: $0) }
      }
    }
    rows(of: text.alignment, visit) { row in
      var change = DiffChange(
        kind: row.kind, location: "line \((row.expected ?? row.actual ?? 0) + 1)", column: nil,
        expected: shown(text.expected, row.expected), actual: shown(text.actual, row.actual))
      if row.kind == .changed, let left = row.expected, let right = row.actual {
        change.compare(text.expected.line(left), text.actual.line(right))
      }
      return visit(.change(change))
    }
  }

  private func walk(_ table: TableComparison, _ visit: (Step) -> Bool) -> Bool {
    rows(of: table.alignment, visit) { row in
      let place = Sanitizer.line(table.place(of: row), limit: 200)
      let cells = table.cells(of: row)
      if row.kind != .changed && row.kind != .tolerated {
        func shown(_ side: Int?, _ text: (TableComparison.Cell) -> String?) -> String? {
          side.map { _ in Sanitizer.line(cells.map { text($0) ?? "" }.joined(separator: ", ")) }
        }
        let expected = shown(row.expected) { $0.expected }
        let actual = shown(row.actual) { $0.actual }
        return visit(
          .change(DiffChange(kind: row.kind, location: place, column: nil, expected: expected, actual: actual)))
      }
      for (column, cell) in zip(table.columns, cells) where isTold(cell.kind) {
        var change = DiffChange(
          kind: cell.kind, location: place, column: Sanitizer.line(column.name, limit: 200),
          expected: cell.expected.map { Sanitizer.line($0) }, actual: cell.actual.map { Sanitizer.line($0) })
        if let left = cell.expected, let right = cell.actual { change.compare(left.utf8, right.utf8) }
        if !visit(.change(change)) { return false }
      }
      return true
    }
  }

  private func walk(_ tree: TreeComparison, _ visit: (Step) -> Bool) {
    var alike = 0
    for index in 0..<tree.count {
      let row = tree.row(at: index)
      alike += row.folded
      if row.folded > 0 || !isTold(row.kind) { continue }
      // A branch of both sides only leads to its changes; one that a side lacks is told whole, as its own row.
      if row.isBranch, row.expected != nil, row.actual != nil { continue }
      if alike > 0, !visit(.alike(alike)) { return }
      alike = 0
      var change = DiffChange(
        kind: row.kind, location: Sanitizer.line(tree.path(at: index), limit: 400), column: nil,
        expected: row.expected.map { Sanitizer.line($0) }, actual: row.actual.map { Sanitizer.line($0) })
      if let left = row.expected, let right = row.actual { change.compare(left.utf8, right.utf8) }
      if !visit(.change(change)) { return }
    }
    if alike > 0 { _ = visit(.alike(alike)) }
  }

  private func walk(_ image: ImageComparison, _ visit: (Step) -> Bool) {
    for tile in image.tiles {
      let place = "tile at \(tile.x), \(tile.y) of \(tile.width) by \(tile.height) pixels"
      let change = DiffChange(
        kind: .changed, location: place, column: "rms", expected: nil, actual: FigureText.of(tile.rms))
      if !visit(.change(change)) { return }
    }
  }

  private func isTold(_ kind: AlignedRun.Kind) -> Bool {
    switch kind {
    case .equal: false
    case .tolerated: includesTolerated
    case .changed, .removed, .added, .movedAway, .movedHere: true
    }
  }

  /// Sixteen bytes as hexadecimal digits.
  private static func hex(_ bytes: [UInt8], _ start: Int) -> String {
    bytes.dropFirst(start).prefix(16).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined(separator: " ")
  }
}
