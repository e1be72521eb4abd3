internal import CArchive
internal import Foundation
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
    var arrays: [ArraySides] = []
    var structure: [String] = []
    for member in left {
      guard let partner = right.first(where: { $0.name == member.name }) else {
        structure.append("array \(member.name) vanished")
        continue
      }
      arrays.append(ArraySides(name: member.name, member.array, partner.array, options.ignore))
    }
    for member in right where !left.contains(where: { $0.name == member.name }) {
      structure.append("array \(member.name) is new")
    }
    return TableComparer.compare(arrays, kind: id, unit: "elements", structure: structure, options)
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

/// Unpacks the arrays of an NPZ, which is a zip of NPY files, in memory and under limits.
enum NPZReader {
  /// The members' names without `.npy`, and their bytes.
  static func members(_ bytes: [UInt8], _ limits: GoldenLimits) throws(GoldenError) -> [(name: String, bytes: [UInt8])]
  {
    guard let handle = archive_read_new() else { throw .limit("no memory for the archive") }
    defer { archive_read_free(handle) }
    archive_read_support_format_zip(handle)
    return try bytes.withUnsafeBufferPointer { buffer throws(GoldenError) in
      guard archive_read_open_memory(handle, buffer.baseAddress, buffer.count) == ARCHIVE_OK else {
        throw .malformed("it is no zip")
      }
      var left = min(limits.unpackedBytes, max(64 << 20, buffer.count.multipliedClamping(by: limits.ratio)))
      var members: [(name: String, bytes: [UInt8])] = []
      while let entry = try next(handle) {
        guard members.count < limits.members else { throw .limit("more than \(limits.members) arrays (limit)") }
        guard let name = archive_entry_pathname_utf8(entry) ?? archive_entry_pathname(entry) else {
          throw .malformed("an array without a name")
        }
        let content = try content(of: handle, &left)
        let path = String(cString: name)
        if members.contains(where: { $0.name == path || $0.name + ".npy" == path }) {
          throw .malformed("two arrays are called \(path.prefix(60))")
        }
        members.append((path.hasSuffix(".npy") ? String(path.dropLast(4)) : path, content))
      }
      return members
    }
  }

  private static func next(_ handle: OpaquePointer) throws(GoldenError) -> OpaquePointer? {
    var entry: OpaquePointer?
    for _ in 0..<8 {
      switch archive_read_next_header(handle, &entry) {
      case ARCHIVE_EOF: return nil
      case ARCHIVE_OK, ARCHIVE_WARN: return entry
      case ARCHIVE_RETRY: continue
      default: throw .malformed("its zip is damaged")
      }
    }
    throw .malformed("its zip is damaged")
  }

  private static func content(of handle: OpaquePointer, _ left: inout Int) throws(GoldenError) -> [UInt8] {
    var content: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = block.withUnsafeMutableBytes { archive_read_data(handle, $0.baseAddress, $0.count) }
      if count == 0 { return content }
      if count == Int(ARCHIVE_RETRY) { continue }
      guard count > 0 else { throw .malformed("an array's bytes are damaged") }
      left -= count
      guard left >= 0 else { throw .limit("it unpacks to more than is read (limit)") }
      content.append(contentsOf: block[..<count])
    }
  }
}

extension Int {
  /// A product that stays at the largest number instead of overflowing.
  fileprivate func multipliedClamping(by other: Int) -> Int {
    let (product, overflow) = multipliedReportingOverflow(by: other)
    return overflow ? .max : product
  }
}
