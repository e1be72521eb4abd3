/// What numbers are made of, which decides what one unit in their last place is.
package enum NumberType: UInt8, Sendable, CaseIterable {
  case float16
  case bfloat16
  case float32
  case float64
  /// A whole number: it agrees or it does not.
  case integer
}

/// Every pair of numbers that stand at one place and are not the same number, in columns.
///
/// Kept so that a tolerance can be tried on millions of differences between two keys, and so that the drift can be told.
package struct NumberDifferences: Sendable {
  /// What the golden has.
  package private(set) var expected: [Double] = []
  /// What the run produced.
  package private(set) var actual: [Double] = []
  /// Where each stands, as the kind counts places: a row of the alignment, an element, a value in reading order.
  package private(set) var places: [UInt32] = []
  /// The column of each; 0 where there are none.
  package private(set) var columns: [UInt16] = []
  /// The type of the numbers in each column.
  package var types: [NumberType]

  /// No differences yet, of numbers of one type a column.
  package init(types: [NumberType]) {
    self.types = types
  }

  /// How many there are.
  package var count: Int { expected.count }

  /// Adds a pair.
  package mutating func append(expected: Double, actual: Double, place: Int, column: Int = 0) {
    self.expected.append(expected)
    self.actual.append(actual)
    places.append(UInt32(clamping: place))
    columns.append(UInt16(clamping: column))
  }

  /// Makes room for so many more.
  package mutating func reserve(_ more: Int) {
    expected.reserveCapacity(count + more)
    actual.reserveCapacity(count + more)
    places.reserveCapacity(count + more)
    columns.reserveCapacity(count + more)
  }

  /// Adds all pairs of another behind these.
  package mutating func append(_ other: NumberDifferences) {
    expected.append(contentsOf: other.expected)
    actual.append(contentsOf: other.actual)
    places.append(contentsOf: other.places)
    columns.append(contentsOf: other.columns)
  }
}
