import TriageOutput

/// A sink whose output a test can look at.
final class CollectedOutput {
  private(set) var bytes: [UInt8] = []
  private(set) var blocks = 0

  /// What was written so far.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// A sink that writes here; after `limit` bytes it behaves like a pipe whose reader has gone.
  func sink(blockSize: Int = 1 << 16, limit: Int = .max) -> OutputSink {
    OutputSink(blockSize: blockSize) { (block) throws(OutputError) in
      if self.bytes.count + block.count > limit { throw OutputError.closed }
      self.bytes.append(contentsOf: block)
      self.blocks += 1
    }
  }

  /// The text that a piece of code writes.
  static func text(of write: (OutputSink) throws -> Void) throws -> String {
    let output = CollectedOutput()
    let sink = output.sink()
    try write(sink)
    try sink.finish()
    return output.text
  }
}
