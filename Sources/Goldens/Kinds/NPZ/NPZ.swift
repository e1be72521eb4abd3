internal import TriageModel

/// Several NumPy arrays in a zip; an array that vanished is a change of structure.
struct NPZ: GoldenKind {
  let id = "npz"
  let title = "NumPy arrays"

  /// By the name's ending and the first bytes of a zip.
  func claims(name: String, head: ArraySlice<UInt8>) -> Bool {
    name.lowercased().hasSuffix(".npz") && head.starts(with: [0x50, 0x4B])
  }

  func compare(
    _ expected: [UInt8], _ actual: [UInt8], _ options: ComparisonOptions
  ) throws(GoldenError) -> Comparison {
    let (left, right) = try BothSides.read(expected, actual) { bytes throws(GoldenError) in
      try Self.arrays(in: bytes, options.limits)
    }
    var arrays: [(name: String, expected: NPYArray, actual: NPYArray)] = []
    var structure: [String] = []
    for member in left {
      guard let partner = right.first(where: { $0.name == member.name }) else {
        structure.append("array \(member.name) vanished")
        continue
      }
      arrays.append((member.name, member.array, partner.array))
    }
    for member in right where !left.contains(where: { $0.name == member.name }) {
      structure.append("array \(member.name) is new")
    }
    return ArrayComparer.compare(arrays, kind: id, structure: structure, options)
  }

  private static func arrays(
    in bytes: [UInt8], _ limits: GoldenLimits
  ) throws(GoldenError) -> [(name: String, array: NPYArray)] {
    var arrays: [(name: String, array: NPYArray)] = []
    for member in try NPZReader.members(bytes, limits) {
      do throws(GoldenError) {
        arrays.append((member.name, try NPYArray(member.bytes)))
      } catch {
        throw error.prefixed("array \(member.name.prefix(60)): ")
      }
    }
    return arrays
  }
}
