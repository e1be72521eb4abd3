/// pytest's printed account of a failure, from which the reason is taken where pytest hands over nothing but text.
enum PytestText {
  /// How short texts begin that say how something failed, and not what.
  static let wrappings: [StaticString] = [
    "collection failure", "file ", "self = ", "ImportError while importing test module '", "[gw",
  ]
  /// How JUnit's short texts begin where set-up or tear-down failed.
  static let phases: [StaticString] = ["failed on setup with \"", "failed on teardown with \""]
  /// How pytest 9 ends a short text of several lines.
  static let cutMark: StaticString = " more lines; full report in element text]"

  /// Whether a JUnit text is of a tear-down.
  static func isTearDown(_ written: String) -> Bool { written.hasPrefix("failed on teardown with ") }

  /// The text inside `failed on setup with "…"`; nil for other texts.
  static func withoutPhase(_ written: String) -> String? {
    for phase in phases where written.hasPrefix(phase.description) {
      let inner = written.dropFirst(phase.description.count)
      return String(inner.hasSuffix("\"") ? inner.dropLast() : inner)
    }
    return nil
  }

  /// Whether a short text is only a wrapping, or was cut.
  static func isWrapping(_ written: String) -> Bool {
    saysNothing(written) || isStack(written)
      || written.holds(cutMark) || (written.hasPrefix("file ") && written.holds(", line "))
  }

  /// Whether a short text is the whole stack, as old pytest-xdist wrote it.
  static func isStack(_ written: String) -> Bool { written.holds("\nE   ") || written.holds(" E   ") }

  /// An exception without the comparison that pytest adds behind the words a test gave it.
  static func withoutComparison(_ reason: String) -> String {
    let lines = reason.reasonLines
    return lines.prefix(1 + lines.dropFirst().prefix { !$0.hasPrefix("assert ") }.count).joined(separator: "\n")
  }

  /// Whether a short text is pytest's word for a kind of failure.
  static func saysNothing(_ written: String) -> Bool {
    written == "collection failure" || written.hasPrefix("ImportError while importing test module '")
      || (written.hasPrefix("[gw") && written.holds(" -- Python "))
  }

  /// The exception in a text, or else its first line; the line that xdist puts before everything says nothing.
  static func reason(in text: String) -> String? {
    marked(in: text) ?? withoutWorker(text.reasonLines).first { !isBlank($0) }
  }

  /// The lines that pytest marks with `E`, the last such block: the exception as it prints it; nil without a block.
  ///
  /// A syntax error's block begins with the place, deeper than the exception.
  static func marked(in text: String) -> String? {
    let lines = text.reasonLines
    var block: [String] = []
    var isInside = false
    for line in lines {
      let isMarked = line == "E" || line.hasPrefix("E   ")
      if isMarked, !isInside { block = [] }
      if isMarked { block.append(String(line.dropFirst())) }
      isInside = isMarked
    }
    guard !block.isEmpty else { return nil }
    let filled = block.filter { !isBlank($0) }
    let indent = filled.map(indentation).min() ?? 0
    let first = block.firstIndex { !isBlank($0) && indentation($0) == indent } ?? 0
    return block[first...].map { String($0.dropFirst(indent)) }.joined(separator: "\n")
  }

  /// The reason in a stack that an old xdist wrote on one line, its line ends lost:
  /// `self = <…>      def test(): >       assert False E       AssertionError: no E       assert False  a.py:3: AssertionError`.
  static func oneLineReason(in text: String) -> String? {
    if text.utf8.contains(0x0A) { return marked(in: text) }
    guard text.holds(".py:") else { return nil }
    let parts = text.split(separator: " E   ")
    guard parts.count > 1 else { return nil }
    var lines = parts.dropFirst().map { String($0.drop { $0 == " " }) }
    if let last = lines.last, let end = last.split(separator: "  ").first { lines[lines.count - 1] = String(end) }
    return lines.joined(separator: "\n")
  }

  /// The text without the line that xdist puts before it: `[gw0] linux -- Python 3.11.7 /usr/bin/python`.
  static func withoutWorker(_ lines: [String]) -> [String] {
    guard let first = lines.first, first.hasPrefix("[gw"), first.holds("] "), first.holds(" -- Python ") else {
      return lines
    }
    return Array(lines.dropFirst())
  }

  /// The reason in a skip's text, which is a Python tuple: `('/src/test_a.py', 10, 'Skipped: later')`; nil for others.
  static func skipReason(_ text: String) -> String? {
    guard text.hasPrefix("('"), text.hasSuffix(")") else { return nil }
    let parts = text.split(separator: ", ", maxSplits: 2)
    guard parts.count == 3 else { return nil }
    let reason = String(parts[2].dropFirst().dropLast(2))
    return reason.hasPrefix("Skipped: ") ? String(reason.dropFirst(9)) : reason
  }

  private static func isBlank(_ line: String) -> Bool { line.utf8.allSatisfy { $0 <= 0x20 } }

  private static func indentation(_ line: String) -> Int { line.utf8.prefix { $0 == 0x20 }.count }
}
