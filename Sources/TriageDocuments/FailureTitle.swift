package import TriageModel

/// What a failing test said, in one line: its exception and message.
package enum FailureTitle {
  /// The line; empty where the test did not fail, or said nothing.
  ///
  /// The first line of the message is it nearly always, and costs little where 100,000 tests failed. Where pytest cut it
  /// (`assert {'a': ...}`), or it only introduces what follows (`AssertionError:`), the reason is looked for in all it said.
  package static func of(_ test: TestIndex, in run: Run) -> String {
    let table = run.table
    let first = table.text.withBytes(of: table.headline(of: test), firstLine)
    guard first.hasSuffix(":") || first.utf8.count > 3 && isCut(first) else { return first }
    guard let failure = DocumentBuilder.firstFailure(of: test, in: run) else { return first }
    let title = ReasonLayout(failure).title
    return title.isEmpty ? first : title
  }

  private static func isCut(_ line: String) -> Bool {
    var dots = 0
    for byte in line.utf8 {
      dots = byte == 0x2E ? dots + 1 : 0
      if dots == 3 { return true }
    }
    return false
  }

  /// The first line that says something, without the blanks around it.
  ///
  /// Bytes, since a text of a kilobyte costs a microsecond so, and a hundred as characters.
  private static func firstLine(_ bytes: UnsafeRawBufferPointer) -> String {
    let line = bytes.drop { $0 <= 0x20 }.prefix(4096).prefix { $0 != 0x0A && $0 != 0x0D }
    let end = line.lastIndex { $0 > 0x20 }.map { $0 + 1 } ?? line.startIndex
    return String(decoding: line[..<end], as: UTF8.self)
  }
}
