package import TriageModel

/// The files of an artifact, as a report in it finds those that belong to it: mutants beside what became of them.
package struct FilesBeside {
  /// The most bytes of such a file that are read.
  private static let mostBytes = 1 << 25

  private let folder: [Substring]
  private let paths: () -> [String]
  private let open: (_ path: String) throws(ByteSourceError) -> (any ByteSource)?

  /// No files.
  package init() {
    self.init(of: "", paths: { [] }, open: { (_) throws(ByteSourceError) in nil })
  }

  /// The files beside the report at a path: all paths of its artifact in order, and how one of them is opened, nil where there is
  /// none.
  package init(
    of report: String, paths: @escaping () -> [String],
    open: @escaping (_ path: String) throws(ByteSourceError) -> (any ByteSource)?
  ) {
    folder = report.split(separator: "/").dropLast()
    self.paths = paths
    self.open = open
  }

  /// The bytes of a file, by its path from the report's folder; nil where there is none that can be read whole.
  func bytes(of path: String) -> [UInt8]? {
    var parts = folder
    for part in path.split(separator: "/") {
      if part != ".." {
        parts.append(part)
      } else if parts.popLast() == nil {
        return nil
      }
    }
    var bytes: [UInt8] = []
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { block.deallocate() }
    do throws(ByteSourceError) {
      guard let source = try open(parts.joined(separator: "/")) else { return nil }
      while case let count = try source.read(into: block), count > 0 {
        bytes.append(contentsOf: block[..<count])
        if bytes.count > Self.mostBytes { return nil }
      }
    } catch {
      return nil
    }
    return bytes
  }

  /// The bytes of a file in the report's folder, or the nearest one around it.
  func bytes(ofNearest name: String) -> [UInt8]? {
    for level in 0...min(folder.count, 50) {
      if let found = bytes(of: String(repeating: "../", count: level) + name) { return found }
    }
    return nil
  }

  /// The paths of the files below the report's folder that end so, from there.
  func below(endingIn ending: String) -> [String] {
    let start = folder.isEmpty ? "" : folder.joined(separator: "/") + "/"
    // A store has many thousands of files: those of one folder lie together.
    let all = paths()
    var (low, high) = (0, start.isEmpty ? 0 : all.count)
    while low < high {
      let middle = (low + high) / 2
      if all[middle] < start { low = middle + 1 } else { high = middle }
    }
    let behind = start.isEmpty ? nil : start.dropLast() + "0"
    return all[low...].prefix { path in behind.map { path < $0 } ?? true }
      .filter { $0.hasPrefix(start) && $0.hasSuffix(ending) }.map { String($0.dropFirst(start.count)) }
  }
}
