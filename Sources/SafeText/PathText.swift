/// Paths as text: what is before and after the last slash, and whether a path stays where it belongs.
package enum PathText {
  /// The longest path that is taken for one.
  private static let longest = 4096

  /// The part behind the last slash.
  package static func name(_ path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: 0x2F) else { return path }
    return String(path[path.utf8.index(after: slash)...])
  }

  /// The part before the last slash; empty when there is none.
  package static func folder(_ path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: 0x2F) else { return "" }
    return String(path[..<slash])
  }

  /// A name without what its last dot begins; a dot at the beginning begins nothing.
  package static func stem(_ name: String) -> String {
    guard let dot = name.utf8.lastIndex(of: 0x2E), dot > name.startIndex else { return name }
    return String(name[..<dot])
  }

  /// A name in a folder; the name alone when the folder is empty.
  package static func join(_ folder: String, _ name: String) -> String { folder.isEmpty ? name : folder + "/" + name }

  /// The parts between slashes.
  package static func parts(_ path: String) -> [Substring] { path.split(separator: "/") }

  /// The path without `.`, `..` and empty parts; nil when it is empty, absolute, too long, leads out, or holds a NUL.
  package static func normal(_ path: String) -> String? {
    guard !path.isEmpty, path.utf8.count <= longest, !path.hasPrefix("/"), !path.utf8.contains(0) else { return nil }
    var kept: [Substring] = []
    for part in parts(path) where part != "." {
      if part == ".." {
        if kept.popLast() == nil { return nil }
      } else {
        kept.append(part)
      }
    }
    return kept.isEmpty ? nil : kept.joined(separator: "/")
  }

  /// How many parts two paths have in common at their ends.
  package static func commonEnd(_ left: [Substring], _ right: [Substring]) -> Int {
    zip(left.reversed(), right.reversed()).prefix { $0 == $1 }.count
  }

  /// Paths in the order of people: runs of digits count as numbers, so that `test_x10` follows `test_x9`.
  package static func naturallyPrecedes(_ left: String, _ right: String) -> Bool {
    let left = Array(left.utf8)
    let right = Array(right.utf8)
    var (i, j) = (0, 0)
    while i < left.count, j < right.count {
      let (a, b) = (digits(left, i), digits(right, j))
      if a.isEmpty || b.isEmpty {
        if left[i] != right[j] { return left[i] < right[j] }
        (i, j) = (i + 1, j + 1)
      } else {
        let (x, y) = (left[a].drop { $0 == 0x30 }, right[b].drop { $0 == 0x30 })
        if x.count != y.count { return x.count < y.count }
        if !x.elementsEqual(y) { return x.lexicographicallyPrecedes(y) }
        (i, j) = (a.upperBound, b.upperBound)
      }
    }
    return left.count - i < right.count - j
  }

  private static func digits(_ bytes: [UInt8], _ start: Int) -> Range<Int> {
    var end = start
    while end < bytes.count, 0x30...0x39 ~= bytes[end] { end += 1 }
    return start..<end
  }
}
