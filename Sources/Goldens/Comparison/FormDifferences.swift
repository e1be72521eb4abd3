internal import TriageModel

/// What differs about two texts as wholes and is no value: line ends, the byte order mark, the end of the last line.
enum FormDifferences {
  /// A clause each.
  static func clauses(_ expected: [UInt8], _ actual: [UInt8]) -> [String] {
    guard !expected.isEmpty, !actual.isEmpty else { return [] }
    var clauses: [String] = []
    let returns = (ends(expected), ends(actual))
    if let before = returns.0, let after = returns.1, before != after {
      clauses.append("line ends \(after ? "LF → CR LF" : "CR LF → LF")")
    }
    let marks = (expected.starts(with: [0xEF, 0xBB, 0xBF]), actual.starts(with: [0xEF, 0xBB, 0xBF]))
    if marks.0 != marks.1 { clauses.append("byte order mark \(marks.1 ? "is new" : "vanished")") }
    let lines = (expected.last == 0x0A, actual.last == 0x0A)
    if lines.0 != lines.1 { clauses.append("the final line end \(lines.1 ? "is new" : "vanished")") }
    return clauses
  }

  /// Whether the first line ends with a carriage return; nil where no line ends.
  private static func ends(_ bytes: [UInt8]) -> Bool? {
    guard let end = bytes.firstIndex(of: 0x0A) else { return nil }
    return end > 0 && bytes[end - 1] == 0x0D
  }
}

extension Comparison {
  /// Says of two trees what their values do not: in a sentence, and where nothing else differs as the proof.
  mutating func noteForms(_ expected: [UInt8], _ actual: [UInt8]) {
    guard case .tree = body else { return }
    let clauses = FormDifferences.clauses(expected, actual)
    if clauses.isEmpty { return }
    remarks += clauses.map { $0.prefix(1).uppercased() + $0.dropFirst() + "." }
    if drift.kind == .format { drift.proof += "; " + clauses.joined(separator: "; ") }
  }
}
