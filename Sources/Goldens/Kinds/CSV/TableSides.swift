internal import DataSyntax
internal import SafeText

/// Two CSV documents as tables: which row is a header, and which column of the one is which of the other.
struct TableSides: Sendable {
  /// The golden.
  let expected: CSVDocument
  /// What the run produced.
  let actual: CSVDocument
  /// Whether the first row names the columns.
  let hasHeader: Bool
  /// Whether numbers have commas for points.
  let hasDecimalCommas: Bool
  /// The columns of both sides: the expected side's order, new ones where the actual side has them.
  private(set) var columns: [TableComparison.Column] = []
  /// Cells that a row of each side has when it is not ragged.
  let width: (expected: Int, actual: Int)
  /// Changes of the columns, a clause each.
  private(set) var structure: [String] = []
  /// Names of columns that vanished and came again with a difference that nobody can see, a clause each.
  private(set) var unseenNames: [String] = []
  /// What stands elsewhere when columns of both sides stand in another order; nil when they do not.
  private(set) var order: String?

  /// The columns that rules set aside, each with its rule's place.
  private(set) var setAside: [Int: Int] = [:]
  /// Columns of one side that rules set aside, by the rule's place.
  private(set) var setAsideAlone: [Int: Int] = [:]
  private let rules: [IgnoreRule]

  /// Takes two documents side by side.
  init(_ expected: CSVDocument, _ actual: CSVDocument, _ rules: [IgnoreRule] = []) {
    self.expected = expected
    self.actual = actual
    self.rules = rules
    hasHeader = TableHeader.names(expected, actual)
    hasDecimalCommas = CellMeasure.hasDecimalCommas(expected) || CellMeasure.hasDecimalCommas(actual)
    let left = expected.count > 0 ? Self.texts(expected, 0) : []
    let right = actual.count > 0 ? Self.texts(actual, 0) : []
    width = (left.count, right.count)
    if hasHeader { pairByName(left, right) } else { pairByPlace(left.count, right.count) }
    for place in columns.indices { setAside[place] = rule(for: columns[place].name) }
    // Without rows below it nothing else would say so: an empty file and a header alone are not the same.
    if hasHeader, left.isEmpty != right.isEmpty {
      structure.append("the header \(left.isEmpty ? "is new" : "vanished")")
    }
  }

  /// Rows in front of the data.
  func headerRows(of document: CSVDocument) -> Int { hasHeader && document.count > 0 ? 1 : 0 }

  /// Whether rows can be compared byte by byte: the columns are the same on both sides.
  var hasSameColumns: Bool {
    expected.dialect == actual.dialect && columns.allSatisfy { $0.expected == $0.actual }
  }

  /// The columns that both sides have and that no rule sets aside.
  var compared: [Int] { setAside.isEmpty ? shared : shared.filter { setAside[$0] == nil } }

  /// The rule that sets a column aside.
  private func rule(for name: String) -> Int? {
    rules.firstIndex { rule in
      if case .column(let glob) = rule.subject { glob.matches(name) } else { false }
    }
  }

  /// The columns that both sides have.
  var shared: [Int] { columns.indices.filter { columns[$0].expected != nil && columns[$0].actual != nil } }

  /// Changes a column's marks.
  mutating func update(_ column: Int, _ change: (inout TableComparison.Column) -> Void) { change(&columns[column]) }

  /// Adds columns for cells that ragged rows have beyond the width of their side.
  mutating func addRagged(_ count: Int) {
    for extra in 0..<count {
      columns.append(
        TableComparison.Column(
          name: "column \(max(width.expected, width.actual) + extra + 1)", expected: width.expected + extra,
          actual: width.actual + extra))
    }
  }

  private static func texts(_ document: CSVDocument, _ row: Int) -> [String] {
    document.cells(row).map { String(decoding: document.text($0), as: UTF8.self) }
  }

  private mutating func pairByPlace(_ left: Int, _ right: Int) {
    let bothExist = expected.count > 0 && actual.count > 0
    for place in 0..<max(left, right) {
      columns.append(
        TableComparison.Column(
          name: "column \(place + 1)", expected: place < left ? place : nil, actual: place < right ? place : nil))
    }
    if bothExist, left != right { structure.append("\(left) columns → \(right) columns") }
  }

  private mutating func pairByName(_ left: [String], _ right: [String]) {
    // By their bytes: two spellings of one character are two names, as they are to who reads the file.
    var places: [[UInt8]: [Int]] = [:]
    for (place, name) in right.enumerated() { places[Array(name.utf8), default: []].append(place) }
    var taken: [[UInt8]: Int] = [:]
    var isTaken = Array(repeating: false, count: right.count)
    for (place, name) in left.enumerated() {
      var column = TableComparison.Column(name: name, expected: place, actual: nil)
      // Columns of one name go by their order.
      let name = Array(name.utf8)
      let turn = taken[name, default: 0]
      taken[name] = turn + 1
      if let candidates = places[name], turn < candidates.count {
        column.actual = candidates[turn]
        isTaken[candidates[turn]] = true
      }
      columns.append(column)
    }
    noteOrder()
    noteVanished(from: left, right)
    insertNew(right, isTaken)
  }

  private mutating func noteVanished(from left: [String], _ right: [String]) {
    if right.isEmpty { return }
    let vanished = columns.filter { $0.actual == nil }.map(\.name)
    note(vanished, "vanished")
    let new = Set(right.map { Array($0.utf8) }).subtracting(left.map { Array($0.utf8) })
    for name in vanished.prefix(Self.namedColumns) {
      for other in new.prefix(1_000) {
        guard let kind = UnseenDifference(Array(name.utf8), other) else { continue }
        unseenNames.append("the name of column \(Self.quoted(name)) differs only \(kind.words)")
      }
    }
  }

  private mutating func noteOrder() {
    let places = columns.compactMap(\.actual)
    if zip(places, places.dropFirst()).contains(where: { $0 > $1 }) {
      let kept = Set(LongestRise.indices(places))
      let moved = columns.filter { $0.actual != nil }.enumerated().filter { !kept.contains($0.offset) }
      let names = moved.prefix(3).map { Self.quoted($0.element.name) }.joined(separator: ", ")
      let more = moved.count > 3 ? " and \(moved.count - 3) more" : ""
      order = moved.count == 1 ? "column \(names) stands elsewhere" : "columns \(names)\(more) stand elsewhere"
    }
  }

  /// Puts each new column behind the one that stands before it on the actual side.
  private mutating func insertNew(_ right: [String], _ isTaken: [Bool]) {
    for (place, name) in right.enumerated() where !isTaken[place] {
      let column = TableComparison.Column(name: name, expected: nil, actual: place)
      let before = columns.lastIndex { $0.actual == place - 1 }
      columns.insert(column, at: before.map { $0 + 1 } ?? (place == 0 ? 0 : columns.count))
    }
    if expected.count > 0 { note(right.indices.filter { !isTaken[$0] }.map { right[$0] }, "is new") }
  }

  /// Says the same of several columns; of the first ones by name.
  private mutating func note(_ names: [String], _ what: String) {
    let aside = names.compactMap { rule(for: $0) }
    for rule in aside { setAsideAlone[rule, default: 0] += 1 }
    let names = aside.isEmpty ? names : names.filter { rule(for: $0) == nil }
    structure += names.prefix(Self.namedColumns).map { "column \(Self.quoted($0)) \(what)" }
    if names.count > Self.namedColumns {
      structure.append("so it is with \(names.count - Self.namedColumns) more columns")
    }
  }

  /// Columns that are named one by one where many changed.
  private static let namedColumns = 20

  /// The name; in quotation marks where blanks at its ends would not be seen.
  private static func quoted(_ name: String) -> String {
    if name.isEmpty { return "without a name" }
    return name.first == " " || name.last == " " || name.last == "\t" ? "\"\(name)\"" : name
  }
}
