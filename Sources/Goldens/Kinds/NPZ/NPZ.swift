internal import TriageModel

/// Several NumPy arrays in a zip; an array that vanished is a change of structure.
package struct NPZ: GoldenKind {
  package let id = "npz"
  package let title = "NumPy arrays"

  /// The kind.
  package init() {}

  package func claims(name: String, head: ArraySlice<UInt8>) -> Bool {
    name.lowercased().hasSuffix(".npz") && head.starts(with: [0x50, 0x4B])
  }

  package func compare(
    _ expected: [UInt8], _ actual: [UInt8], _ options: ComparisonOptions
  ) throws(GoldenError) -> Comparison {
    let left = try NPZReader.members(expected, options.limits)
    let right = try NPZReader.members(actual, options.limits)
    var arrays: [(name: String, expected: NPYArray, actual: NPYArray)] = []
    var structure: [String] = []
    for member in left {
      guard let partner = right.first(where: { $0.name == member.name }) else {
        structure.append("array \(member.name) vanished")
        continue
      }
      arrays.append((member.name, try Self.array(member), try Self.array(partner)))
    }
    for member in right where !left.contains(where: { $0.name == member.name }) {
      structure.append("array \(member.name) is new")
    }
    return ArrayComparer.compare(arrays, kind: id, structure: structure, options)
  }

  private static func array(_ member: (name: String, bytes: [UInt8])) throws(GoldenError) -> NPYArray {
    do {
      return try NPYArray(member.bytes)
    } catch {
      throw error.prefixed("array \(member.name.prefix(60)): ")
    }
  }
}

extension GoldenError {
  /// The same cause with a place before its words.
  func prefixed(_ place: String) -> GoldenError {
    switch self {
    case .malformed(let what): .malformed(place + what)
    case .unsafe(let what): .unsafe(place + what)
    case .unsupported(let what): .unsupported(place + what)
    case .limit(let what): .limit(place + what)
    }
  }
}
