internal import TriageModel

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
