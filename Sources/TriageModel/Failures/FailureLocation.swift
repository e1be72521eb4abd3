/// Finds where a failure happened in the text a tool wrote about it: the innermost frame of the project itself.
package enum FailureLocation {
  /// How far from either end of the text it looks, in bytes.
  private static let reach = 1 << 15

  /// The innermost frame that is not a tool's own; nil where there is none.
  ///
  /// Most tools write the innermost frame first, Python writes it last; one such frame makes the text Python's. It is
  /// read from its end, where Python's frame is.
  package static func find(in text: UnsafeRawBufferPointer) -> SourceLocation? {
    var first: SourceLocation?
    var isBeforeStack = false
    for range in lines(of: text).reversed() {
      let line = UnsafeRawBufferPointer(rebasing: text[range])
      if LineBytes.has("stacktrace:", at: 0, in: LineBytes.trimmed(line)) {
        // What ExUnit writes before is where the test begins.
        isBeforeStack = true
        continue
      }
      guard let frame = StackFrame(line: line), frame.isLeading, !frame.isTools else { continue }
      if frame.isInnermostLast { return frame.location }
      if !isBeforeStack { first = frame.location }
    }
    return first
  }

  private static func lines(of text: UnsafeRawBufferPointer) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = 0
    while start < text.count {
      if start > reach, start < text.count - reach { start = text.count - reach }
      let end = text[start...].firstIndex(of: 0x0A) ?? text.count
      lines.append(start..<end)
      start = end + 1
    }
    return lines
  }
}
