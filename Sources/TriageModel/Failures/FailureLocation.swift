/// Finds where a failure happened in the text a tool wrote about it: the innermost frame of the project itself.
package enum FailureLocation {
  /// How far from either end of the text it looks, in bytes.
  private static let reach = 1 << 15

  /// The innermost frame that is not a tool's own; nil where there is none.
  ///
  /// Most tools write the innermost frame first, Python writes it last; one such frame makes the text Python's.
  package static func find(in text: UnsafeRawBufferPointer) -> SourceLocation? {
    var first: SourceLocation?
    var last: SourceLocation?
    forEachLine(of: text) { line in
      if first != nil, LineBytes.has("stacktrace:", at: 0, in: LineBytes.trimmed(line)) {
        // What ExUnit writes before is where the test begins.
        first = nil
        return
      }
      guard let frame = StackFrame(line: line), frame.isLeading, !frame.isTools else { return }
      if frame.isInnermostLast {
        last = frame.location
      } else if first == nil {
        first = frame.location
      }
    }
    return last ?? first
  }

  private static func forEachLine(of text: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Void) {
    var start = 0
    while start < text.count {
      if start > reach, start < text.count - reach { start = text.count - reach }
      let end = text[start...].firstIndex(of: 0x0A) ?? text.count
      body(UnsafeRawBufferPointer(rebasing: text[start..<end]))
      start = end + 1
    }
  }
}
