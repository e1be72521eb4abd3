internal import Dispatch
internal import Synchronization
internal import TriageModel

/// Carries a document's events from the thread that parses it to the one that keeps what they tell of, in order.
///
/// A large report takes a third less time so: libxml2's work and the reader's are of one size. Events go over in batches
/// of bytes, a few of which are under way at a time; who is ahead waits.
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
      state.withLock { $0.spare.append(batch.events) }
    }
  }

  /// Hands over some events and returns memory for the next ones; false once nobody wants more.
  fileprivate func put(_ events: inout [UInt8], _ bytesRead: Int?) -> Bool {
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

/// Writes events one behind the other as bytes: what happened, the element's number, how much follows; then that.
final class XMLEventRecorder: XMLEvents {
  private enum Kind {
    static let start: UInt64 = 0
    static let text: UInt64 = 1
    static let end: UInt64 = 2
  }

  private static let batchSize = 1 << 18
  /// The bytes of one attribute that are carried: more than are kept, so that whoever keeps them sees that it is cut.
  private static let longest = TextStore.longestText + 1
  private let queue: XMLEventQueue
  /// The events that were not handed over yet.
  private(set) var rest: [UInt8] = []
  private var isWanted = true

  fileprivate init(_ queue: XMLEventQueue) {
    self.queue = queue
  }

  /// Notes that so many bytes of the document were read; false once nobody wants more.
  func note(bytesRead: Int) -> Bool {
    handOver(bytesRead)
    return isWanted
  }

  /// Only whoever mends asks, and documents are not mended here.
  var isCollectingText: Bool { false }

  func start(_ word: UInt8, _ attributes: UnsafeBufferPointer<XMLAttribute>) {
    append(Kind.start | UInt64(word) << 8 | UInt64(attributes.count) << 32)
    for attribute in attributes {
      let (name, value) = (Self.kept(attribute.name), Self.kept(attribute.value))
      append(UInt64(attribute.word) | UInt64(name.count) << 8)
      append(UInt64(value.count))
      rest.append(contentsOf: name)
      rest.append(contentsOf: value)
    }
    if rest.count > Self.batchSize { handOver(nil) }
  }

  func text(_ bytes: UnsafeRawBufferPointer) {
    append(Kind.text | UInt64(bytes.count) << 32)
    rest.append(contentsOf: bytes)
    if rest.count > Self.batchSize { handOver(nil) }
  }

  func end(_ word: UInt8) {
    append(Kind.end | UInt64(word) << 8)
  }

  private static func kept(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: bytes.prefix(longest))
  }

  private func append(_ number: UInt64) {
    withUnsafeBytes(of: number) { rest.append(contentsOf: $0) }
  }

  private func handOver(_ bytesRead: Int?) {
    isWanted = queue.put(&rest, bytesRead) && isWanted
    // One element may have had a thousand long attributes.
    if rest.capacity > Self.batchSize * 8 { rest = [] }
    rest.removeAll(keepingCapacity: true)
    rest.reserveCapacity(Self.batchSize * 2)
  }

  /// Tells `events` what was written.
  static func tell(_ batch: [UInt8], to events: any XMLEvents) {
    let attributes = UnsafeMutableBufferPointer<XMLAttribute>.allocate(capacity: XMLLimits.attributes)
    defer { attributes.deallocate() }
    batch.withUnsafeBytes { bytes in
      var place = 0
      func number() -> UInt64 {
        defer { place += 8 }
        return bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)
      }
      func piece(_ count: Int) -> UnsafeRawBufferPointer {
        defer { place += count }
        return UnsafeRawBufferPointer(rebasing: bytes[place..<place + count])
      }
      while place < bytes.count {
        let head = number()
        let word = UInt8(truncatingIfNeeded: head >> 8)
        let count = Int(head >> 32)
        switch head & 0xFF {
        case Kind.start:
          for index in 0..<count {
            let name = number()
            let value = Int(number())
            attributes.initializeElement(
              at: index,
              to: XMLAttribute(
                word: UInt8(truncatingIfNeeded: name), name: piece(Int(name >> 8)), value: piece(value)))
          }
          events.start(word, UnsafeBufferPointer(rebasing: attributes[..<count]))
        case Kind.text: events.text(piece(count))
        default: events.end(word)
        }
      }
    }
  }
}
