internal import TriageModel

/// An array of NumPy. Object arrays are pickles and are refused.
struct NPY: GoldenKind {
  let id = "npy"
  let title = "NumPy array"

  /// By the first bytes, `\x93NUMPY`.
  func claims(name: String, head: ArraySlice<UInt8>) -> Bool {
    head.starts(with: [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59])
  }

  func compare(
    _ expected: [UInt8], _ actual: [UInt8], _ options: ComparisonOptions
  ) throws(GoldenError) -> Comparison {
    let sides = try BothSides.read(expected, actual) { bytes throws(GoldenError) in try NPYArray(bytes) }
    return ArrayComparer.compare([("", sides.expected, sides.actual)], kind: id, structure: [], options)
  }
}

/// Compares arrays that belong together.
enum ArrayComparer {
  /// The comparison of arrays of both sides; `structure` says which arrays only one side has.
  static func compare(
    _ arrays: [(name: String, expected: NPYArray, actual: NPYArray)], kind: String, structure: [String],
    _ options: ComparisonOptions
  ) -> Comparison {
    var found = ArrayFindings()
    found.structure = structure
    var tables: [TableComparison] = []
    var isLimited = false
    for array in arrays {
      var pair = ArrayPair(name: array.name, array.expected, array.actual, options)
      tables.append(pair.compare(&found))
      if pair.isLimited { isLimited = true }
    }
    var comparison = Comparison(kind: kind, body: .tables(tables))
    comparison.summary = found.summary
    comparison.drift = found.drift
    comparison.numbers = found.numbers.count > 0 ? found.numbers : nil
    comparison.intolerable = found.intolerable + found.structure.count
    if isLimited {
      comparison.remarks.append("The alignment of rows reached its limit of steps; what it left was compared in turn.")
    }
    return comparison
  }
}
