internal import TriageModel

/// Writes events one behind the other as bytes: what happened, the element's number, how much follows; then that.
final class XMLEventRecorder: XMLEvents {
  private enum Kind: UInt8 {
    case start, text, end
  }

  private static let batchSize = 1 << 18
  /// The bytes of one attribute that are carried: more than are kept, so that whoever keeps them sees that it is cut.
  private static let longest = TextStore.longestText + 1
  /// The most memory of a batch that is used again: one element may have had a thousand long attributes.
  static let largestSpare = batchSize * 8
  private let queue: XMLEventQueue
  /// The events that were not handed over yet.
  private(set) var rest: [UInt8] = []
  private var isWanted = true

  init(_ queue: XMLEventQueue) {
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
    append(.start, word, attributes.count)
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
    append(.text, 0, bytes.count)
    rest.append(contentsOf: bytes)
    if rest.count > Self.batchSize { handOver(nil) }
  }

  func end(_ word: UInt8) {
    append(.end, word, 0)
  }

  private static func kept(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: bytes.prefix(longest))
  }

  private func append(_ kind: Kind, _ word: UInt8, _ count: Int) {
    append(UInt64(kind.rawValue) | UInt64(word) << 8 | UInt64(count) << 16)
  }

  private func append(_ number: UInt64) {
    withUnsafeBytes(of: number) { rest.append(contentsOf: $0) }
  }

  private func handOver(_ bytesRead: Int?) {
    isWanted = queue.put(&rest, bytesRead) && isWanted
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
        let count = Int(head >> 16)
        switch Kind(rawValue: UInt8(truncatingIfNeeded: head)) {
        case .start:
          for index in 0..<count {
            let name = number()
            let value = Int(number())
            attributes.initializeElement(
              at: index,
              to: XMLAttribute(
                word: UInt8(truncatingIfNeeded: name), name: piece(Int(name >> 8)), value: piece(value)))
          }
          events.start(word, UnsafeBufferPointer(rebasing: attributes[..<count]))
        case .text: events.text(piece(count))
        case .end: events.end(word)
        case nil: return
        }
      }
    }
  }
}
