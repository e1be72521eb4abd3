/// The command that runs tests again here, as people type it.
package enum RerunCommand {
  /// Tests that are named one by one; of more, their files are.
  private static let mostNamed = 5

  /// Files that a line can hold.
  private static let mostFiles = 20

  /// The command for tests by their ids, which must be safe to show; nil where the names do not tell the tool, or are
  /// too many for a line.
  package static func of(_ ids: [String]) -> String? {
    let files = ids.compactMap(file(of:))
    guard !ids.isEmpty, files.count == ids.count else { return nil }
    var seen: Set<String> = []
    let names = (ids.count > mostNamed ? files : ids).filter { seen.insert($0).inserted }
    if names.count > mostFiles { return nil }
    return "pytest " + names.map(quoted).joined(separator: " ")
  }

  /// The file of a pytest id; nil for other tools' ids.
  private static func file(of id: String) -> String? {
    id.firstRange(of: ".py::").map { String(id[..<$0.lowerBound]) + ".py" }
  }

  /// A word for a POSIX shell.
  package static func quoted(_ word: String) -> String {
    let isPlain = word.utf8.allSatisfy { byte in
      (0x30...0x3A).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || [0x2D, 0x2E, 0x2F, 0x5F, 0x2B, 0x2C, 0x40, 0x25].contains(byte)
    }
    if isPlain, !word.isEmpty { return word }
    return "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#) + "'"
  }
}
