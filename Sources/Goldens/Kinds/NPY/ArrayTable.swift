internal import TriageModel

/// The cells of two arrays, read where they lie when they are shown.
struct ArrayTable: TableSource {
  let expected: NPYArray
  let actual: NPYArray
  let columns: ArrayColumns
  let tolerance: Tolerance

  func cells(of row: Alignment.Row, columns: [TableComparison.Column]) -> [TableComparison.Cell] {
    self.columns.columns.map { column in
      let left = value(expected, row.expected, column.expected)
      let right = value(actual, row.actual, column.actual)
      return TableComparison.Cell(expected: left?.text, actual: right?.text, kind: kind(left, right))
    }
  }

  func label(of row: Alignment.Row, columns: [TableComparison.Column]) -> String {
    switch (row.expected, row.actual) {
    case (let left?, let right?) where left != right: "\(expected.label(left)) → \(actual.label(right))"
    case (let left?, _): expected.label(left)
    case (nil, let right?): actual.label(right)
    case (nil, nil): ""
    }
  }

  private typealias Value = (text: String, number: Double, type: NumberType?)

  private func value(_ array: NPYArray, _ row: Int?, _ place: ArrayColumns.Place?) -> Value? {
    guard let row, let place, row < array.height, place.element < array.width else { return nil }
    let field = array.fields[place.field]
    let start = array.place(of: row * array.width + place.element)
    return array.bytes.withUnsafeBytes { bytes in
      (field.text(bytes, at: start), field.number(bytes, at: start), field.numberType)
    }
  }

  private func kind(_ left: Value?, _ right: Value?) -> AlignedRun.Kind {
    guard let left else { return .added }
    guard let right else { return .removed }
    if left.text == right.text { return .equal }
    guard let type = left.type, right.type != nil else { return .changed }
    if left.number == right.number { return type == .integer ? .changed : .equal }
    return tolerance.accepts(expected: left.number, actual: right.number, type: type) ? .tolerated : .changed
  }
}
