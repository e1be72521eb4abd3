internal import Foundation

/// What becomes of a program's output: kept, written to a file, or dropped, with a limit in bytes.
struct CapturedOutput {
  private let request: ProcessRequest.Output
  private var file: Int32 = -1
  private var bytes: [UInt8] = []
  private var taken = 0
  private var failure: ProcessError?
  /// Bytes that came and were neither kept nor written.
  private(set) var dropped = 0

  /// Opens the file that output goes to; one of that name is an error, wherever a link leads.
  init(_ request: ProcessRequest.Output) throws(ProcessError) {
    self.request = request
    guard case .file(let path, _) = request else { return }
    file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    if file < 0 { throw ProcessError(errno) }
  }

  /// Takes what came; false when the program is to be ended for it.
  mutating func take(_ piece: ArraySlice<UInt8>) -> Bool {
    switch request {
    case .nowhere:
      dropped += piece.count
      return true
    case .kept(let limit):
      let kept = piece.prefix(limit - bytes.count)
      bytes += kept
      dropped += piece.count - kept.count
      return kept.count == piece.count
    case .file(_, let limit):
      let kept = failure == nil ? piece.prefix(limit - taken) : []
      write(kept)
      taken += kept.count
      dropped += piece.count - kept.count
      return true
    }
  }

  private mutating func write(_ piece: ArraySlice<UInt8>) {
    if !piece.withUnsafeBytes({ FileWriting.write($0, to: file) }) { failure = ProcessError(errno) }
  }

  /// Closes the file; the bytes that were kept. Fails when a full disk or the like lost output.
  mutating func finish() throws(ProcessError) -> [UInt8] {
    if file >= 0 { close(file) }
    file = -1
    if let failure { throw failure }
    return bytes
  }

  /// Closes and removes the file of a program that was never started.
  mutating func discard() {
    guard file >= 0, case .file(let path, _) = request else { return }
    close(file)
    file = -1
    unlink(path)
  }
}
