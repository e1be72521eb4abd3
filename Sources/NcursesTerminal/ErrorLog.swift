internal import CTerminalGuard
internal import Foundation
internal import SafeText

/// Keeps standard error off the screen while the program draws: what libraries print there is shown at the end.
struct ErrorLog {
  /// More than this is thrown away while the program runs.
  private static let limit = 1 << 20

  private let file: Int32
  private let real: Int32

  /// Points standard error to a file without a name; nil when none can be made, and then nothing changes.
  init?() {
    var path = Array((ProcessInfo.processInfo.environment["TMPDIR"] ?? "/tmp").utf8CString.dropLast())
    path += "/assay-errors-XXXXXX".utf8CString
    let opened = mkstemp(&path)
    guard opened >= 0 else { return nil }
    unlink(path)
    _ = fcntl(opened, F_SETFL, O_APPEND)
    _ = fcntl(opened, F_SETFD, FD_CLOEXEC)
    file = opened
    real = fcntl(2, F_DUPFD_CLOEXEC, 3)
    resume()
  }

  /// Sends standard error to the file.
  func resume() {
    dup2(file, 2)
    terminal_guard_set_errors(file, real)
  }

  /// Sends standard error where it belongs, and shows there what was kept.
  func pause() {
    terminal_guard_set_errors(-1, -1)
    dup2(real, 2)
    let text = Sanitizer.output(String(decoding: kept(), as: UTF8.self))
    _ = ftruncate(file, 0)
    text.withCString { _ = write(2, $0, strlen($0)) }
  }

  /// Empties the file when a library fills it.
  func trim() {
    var status = stat()
    if fstat(file, &status) == 0, status.st_size > Self.limit { _ = ftruncate(file, 0) }
  }

  /// Ends it.
  func close() {
    pause()
    Foundation.close(file)
    Foundation.close(real)
  }

  /// The end of what was written.
  private func kept() -> [UInt8] {
    let end = lseek(file, 0, SEEK_END)
    let start = max(0, end - 16384)
    var bytes = [UInt8](repeating: 0, count: Int(end - start))
    let count = pread(file, &bytes, bytes.count, start)
    return Array(bytes.prefix(max(0, count)))
  }
}
