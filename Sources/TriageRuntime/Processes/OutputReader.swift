internal import Foundation

/// Reads a program's output until its end, a limit or a deadline.
struct OutputReader {
  let descriptor: Int32
  let limit: Int
  let deadline: ContinuousClock.Instant
  private(set) var bytes: [UInt8] = []

  init(descriptor: Int32, limit: Int, deadline: ContinuousClock.Instant) {
    self.descriptor = descriptor
    self.limit = limit
    self.deadline = deadline
  }

  /// Reads on; nil at the end of the output, else what stopped the reading.
  mutating func readAll() -> ProcessRunner.Status? {
    var buffer = [UInt8](repeating: 0, count: 1 << 14)
    while true {
      let rest = deadline - .now
      if rest <= .zero { return .timedOut }
      let milliseconds = rest.components.seconds * 1000 + rest.components.attoseconds / 1_000_000_000_000_000 + 1
      var question = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let ready = poll(&question, 1, Int32(clamping: milliseconds))
      if ready == 0 || (ready < 0 && errno == EINTR) { continue }
      let count = ready < 0 ? 0 : read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      if count <= 0 { return nil }
      bytes += buffer[..<count]
      if bytes.count > limit {
        bytes.removeLast(bytes.count - limit)
        return .tooMuchOutput
      }
    }
  }
}
