internal import Foundation

/// Runs programs to their end, with their output bounded and their time limited.
///
/// A program has a process group of its own, which is killed whole when its time is up, when it writes too much, when
/// somebody cancels it, and when it ends and leaves children behind.
package enum ProcessRunner {
  /// Runs a program and waits for it; `cancellation` ends it from another thread.
  package static func run(
    _ request: ProcessRequest, cancellation: ProcessCancellation? = nil
  ) throws(ProcessError) -> ProcessResult {
    if cancellation?.isCancelled == true { return ProcessResult(end: .cancelled, output: [], dropped: 0) }
    let streams = try ProcessStreams(request)
    var sink = try CapturedOutput(request.output)
    let child: ChildProcess
    do throws(ProcessError) {
      child = try start(request, streams)
    } catch {
      sink.discard()
      throw error
    }
    var exchange = ProcessExchange(
      child: child, streams: streams, input: request.input, deadline: .now + .seconds(request.timeLimit),
      cancellation: cancellation)
    let cut = exchange.run(into: &sink)
    if cut != nil { child.ask(grace: request.grace) }
    if cut != nil || !request.leavesChildren { child.killGroup() }
    let status = child.waitForEnd()
    let bytes = try sink.finish()
    return ProcessResult(end: cut ?? ProcessEnd(waitStatus: status), output: bytes, dropped: sink.dropped)
  }

  private static func start(
    _ request: ProcessRequest, _ streams: ProcessStreams
  ) throws(ProcessError) -> ChildProcess {
    defer { streams.closeTheirs() }
    var setting = Spawn.Setting(hasOwnSession: request.hasOwnSession, folder: request.folder)
    if let input = streams.input { setting.input = .descriptor(input.reading) }
    if let output = streams.output {
      setting.output = .descriptor(output.writing)
      if request.mergesErrors { setting.errors = .descriptor(output.writing) }
    }
    let identifier = try Spawn.start(request.arguments, environment: request.environment, setting)
    return ChildProcess(identifier: identifier)
  }
}

/// The pipes between this process and a program; those that are open when this value goes are closed.
final class ProcessStreams {
  let output: PipeEnds?
  let input: PipeEnds?
  private var isTheirsOpen = true
  private var isInputOpen: Bool

  init(_ request: ProcessRequest) throws(ProcessError) {
    output = request.output == .nowhere ? nil : PipeEnds()
    if output == nil, request.output != .nowhere { throw ProcessError(errno) }
    input = request.input.isEmpty ? nil : PipeEnds()
    isInputOpen = input != nil
    if input == nil, !request.input.isEmpty { throw ProcessError(errno) }
    if let input { _ = fcntl(input.writing, F_SETFL, O_NONBLOCK) }
  }

  /// Closes the ends that only the program uses.
  func closeTheirs() {
    guard isTheirsOpen else { return }
    isTheirsOpen = false
    if let output { close(output.writing) }
    if let input { close(input.reading) }
  }

  /// Ends the program's input.
  func closeInput() {
    guard isInputOpen, let input else { return }
    isInputOpen = false
    close(input.writing)
  }

  deinit {
    closeTheirs()
    closeInput()
    if let output { close(output.reading) }
  }
}
