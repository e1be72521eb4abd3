internal import Foundation
internal import SafeText
internal import SystemKit
internal import Synchronization
internal import TriageOutput

/// Standard output as a sink of blocks.
enum StandardOutput {
  /// Whether a person looks at it.
  static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  /// Writes with `body` and waits until all of it is handed on.
  static func write(_ body: (OutputSink) throws -> Void) throws {
    let sink = OutputSink { (block) throws(OutputError) in try writeAll(block, to: STDOUT_FILENO) }
    try body(sink)
    do throws(OutputError) {
      try sink.finish()
    } catch .closed {
      throw CommandFailure.closedOutput
    } catch {
      throw CommandFailure.unreadable("could not write: \(error)")
    }
  }

  /// The columns of the terminal; nil for a pipe or a file.
  static var width: Int? {
    guard isTerminal else { return nil }
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  private static func writeAll(_ block: UnsafeRawBufferPointer, to handle: Int32) throws(OutputError) {
    if FileWriting.write(block, to: handle) { return }
    throw errno == EPIPE ? .closed : .system(SystemWords.last)
  }
}

/// Standard error: one line at a time.
enum StandardError {
  /// Whether a person looks at it.
  static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Writes a line, made harmless.
  static func write(_ line: String) {
    put(Sanitizer.line(line) + "\n")
  }

  private static let said = Mutex<Set<String>>([])

  /// Writes a line, made harmless, unless it was written so before: what is wrong with the history is wrong for each run.
  static func writeOnce(_ line: String) {
    if said.withLock({ $0.insert(line).inserted }) { write(line) }
  }

  /// Writes text as it is.
  static func put(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      _ = Foundation.write(STDERR_FILENO, bytes.baseAddress, bytes.count)
    }
  }
}
