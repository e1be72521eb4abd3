internal import SafeText

/// The columns of two sides beside one another: which is which, and what changed about them.
struct TableColumns: Sendable {
  /// The columns of both sides: the expected side's order, new ones where the actual side has them.
  private(set) var list: [TableComparison.Column] = []
  /// Cells that a row of each side has when it is not ragged.
  let width: (expected: Int, actual: Int)
  /// Changes of the columns, a clause each.
  private(set) var structure: [String] = []
  /// Names of columns that vanished and came again with a difference that nobody can see, a clause each.
  private(set) var unseenNames: [String] = []
  /// What stands elsewhere when columns of both sides stand in another order; nil when they do not.
  private(set) var order: String?
  /// What of each column is judged with it; empty where each is judged alone.
  private var series: [Int] = []
  /// The names of what is judged together; empty where each column is judged alone.
  private var seriesNames: [String] = []

  /// The columns that rules set aside, each with its rule's place.
  private(set) var setAside: [Int: Int] = [:]
  /// Columns of one side that rules set aside, by the rule's place.
  private(set) var setAsideAlone: [Int: Int] = [:]
  private let rules: [IgnoreRule]

  /// Columns of tables with a header, whose names tell which is which.
  init(named left: [String], _ right: [String], _ rules: [IgnoreRule]) {
    self.rules = rules
    width = (left.count, right.count)
    pairByName(left, right)
    applyRules()
    // Without rows below it nothing else would say so: an empty file and a header alone are not the same.
    if left.isEmpty != right.isEmpty { structure.append("the header \(left.isEmpty ? "is new" : "vanished")") }
  }

  /// Columns that go by their place; a width of nil is a side without rows.
  init(placed left: Int?, _ right: Int?, _ rules: [IgnoreRule]) {
    self.rules = rules
    width = (left ?? 0, right ?? 0)
    for place in 0..<max(width.expected, width.actual) {
      list.append(
        TableComparison.Column(
          name: "column \(place + 1)", expected: place < width.expected ? place : nil,
          actual: place < width.actual ? place : nil))
    }
    applyRules()
    if let left, let right, left != right { structure.append("\(left) columns → \(right) columns") }
  }

  /// Columns that were paired elsewhere, and what of each is judged together.
  init(
    _ list: [TableComparison.Column], width: (expected: Int, actual: Int), structure: [String],
    series: [Int], seriesNames: [String], _ rules: [IgnoreRule]
  ) {
    self.rules = rules
    self.list = list
    self.width = width
    self.structure = structure
    self.series = series
    self.seriesNames = seriesNames
    applyRules()
  }

  /// Whether each column stands at the same place on both sides.
  var areSame: Bool { list.allSatisfy { $0.expected == $0.actual } }

  /// The columns that both sides have.
  var shared: [Int] { list.indices.filter { list[$0].expected != nil && list[$0].actual != nil } }

  /// The columns that both sides have and that no rule sets aside.
  var compared: [Int] { setAside.isEmpty ? shared : shared.filter { setAside[$0] == nil } }

  /// Where the cells of columns that both sides have stand in a row of each.
  func places(of wanted: [Int]) -> [TablePlace] {
    wanted.compactMap { column in
      guard let expected = list[column].expected, let actual = list[column].actual else { return nil }
      return TablePlace(column: column, expected: expected, actual: actual, rule: setAside[column])
    }
  }

  /// The names of what is judged together, in the order of `series(of:)`.
  var judgedNames: [String] { seriesNames.isEmpty ? list.map(\.name) : seriesNames }

  /// Whether each column is judged alone.
  var areJudgedAlone: Bool { series.isEmpty }

  /// What a column is judged with.
  func series(of column: Int) -> Int { series.isEmpty ? column : series[column] }

  /// Changes a column's marks.
  mutating func update(_ column: Int, _ change: (inout TableComparison.Column) -> Void) { change(&list[column]) }

  /// Adds columns for cells that ragged rows have beyond the width of their side.
  mutating func addRagged(_ count: Int) {
    for extra in 0..<count {
      list.append(
        TableComparison.Column(
          name: "column \(max(width.expected, width.actual) + extra + 1)", expected: width.expected + extra,
          actual: width.actual + extra))
    }
  }

  private mutating func applyRules() {
    for place in list.indices { setAside[place] = rule(for: list[place].name) }
  }

  /// The rule that sets a column aside.
  private func rule(for name: String) -> Int? {
    rules.firstIndex { rule in
      if case .column(let glob) = rule.subject { glob.matches(name) } else { false }
    }
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
      list.append(column)
    }
    noteOrder()
    noteVanished(from: left, right)
    insertNew(right, isTaken, isSaid: !left.isEmpty)
  }

  private mutating func noteVanished(from left: [String], _ right: [String]) {
    if right.isEmpty { return }
    let vanished = list.filter { $0.actual == nil }.map(\.name)
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
    let places = list.compactMap(\.actual)
    if zip(places, places.dropFirst()).contains(where: { $0 > $1 }) {
      let kept = Set(LongestRise.indices(places))
      let moved = list.filter { $0.actual != nil }.enumerated().filter { !kept.contains($0.offset) }
      let names = moved.prefix(3).map { Self.quoted($0.element.name) }.joined(separator: ", ")
      let more = moved.count > 3 ? " and \(moved.count - 3) more" : ""
      order = moved.count == 1 ? "column \(names) stands elsewhere" : "columns \(names)\(more) stand elsewhere"
    }
  }

  /// Puts each new column behind the one that stands before it on the actual side.
  private mutating func insertNew(_ right: [String], _ isTaken: [Bool], isSaid: Bool) {
    for (place, name) in right.enumerated() where !isTaken[place] {
      let column = TableComparison.Column(name: name, expected: nil, actual: place)
      let before = list.lastIndex { $0.actual == place - 1 }
      list.insert(column, at: before.map { $0 + 1 } ?? (place == 0 ? 0 : list.count))
    }
    if isSaid { note(right.indices.filter { !isTaken[$0] }.map { right[$0] }, "is new") }
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

/// A column that both sides have: its place among all columns and in a row of each side.
struct TablePlace: Sendable {
  var column: Int
  var expected: Int
  var actual: Int
  /// The place of the rule that sets it aside.
  var rule: Int?
}
