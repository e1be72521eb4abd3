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
    let arrays = ArraySides(name: "", sides.expected, sides.actual, options.ignore)
    return TableComparer.compare([arrays], kind: id, unit: "elements", options)
  }
}
