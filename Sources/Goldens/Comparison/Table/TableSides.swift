internal import TriageModel

/// Two sides of a table, whatever they are read from, and how they are told apart and named.
protocol TableSides: Sendable {
  /// The rows of one side.
  associatedtype Rows: TableRows
  /// Which column of the one side is which of the other.
  var columns: TableColumns { get }
  /// What the table is called; empty for a file of one table.
  var title: String { get }
  /// The first data row's number as people count.
  var firstRowNumber: Int { get }
  /// Values of the larger side.
  var total: Int { get }
  /// Whether rows of both sides that are the same bytes say the same.
  var haveSameRows: Bool { get }

  /// Hands out the rows of both sides.
  func withRows<Result>(_ body: (Rows, Rows) -> Result) -> Result
  /// Which row stands beside which; takes the steps it needs from those that are left.
  func match(_ options: ComparisonOptions, steps: inout Int) -> TableMatching
  /// What tells a row from others, as people read it.
  func label(of row: Alignment.Row, columns: [TableComparison.Column]) -> String
  /// Where a value is, in words; of a whole row without a column.
  func name(of row: Alignment.Row, _ column: TableComparison.Column?, in table: TableComparison) -> String
}

/// The data rows of one side where they lie in memory; valid only inside the closure that hands them out.
///
/// Columns are counted as this side has them.
protocol TableRows {
  /// Where a value lies.
  associatedtype Cell
  /// Whether values are text: numbers are dear to read, and rows that say the same may be written otherwise.
  static var areText: Bool { get }
  /// The number of data rows.
  var count: Int { get }

  /// Puts the cells of a row into a list that is used again for every row.
  func split(_ row: Int, into cells: inout [Cell])
  /// A cell; nil when the row is too short.
  func cell(_ row: Int, _ column: Int) -> Cell?
  /// Whether a row is the same bytes as one of the other side.
  func isSame(_ row: Int, _ other: Self, _ otherRow: Int) -> Bool
  /// A number that is the same for rows of the same bytes.
  func hash(row: Int) -> UInt64
  /// The same of what a row has from a column on; nil where that would have to be cut into cells.
  func hash(row: Int, from column: Int) -> UInt64?

  /// The value as people read it.
  func text(_ cell: Cell) -> String
  /// The value as it is written.
  func bytes(_ cell: Cell) -> [UInt8]
  /// Whether two values are written the same.
  func isSame(_ cell: Cell, _ other: Self, _ otherCell: Cell) -> Bool
  /// A number that is the same for values that are written the same: of words the `ByteHash` of their bytes.
  func hash(_ cell: Cell, behind seed: UInt64) -> UInt64
  /// The same, for fractions that differ by noise too.
  func coarseHash(_ cell: Cell, behind seed: UInt64) -> UInt64
  /// The number that the value is; nil for words.
  func number(_ cell: Cell) -> Double?
  /// Whether the value is a number; nil where nothing stands or a word for that.
  func isNumber(_ cell: Cell) -> Bool?
  /// What tells a row by this value; nil for what is no key: nothing, and fractions.
  func key(_ cell: Cell) -> RowKeys.Value?
  /// Judges a value of this side beside one of the other.
  func verdict(_ cell: Cell, _ other: Self, _ otherCell: Cell) -> CellVerdict
}

/// Judges two values that stand in one column.
enum CellVerdict {
  /// They say the same, in the same writing.
  case same
  /// They say the same and are written otherwise.
  case rewritten
  /// Two numbers that are not the same.
  case numbers(expected: Double, actual: Double, type: NumberType)
  /// Two complex numbers that are not the same: their real and imaginary parts.
  case complex(real: (expected: Double, actual: Double), imaginary: (expected: Double, actual: Double))
  /// Nothing, or a word for it, stands where a number stood.
  case lost
  /// A number stands where nothing, or a word for it, stood.
  case regained
  /// Words, which must be the same.
  case words
  /// They differ as neither numbers nor words can: whole numbers too near for a double, a value that one side lacks.
  case other

  /// Whether they say the same.
  var isSame: Bool {
    switch self {
    case .same, .rewritten: true
    case .numbers, .complex, .lost, .regained, .words, .other: false
    }
  }

  /// How the values relate under a tolerance.
  func kind(under tolerance: Tolerance) -> AlignedRun.Kind {
    switch self {
    case .same, .rewritten: return .equal
    case .lost, .regained, .words, .other: return .changed
    case .numbers(let expected, let actual, let type):
      return tolerance.accepts(expected: expected, actual: actual, type: type) ? .tolerated : .changed
    case .complex(let real, let imaginary):
      let areAccepted = [real, imaginary].allSatisfy {
        tolerance.accepts(expected: $0.expected, actual: $0.actual, type: .float64)
      }
      return areAccepted ? .tolerated : .changed
    }
  }
}

extension NumberType {
  /// The type of the two that has fewer digits, which is all that can be asked for.
  func coarser(_ other: NumberType) -> NumberType {
    let order: [NumberType] = [.bfloat16, .float16, .float32, .float64, .integer]
    return order.first { $0 == self || $0 == other } ?? self
  }
}
