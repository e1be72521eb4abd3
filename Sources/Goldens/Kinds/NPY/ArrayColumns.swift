/// The columns of two arrays beside one another: the places of a row, and in each the fields of an element.
struct ArrayColumns: Sendable, Equatable {
  /// A place in a row of one side.
  struct Place: Sendable, Equatable {
    /// The element in the row.
    var element: Int
    /// The field of the element.
    var field: Int
  }

  /// A column of either side or both.
  struct Column: Sendable, Equatable {
    var name: String
    var expected: Place?
    var actual: Place?
  }

  var columns: [Column] = []
  /// Clauses for what vanished, is new, or changed its type.
  var structure: [String] = []

  init(_ expected: NPYArray, _ actual: NPYArray) {
    let fields = Self.fields(expected, actual)
    for element in 0..<max(expected.width, actual.width) {
      for field in fields {
        let name = Self.name(element, field.name, isOne: max(expected.width, actual.width) == 1)
        columns.append(
          Column(
            name: name,
            expected: element < expected.width ? field.expected.map { Place(element: element, field: $0) } : nil,
            actual: element < actual.width ? field.actual.map { Place(element: element, field: $0) } : nil))
      }
    }
    for field in fields where !field.name.isEmpty {
      if field.actual == nil { structure.append("field \(field.name) vanished") }
      if field.expected == nil { structure.append("field \(field.name) is new") }
    }
    if Self.plain(expected) != Self.plain(actual) { structure.append("dtype \(expected.type) → \(actual.type)") }
    if expected.shape != actual.shape {
      structure.append("shape \(NPYArray.name(expected.shape)) → \(NPYArray.name(actual.shape))")
    }
  }

  private static func name(_ element: Int, _ field: String, isOne: Bool) -> String {
    if isOne { return field.isEmpty ? "value" : field }
    return field.isEmpty ? "[\(element)]" : "[\(element)].\(field)"
  }

  /// The fields by name, the expected side's order first; a lone field stands beside a lone field.
  private static func fields(
    _ expected: NPYArray, _ actual: NPYArray
  ) -> [(name: String, expected: Int?, actual: Int?)] {
    if expected.fields.count == 1, actual.fields.count == 1 { return [(expected.fields[0].name, 0, 0)] }
    var fields: [(name: String, expected: Int?, actual: Int?)] = expected.fields.enumerated().map { index, field in
      (field.name, index, actual.fields.firstIndex { $0.name == field.name })
    }
    for (index, field) in actual.fields.enumerated() where !expected.fields.contains(where: { $0.name == field.name }) {
      fields.append((field.name, nil, index))
    }
    return fields
  }

  /// The fields without the order of bytes and without where they lie.
  private static func plain(_ array: NPYArray) -> [NPYField] {
    array.fields.map { field in
      var field = field
      field.isBigEndian = false
      field.offset = 0
      return field
    }
  }
}
