internal import SafeText
internal import TriageModel

/// Where pytest's tests lie in the repository.
struct PytestLayout {
  /// A test function's place.
  struct Location: Equatable {
    /// The module's file, relative to the repository.
    var module: String
    /// The classes around the function, outermost first.
    var classes: [String]
    /// The function's name with its parameters.
    var name: String

    /// The folder of the module.
    var folder: String { PathText.folder(module) }
    /// The module's file name without `.py`.
    var stem: String { PathText.stem(PathText.name(module)) }
    /// The folder that datadir plugins give the module: beside it, with its name.
    var dataFolder: String { PathText.join(folder, stem) }
  }

  private let evidence: GoldenEvidence

  init(_ evidence: GoldenEvidence) { self.evidence = evidence }

  /// Where a test lies; nil when the repository has no module that fits its suite.
  func location(of test: TestIndex) -> Location? {
    let table = evidence.run.table
    let suite = table.suiteName(table.suite(of: test))
    return Self.location(suite: suite, name: table.name(of: test)) { module in self.module(like: module) }
  }

  /// Where a node id leads.
  func location(ofNode id: String) -> Location? {
    guard let mark = Self.range(of: ".py::", in: id) else { return nil }
    let module = String(id[..<id.utf8.index(mark, offsetBy: 3)])
    var rest = String(id[id.utf8.index(mark, offsetBy: 5)...])
    var classes: [String] = []
    let bracket = rest.firstIndex(of: "[") ?? rest.endIndex
    while let next = Self.range(of: "::", in: rest), next < (rest.firstIndex(of: "[") ?? bracket) {
      classes.append(String(rest[..<next]))
      rest = String(rest[rest.utf8.index(next, offsetBy: 2)...])
    }
    guard let found = self.module(like: module) else { return nil }
    return Location(module: found, classes: classes, name: rest)
  }

  /// The repository's file for a module as pytest names it: pytest's root may lie below the repository's.
  private func module(like path: String) -> String? {
    if evidence.hasGolden(path) { return path }
    let wanted = PathText.parts(path)
    let fitting = (evidence.repository.byName[PathText.name(path)] ?? []).filter {
      PathText.commonEnd(PathText.parts($0), wanted) == wanted.count
    }
    return fitting.count == 1 ? fitting[0] : nil
  }

  private static func location(
    suite: String, name: String, module: (String) -> String?
  ) -> Location? {
    if let mark = range(of: ".py", in: suite) {
      let end = suite.utf8.index(mark, offsetBy: 3)
      let classes = suite[end...].split(separator: ":").map(String.init)
      return module(String(suite[..<end])).map { Location(module: $0, classes: classes, name: name) }
    }
    // A class name of JUnit: `tests.unit.test_a.TestX`.
    let words = suite.split(separator: ".")
    guard words.count <= 64 else { return nil }
    for count in stride(from: words.count, to: 0, by: -1) {
      if let found = module(words[..<count].joined(separator: "/") + ".py") {
        return Location(module: found, classes: words[count...].map(String.init), name: name)
      }
    }
    return nil
  }

  private static func range(of text: String, in whole: String) -> String.Index? {
    let needle = Array(text.utf8)
    let bytes = whole.utf8
    var place = bytes.startIndex
    while let first = bytes[place...].firstIndex(of: needle[0]) {
      if bytes[first...].starts(with: needle) { return first }
      place = bytes.index(after: first)
    }
    return nil
  }
}

/// Tests found by names that pytest's plugins make of theirs.
struct PytestNames {
  private var tests: [String: [TestIndex]] = [:]

  /// Finds the tests whose name, with `_` for all but letters, digits and `_`, is among the wanted ones.
  ///
  /// One pass over the names' bytes: a run may have a million tests, and few of them have goldens.
  init(_ wanted: Set<String>, in table: TestTable) {
    guard !wanted.isEmpty else { return }
    let lengths = Set(wanted.map(\.utf8.count))
    let hashes = Set(wanted.map { name in Self.hash(name.utf8) })
    let found = table.tests(among: nil) { _, _, name in
      lengths.contains(name.count) && hashes.contains(Self.hash(name))
    }
    for test in found {
      let name = Self.mangled(table.name(of: test))
      if wanted.contains(name) { tests[name, default: []].append(test) }
    }
  }

  /// The tests of a name.
  subscript(name: String) -> [TestIndex] { tests[name] ?? [] }

  /// A name as pytest-regressions and tmp_path write it: `re.sub(r"[\W]", "_", name)`.
  static func mangled(_ name: String) -> String {
    String(decoding: name.utf8.map(mangled), as: UTF8.self)
  }

  /// Letters beyond ASCII stay, as Python's `\w` takes them for letters.
  private static func mangled(_ byte: UInt8) -> UInt8 {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...: byte
    default: 0x5F
    }
  }

  private static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64(mangled($1))) &* 0x100_0000_01B3 }
  }
}

/// Python's way to write bytes, `b'\x89PNG\r\n'`.
enum PythonBytes {
  /// The bytes that a literal stands for; nil when it is none, or is cut.
  static func decoded(_ literal: Substring) -> [UInt8]? {
    let bytes = Array(literal.utf8)
    guard bytes.count >= 3, bytes[0] == 0x62, bytes[1] == 0x27 || bytes[1] == 0x22, bytes.last == bytes[1]
    else { return nil }
    var result: [UInt8] = []
    var place = 2
    let end = bytes.count - 1
    while place < end {
      guard bytes[place] == 0x5C else {
        if bytes[place] == bytes[1] { return nil }
        result.append(bytes[place])
        place += 1
        continue
      }
      guard let (byte, length) = escape(bytes[place..<end]) else { return nil }
      result.append(byte)
      place += length
    }
    return result
  }

  private static func escape(_ bytes: ArraySlice<UInt8>) -> (byte: UInt8, length: Int)? {
    let rest = bytes.dropFirst()
    guard let kind = rest.first else { return nil }
    switch kind {
    case 0x6E: return (0x0A, 2)
    case 0x72: return (0x0D, 2)
    case 0x74: return (0x09, 2)
    case 0x5C, 0x27, 0x22: return (kind, 2)
    case 0x78:
      let digits = rest.dropFirst().prefix(2)
      guard digits.count == 2, let byte = UInt8(String(decoding: digits, as: UTF8.self), radix: 16) else { return nil }
      return (byte, 4)
    default: return nil
    }
  }
}
