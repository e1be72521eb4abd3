/// Looks for secrets and personal data in a text that comes in pieces, because it is too long to be held.
package struct SecretReader {
  /// What was found so far, by line: at most `SecretScan.limit`.
  package private(set) var findings: [SecretFinding] = []
  private var line = 0

  /// Nothing was read yet.
  package init() {}

  /// Whether reading on can tell of more.
  package var isLooking: Bool { findings.count < SecretScan.limit }

  /// Looks at the next lines, which are whole ones unless nothing follows.
  package mutating func read(_ lines: ArraySlice<UInt8>) {
    lines.withUnsafeBufferPointer { lines in
      SecretScan.forEachLine(lines) { _, bytes in
        line += 1
        guard isLooking else { return }
        var scanner = SecretScanner(line: bytes)
        scanner.scan { kind, _ in findings.append(SecretFinding(kind, line: line)) }
      }
    }
  }
}
