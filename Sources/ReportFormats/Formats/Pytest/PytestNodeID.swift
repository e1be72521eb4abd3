/// Rebuilds pytest's node ids from what JUnit keeps of them.
///
/// pytest writes `tests/unit/test_a.py::TestX` as the class name `tests.unit.test_a.TestX`: folders, module and
/// classes can no longer be told apart. In order, these tell: the test's `file` (family xunit1), the repository's
/// files, the way modules are named.
enum PytestNodeID {
  /// The longest path, and the most folders, that are looked for in the repository: a class name may be a megabyte.
  private static let longestPath = 4096
  private static let deepestModule = 64

  /// A node id as suite and name, at the last `::` that is no part of the parameters.
  static func split(_ nodeID: String) -> (suite: String, name: String) {
    let bytes = Array(nodeID.utf8)
    var last: Int?
    var index = 0
    while index + 1 < bytes.count {
      if bytes[index] == 0x3A, bytes[index + 1] == 0x3A {
        last = index
        index += 2
      } else if bytes[index] == 0x5B, last != nil {
        break
      } else {
        index += 1
      }
    }
    guard let last else { return ("", nodeID) }
    return (String(decoding: bytes[..<last], as: UTF8.self), String(decoding: bytes[(last + 2)...], as: UTF8.self))
  }

  /// The node id of a class name, without a function: `tests/unit/test_a.py::TestX`.
  static func suite(dotted: String, file: String, has: (String) -> Bool) -> String {
    if file.hasSuffix(".py"), let tail = tail(of: dotted, behind: file) { return join(file, tail) }
    let parts = dotted.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    let deepest = dotted.utf8.count > longestPath ? 0 : min(parts.count, deepestModule)
    for count in stride(from: deepest, to: 0, by: -1) {
      let path = parts[..<count].joined(separator: "/") + ".py"
      if has(path) { return join(path, parts[count...]) }
    }
    if deepest > 0, let found = moduleInDottedFolders(parts, has: has) {
      return join(found.path + ".py", parts[found.count...])
    }
    guard let count = moduleLength(parts) else { return dotted }
    return join(parts[..<count].joined(separator: "/") + ".py", parts[count...])
  }

  /// A class name, and what is left of it without the parts that `--junit-prefix` may have put before it.
  static func withoutPrefixes(_ dotted: String) -> [String] {
    var names = [dotted]
    guard dotted.utf8.count <= longestPath else { return names }
    var rest = dotted[...]
    while names.count < deepestModule, let dot = rest.firstIndex(of: ".") {
      rest = rest[rest.index(after: dot)...]
      names.append(String(rest))
    }
    return names
  }

  /// The module of a class name where a folder's own name has a dot (`tests.v2/test_a.py`), and how many parts it takes.
  ///
  /// Only folders that are there are looked into, and the repository is asked a limited number of times.
  private static func moduleInDottedFolders(_ parts: [String], has: (String) -> Bool) -> (path: String, count: Int)? {
    var questions = 200
    var found: (path: String, count: Int)?
    var open: [(folder: String, start: Int)] = [("", 0)]
    while let (folder, start) = open.popLast() {
      for end in start..<min(parts.count, start + 4) {
        questions -= 2
        guard questions >= 0 else { return found }
        let path = folder + parts[start...end].joined(separator: ".")
        if has(path + ".py"), end + 1 > found?.count ?? 0 { found = (path, end + 1) }
        if has(path) { open.append((path + "/", end + 1)) }
      }
    }
    return found
  }

  /// The path of a module or package that could not be collected: `tests.test_a` is `tests/test_a.py`.
  static func module(_ dotted: String, has: (String) -> Bool) -> String {
    let path = dotted.split(separator: ".", omittingEmptySubsequences: false).joined(separator: "/")
    if dotted.hasSuffix(".py") || path.isEmpty || dotted == "internal" { return dotted }
    if has(path + "/__init__.py") { return path }
    return path + ".py"
  }

  /// The classes of a class name whose module is the given file; nil when it is another's.
  private static func tail(of dotted: String, behind file: String) -> ArraySlice<String>? {
    let module = file.dropLast(3).split(separator: "/").joined(separator: ".")
    if dotted == module { return [] }
    guard dotted.hasPrefix(module + ".") else { return nil }
    return dotted.dropFirst(module.count + 1).split(separator: ".").map(String.init)[...]
  }

  /// How many parts name the module: up to the last that is named as tests are, else up to the first class.
  private static func moduleLength(_ parts: [String]) -> Int? {
    if let last = parts.lastIndex(where: { $0.hasPrefix("test_") || $0.hasSuffix("_test") }) { return last + 1 }
    let count = parts.firstIndex { $0.first?.isUppercase ?? true } ?? parts.count
    return count == 0 ? nil : count
  }

  private static func join(_ file: String, _ classes: ArraySlice<String>) -> String {
    classes.isEmpty ? file : file + "::" + classes.joined(separator: "::")
  }
}

/// What pytest writes into `system-out` and `system-err`.
enum PytestOutput {
  /// Whether the output is nothing but the headings pytest writes over captured output.
  static func isEmpty(_ bytes: UnsafeRawBufferPointer) -> Bool {
    if bytes.count > 1000 { return false }
    let lines = bytes.split(separator: 0x0A)
    return lines.allSatisfy { line in
      line.first == 0x2D && line.last == 0x2D
        && XMLBytes.range(of: " Captured ", in: UnsafeRawBufferPointer(rebasing: line)) != nil
    }
  }
}
