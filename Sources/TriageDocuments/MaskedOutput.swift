internal import FailureAnalysis
internal import TerminalKit
internal import TriageModel

/// What the deciding attempt at a test said, line by line, with what differs from run to run masked.
struct MaskedOutput {
  /// Lines that are compared; the rest is counted.
  static let mostLines = 20_000
  /// What begins a line that names a part: no sanitised text holds it.
  static let headingMark = "\u{1}"

  /// Masked and safe to show.
  private(set) var lines: [String] = []
  /// Lines beyond `mostLines`.
  private(set) var cut = 0

  /// The first failing attempt's words, as for signatures; of a test that passed, the last attempt's.
  init(of test: TestIndex, in table: TestTable) {
    let attempts = table.attempts(of: test)
    guard let attempt = attempts.first(where: { !$0.failures.isEmpty }) ?? attempts.last else { return }
    var masker = Masker()
    for failure in attempt.failures {
      let isWhole = failure.details.isEmpty || failure.details.contains(failure.message)
      let details = isWhole ? "" : failure.message + "\n"
      add(details + (failure.details.isEmpty ? failure.message : failure.details), title: "failure", &masker)
    }
    add(table.text.string(attempt.standardOutput), title: "standard output", &masker)
    add(table.text.string(attempt.standardError), title: "standard error", &masker)
  }

  private mutating func add(_ text: String, title: String, _ masker: inout Masker) {
    if text.isEmpty { return }
    lines.append(Self.headingMark + title)
    let (all, rest) = OutputLines.lines(of: text, limit: max(0, Self.mostLines - lines.count))
    var texts = all.map(\.text)
    while texts.last?.isEmpty == true { texts.removeLast() }
    for line in texts {
      // Line by line, so that one more literal far above does not give all that follow another number.
      let bytes = Array(line.utf8)
      bytes.withUnsafeBytes { masker.mask($0) }
      lines.append(String(decoding: masker.masked, as: UTF8.self))
    }
    cut += rest
  }
}
