/// Why output could not be written. The text fits "could not write: {error}".
package enum OutputError: Error, Equatable, CustomStringConvertible {
  /// The reader of a pipe has gone; nobody wants the rest.
  case closed
  /// The system's own words.
  case system(String)

  package var description: String {
    switch self {
    case .closed: "nobody reads it any more"
    case .system(let words): words
    }
  }
}

/// Collects output into blocks and hands them on, so that a million lines need neither one string nor a million calls.
///
/// After the first failure nothing more is written; `finish` throws it.
package final class OutputSink {
  private let blockSize: Int
  private let write: (UnsafeRawBufferPointer) throws(OutputError) -> Void
  private var bytes: [UInt8] = []
  private var failure: OutputError?

  /// A sink that hands on blocks of about the given size in bytes.
  package init(
    blockSize: Int = 1 << 16, write: @escaping (UnsafeRawBufferPointer) throws(OutputError) -> Void
  ) {
    self.blockSize = blockSize
    self.write = write
    bytes.reserveCapacity(blockSize * 2)
  }

  /// Whether nothing more can be written: a long loop may stop.
  package var isClosed: Bool { failure != nil }

  /// Adds text.
  package func append(_ text: some StringProtocol) {
    bytes.append(contentsOf: text.utf8)
    if bytes.count >= blockSize { flush() }
  }

  /// Adds a text and a line end.
  package func appendLine(_ text: String = "") {
    append(text)
    append(byte: 0x0A)
  }

  /// Adds one byte.
  package func append(byte: UInt8) {
    bytes.append(byte)
    if bytes.count >= blockSize { flush() }
  }

  /// Adds bytes that stand side by side.
  package func append(_ more: UnsafeRawBufferPointer) {
    bytes.append(contentsOf: more)
    if bytes.count >= blockSize { flush() }
  }

  /// Hands on what is left.
  package func finish() throws(OutputError) {
    flush()
    if let failure { throw failure }
  }

  private func flush() {
    defer { bytes.removeAll(keepingCapacity: true) }
    if failure != nil || bytes.isEmpty { return }
    // `withUnsafeBytes` cannot carry a typed throw through both closures, so the failure is kept here.
    bytes.withUnsafeBytes { block in
      do throws(OutputError) {
        try write(block)
      } catch {
        failure = error
      }
    }
  }
}
