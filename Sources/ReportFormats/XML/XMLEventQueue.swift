internal import Dispatch
internal import Synchronization

/// Carries a document's events from the thread that parses it to the one that keeps what they tell of, in order.
///
/// Events go over in batches of bytes, a few of which are under way at a time; who is ahead waits.
final class XMLEventQueue: Sendable {
  /// Some events, as `XMLEventRecorder` writes them.
  private struct Batch {
    var events: [UInt8]
    /// How many bytes of the document were read, where somebody is to be told.
    var bytesRead: Int?
    /// How the reading ended; nil while it goes on.
    var end: XMLSession.StrictEnd?
  }

  private struct State {
    var waiting: [Batch] = []
    /// Memory of batches that were told, to be used again.
    var spare: [[UInt8]] = []
    var isStopped = false
  }

  private static let most = 4
  private let state = Mutex(State())
  private let filled = DispatchSemaphore(value: 0)
  private let room = DispatchSemaphore(value: 0)

  /// An empty queue.
  init() {
    // A semaphore may not end with less than it began with.
    for _ in 0..<Self.most { room.signal() }
  }

  /// Runs `parse` on a thread of its own and tells `events` what it records there.
  ///
  /// - Parameters:
  ///   - progress: What `input.progress` is to a report; false stops the parsing too.
  /// - Returns: What `parse` returned, once its thread is done with the document; `.stopped` when that was asked for.
  static func tell(
    _ events: any XMLEvents, progress: (Int) -> Bool,
    parsing parse: @escaping @Sendable (XMLEventRecorder) -> XMLSession.StrictEnd
  ) -> XMLSession.StrictEnd {
    let queue = XMLEventQueue()
    DispatchQueue(label: "assay.xml").async {
      let recorder = XMLEventRecorder(queue)
      let end = parse(recorder)
      queue.finish(recorder.rest, end)
    }
    return queue.tell(events, progress)
  }

  private func tell(_ events: any XMLEvents, _ progress: (Int) -> Bool) -> XMLSession.StrictEnd {
    var isStopped = false
    while true {
      let batch = take()
      if !isStopped {
        XMLEventRecorder.tell(batch.events, to: events)
        isStopped = batch.bytesRead.map { !progress($0) } ?? false
        if isStopped { state.withLock { $0.isStopped = true } }
      }
      if let end = batch.end { return isStopped ? .stopped : end }
      if batch.events.capacity <= XMLEventRecorder.largestSpare { state.withLock { $0.spare.append(batch.events) } }
    }
  }

  /// Hands over some events and returns memory for the next ones; false once nobody wants more.
  func put(_ events: inout [UInt8], _ bytesRead: Int?) -> Bool {
    room.wait()
    let batch = Batch(events: events, bytesRead: bytesRead)
    let spare = state.withLock { state -> [UInt8] in
      state.waiting.append(batch)
      return state.spare.popLast() ?? []
    }
    events = spare
    filled.signal()
    return !state.withLock { $0.isStopped }
  }

  private func finish(_ events: [UInt8], _ end: XMLSession.StrictEnd) {
    state.withLock { $0.waiting.append(Batch(events: events, end: end)) }
    filled.signal()
  }

  private func take() -> Batch {
    filled.wait()
    let batch = state.withLock { $0.waiting.removeFirst() }
    room.signal()
    return batch
  }
}
