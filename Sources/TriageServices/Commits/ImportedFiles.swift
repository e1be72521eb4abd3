internal import SystemKit
internal import TriageModel

/// The repository's files that a test stands on though its stack does not name them: what its file imports, and what
/// those import; where imports are not read, files of the same name.
struct ImportedFiles {
  /// Files that are read, and the bytes of each: imports stand at the top.
  private static let mostFiles = 100
  private static let mostBytes = 1 << 16
  /// Steps from the test's file: its own imports, and those of what it imports.
  private static let depth = 2

  let root: String
  let ownFiles: OwnFiles

  /// Those of some files that others stand on.
  func named(among files: [String], by tests: [String]) -> [SourceLocation] {
    let imported = imported(by: tests)
    let names = Set(tests.filter { !$0.hasSuffix(".py") }.map(Self.subject))
    return files.filter { file in
      imported.contains(file)
        || !tests.contains(file) && Self.subject(file).count > 3 && names.contains(Self.subject(file))
    }
    .map { SourceLocation(file: $0, line: nil) }
  }

  private func imported(by tests: [String]) -> Set<String> {
    var found = Set(tests.filter { $0.hasSuffix(".py") })
    var next = found.sorted()
    for _ in 0..<Self.depth {
      var further: [String] = []
      for file in next where found.count < Self.mostFiles {
        for other in imports(of: file) where found.insert(other).inserted { further.append(other) }
      }
      next = further
    }
    return found.subtracting(tests)
  }

  /// The repository's files that a Python file imports.
  private func imports(of file: String) -> [String] {
    guard let bytes = RegularFile.head(root + "/" + file, count: Self.mostBytes) else { return [] }
    let folder = file.split(separator: "/").dropLast().map(String.init)
    return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).flatMap { line in
      Self.modules(in: line).compactMap { path(of: $0, from: folder) }
    }
  }

  /// The modules that a line imports: `import a.b, c` and `from ..a import b`, each as a dotted name.
  private static func modules(in line: Substring) -> [String] {
    let words = line.split { $0 == " " || $0 == "\t" || $0 == "," || $0 == "(" || $0 == ")" }.map(String.init)
    guard words.count > 1 else { return [] }
    let end = words.firstIndex { $0.hasPrefix("#") } ?? words.count
    if words[0] == "import" { return Array(words[1..<max(1, end)]).filter { $0 != "as" } }
    guard words[0] == "from", let place = words[..<end].firstIndex(of: "import") else { return [] }
    let module = words[1]
    let dot = module.hasSuffix(".") ? "" : "."
    return [module] + words[(place + 1)..<end].filter { $0 != "as" && $0 != "*" }.map { module + dot + $0 }
  }

  private func path(of module: String, from folder: [String]) -> String? {
    let dots = module.prefix { $0 == "." }.count
    let parts = module.dropFirst(dots).split(separator: ".").map(String.init)
    guard parts.allSatisfy({ $0.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" } }) else { return nil }
    var bases: [[String]] = []
    if dots > 0 {
      guard dots - 1 <= folder.count else { return nil }
      bases = [folder.dropLast(dots - 1)]
    } else {
      bases = [[], ["src"], ["lib"], ["python"]] + folder.indices.map { Array(folder[...$0]) }
    }
    for base in bases {
      let path = (base + parts).joined(separator: "/")
      for candidate in [path + ".py", path + "/__init__.py"] where !path.isEmpty {
        if ownFiles.resolve(SourceLocation(file: candidate, line: nil))?.file == candidate { return candidate }
      }
    }
    return nil
  }

  /// What a file is about, by its name: `scoring` for `test_scoring.ts`, `ScoringTest.java` and `scoring.spec.js`.
  private static func subject(_ file: String) -> String {
    var name = (file.split(separator: "/").last ?? "").prefix { $0 != "." }.lowercased()
    for affix in ["tests", "test", "spec"] {
      if name.hasPrefix(affix + "_") { name = String(name.dropFirst(affix.count + 1)) }
      for end in ["_" + affix, affix] where name.hasSuffix(end) && name.count > end.count {
        name = String(name.dropLast(end.count))
      }
    }
    return name.filter { $0 != "_" && $0 != "-" }
  }
}
