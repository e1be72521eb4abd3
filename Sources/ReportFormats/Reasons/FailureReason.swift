internal import TriageModel

/// The reason of a failure, where the short text that a tool wrote is only a wrapping around it.
///
/// It is the one place that knows wrappings; a reader puts what it finds into the record, so that rows, titles, causes
/// and the history all speak of the reason. What stood there before stays in the details.
enum FailureReason {
  /// The bytes of a text that are looked at, from either end.
  private static let reach = 1 << 15

  /// A better short text than the one written; nil when that is the reason.
  static func message(_ written: String, details: String) -> String? {
    let details = cut(details)
    if let inner = PytestText.withoutPhase(written) {
      guard PytestText.isWrapping(inner) else { return inner }
      return PytestText.reason(in: details) ?? PytestText.reason(in: inner) ?? inner
    }
    if PytestText.isWrapping(written) {
      if PytestText.isStack(written) {
        let reason = PytestText.marked(in: details) ?? PytestText.oneLineReason(in: written)
        return reason.map(PytestText.withoutComparison)
      }
      return PytestText.marked(in: details) ?? (PytestText.saysNothing(written) ? PytestText.reason(in: details) : nil)
    }
    if PlaywrightText.isTitle(written) { return PlaywrightText.reason(in: details) }
    return StackText.isEmpty(written) ? StackText.reason(in: details) : nil
  }

  /// Whether a short text may be a wrapping, told from a few of its bytes: nearly all are not.
  static func mayWrap(_ message: UnsafeRawBufferPointer) -> Bool {
    if StackText.mayBeEmpty(message) { return true }
    for start in PytestText.wrappings + PytestText.phases where XMLBytes.starts(message, with: start) { return true }
    return XMLBytes.range(of: " E   ", in: message) != nil || XMLBytes.range(of: "\nE   ", in: message) != nil
      || XMLBytes.range(of: PytestText.cutMark, in: message) != nil || PlaywrightText.mayBeTitle(message)
  }

  private static func cut(_ text: String) -> String {
    guard text.utf8.count > 2 * reach else { return text }
    return String(decoding: text.utf8.prefix(reach), as: UTF8.self) + "\n"
      + String(decoding: text.utf8.suffix(reach), as: UTF8.self)
  }
}

extension String {
  /// Whether a text stands somewhere in it, told by its bytes: Swift's own search takes a microsecond for every few.
  func holds(_ text: StaticString) -> Bool {
    var copy = self
    return copy.withUTF8 { XMLBytes.range(of: text, in: UnsafeRawBufferPointer($0)) != nil }
  }

  /// The lines, however they end: to Swift a CR LF is one character, that no `\n` matches.
  var reasonLines: [String] {
    utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
      String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self)
    }
  }
}

extension TestTableBuilder {
  /// Puts the reason and the place of a failure into a record whose texts are whole.
  mutating func refine(_ fault: inout JUnitFault) {
    let text = table.text
    let message = fault.record.message
    if text.withBytes(of: message, FailureReason.mayWrap) {
      let written = text.string(message)
      fault.isTearDown = PytestText.isTearDown(written)
      if let better = FailureReason.message(written, details: text.string(fault.record.details)) {
        fault.record.message = self.text(better)
      }
    }
    if text.withBytes(of: fault.record.type, WrappedException.mayCarry),
      let cause = WrappedException.cause(in: text.string(fault.record.details))
    {
      fault.record.type = self.text(cause.type)
      fault.record.message = self.text(cause.message)
    }
    guard fault.record.file.isEmpty else { return }
    let found =
      text.withBytes(of: fault.record.details, FailureLocation.find)
      ?? text.withBytes(of: message, FailureLocation.find)
    guard let found else { return }
    fault.record.file = self.text(found.file)
    fault.record.line = UInt32(clamping: found.line ?? 0)
  }
}
