internal import Foundation

/// Feeds a program its input and takes its output until it ends, or until something cuts it short.
struct ProcessExchange {
  /// Milliseconds between two looks for a program that ended and left its output open to a child.
  private static let look: Int32 = 50
  /// Milliseconds between two looks for a program that closed its output before it ended.
  private static let lastLook: Int32 = 2

  private let child: ChildProcess
  private let streams: ProcessStreams
  private let deadline: ContinuousClock.Instant
  private let cancellation: ProcessCancellation?
  private var input: ArraySlice<UInt8>
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)
  private var isOutputOpen: Bool
  private var hasEnded = false

  init(
    child: ChildProcess, streams: ProcessStreams, input: [UInt8], deadline: ContinuousClock.Instant,
    cancellation: ProcessCancellation?
  ) {
    self.child = child
    self.streams = streams
    isOutputOpen = streams.output != nil
    self.input = input[...]
    self.deadline = deadline
    self.cancellation = cancellation
  }

  /// Runs to the program's end; what cut it short, or nil when it ended by itself.
  mutating func run(into sink: inout CapturedOutput) -> ProcessEnd? {
    while true {
      if cancellation?.isCancelled == true { return .cancelled }
      let rest = deadline - .now
      if rest <= .zero { return .timedOut }
      guard isOutputOpen else {
        if child.hasEnded { return nil }
        wait(Self.lastLook, for: rest)
        continue
      }
      if wait(Self.look, for: rest) {
        if let cut = take(into: &sink) { return cut }
      } else if hasEnded {
        // The program has ended and nothing more comes: a child of it holds the output open.
        return nil
      } else {
        hasEnded = child.hasEnded
      }
    }
  }

  /// Waits until something can be read or written, or for `milliseconds`; whether output is there.
  @discardableResult
  private mutating func wait(_ milliseconds: Int32, for rest: Duration) -> Bool {
    let left = rest.components.seconds * 1000 + rest.components.attoseconds / 1_000_000_000_000_000 + 1
    var files = [pollfd(fd: isOutputOpen ? streams.output?.reading ?? -1 : -1, events: Int16(POLLIN), revents: 0)]
    files.append(pollfd(fd: cancellation?.descriptor ?? -1, events: Int16(POLLIN), revents: 0))
    files.append(pollfd(fd: input.isEmpty ? -1 : streams.input?.writing ?? -1, events: Int16(POLLOUT), revents: 0))
    guard poll(&files, nfds_t(files.count), min(milliseconds, Int32(clamping: left))) > 0 else { return false }
    if files[2].revents != 0 { give() }
    return files[0].revents != 0
  }

  private mutating func give() {
    guard let handle = streams.input?.writing else { return }
    let count = Self.write(input, to: handle)
    if count < 0, errno == EINTR || errno == EAGAIN { return }
    // A program that closed its input wants no more of it.
    input = count > 0 ? input.dropFirst(count) : []
    if input.isEmpty { streams.closeInput() }
  }

  /// Writes as `write` does, but a closed input is an error of this call and no signal to the process (SIGPIPE).
  private static func write(_ bytes: ArraySlice<UInt8>, to handle: Int32) -> Int {
    var pipe = sigset_t()
    var before = sigset_t()
    sigemptyset(&pipe)
    sigaddset(&pipe, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &pipe, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    let count = bytes.withUnsafeBytes { Foundation.write(handle, $0.baseAddress, $0.count) }
    guard count < 0, errno == EPIPE else { return count }
    var pending = sigset_t()
    var signal: Int32 = 0
    if sigpending(&pending) == 0, sigismember(&pending, SIGPIPE) == 1 { sigwait(&pipe, &signal) }
    errno = EPIPE
    return count
  }

  private mutating func take(into sink: inout CapturedOutput) -> ProcessEnd? {
    let count = read(streams.output?.reading ?? -1, &buffer, buffer.count)
    if count < 0, errno == EINTR || errno == EAGAIN { return nil }
    if count <= 0 {
      isOutputOpen = false
      return nil
    }
    return sink.take(buffer[..<count]) ? nil : .tooMuchOutput
  }
}
