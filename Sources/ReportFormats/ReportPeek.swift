package import TriageModel

/// What the beginning of a report tells without reading it: when its tests began, and which they are.
package struct ReportPeek: Sendable {
  /// The times that are stated, without those of tools that know none.
  package private(set) var times: [Timestamp] = []
  /// The first tests, as hashes of what they are called.
  package private(set) var tests: Set<UInt64> = []

  private static let most = 200

  /// Looks into the first bytes of a report of any format that is read.
  package init(_ head: [UInt8]) {
    head.withUnsafeBytes { head in
      for text in Self.all("timestamp=\"", in: head, upTo: 0x22) {
        if let time = Timestamp(iso8601: String(decoding: text, as: UTF8.self)) { add(time) }
      }
      for text in Self.all("\"created\": ", in: head, upTo: 0x2C) { add(seconds: text) }
      for text in Self.all("\"start\": ", in: head, upTo: 0x2C) { add(seconds: text) }
      for tag in Self.all("<testcase ", in: head, upTo: 0x3E) { add(tag: tag) }
      for id in Self.all("\"nodeid\": \"", in: head, upTo: 0x22) { tests.insert(Self.hash(id)) }
    }
  }

  private mutating func add(_ time: Timestamp) {
    if time.isTrusted { times.append(time) }
  }

  private mutating func add(seconds text: UnsafeRawBufferPointer) {
    if let seconds = Double(String(decoding: text, as: UTF8.self)), let time = Timestamp(seconds: seconds) { add(time) }
  }

  /// A `testcase` by its class and name, wherever these stand in the tag.
  private mutating func add(tag: UnsafeRawBufferPointer) {
    var hash: UInt64 = 0
    for key in [" name=\"", "classname=\""] as [StaticString] {
      // The blank before `name` may be the one that ends `<testcase `.
      guard let place = XMLBytes.range(of: key, in: tag) ?? (XMLBytes.starts(tag, with: "name=\"") ? -1 : nil) else {
        continue
      }
      let rest = UnsafeRawBufferPointer(rebasing: tag[(place + key.utf8CodeUnitCount)...])
      let end = XMLBytes.first(0x22, in: rest) ?? rest.count
      hash = hash &* 31 &+ Self.hash(UnsafeRawBufferPointer(rebasing: rest[..<end]))
    }
    tests.insert(hash)
  }

  /// FNV-1a: the same for the same name in every process.
  private static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  /// What follows each occurrence of a text, up to a byte.
  private static func all(
    _ text: StaticString, in bytes: UnsafeRawBufferPointer, upTo end: UInt8
  ) -> [UnsafeRawBufferPointer] {
    var found: [UnsafeRawBufferPointer] = []
    var start = 0
    while found.count < most,
      let place = XMLBytes.range(of: text, in: UnsafeRawBufferPointer(rebasing: bytes[start...]))
    {
      start += place + text.utf8CodeUnitCount
      let rest = UnsafeRawBufferPointer(rebasing: bytes[start...])
      guard let length = XMLBytes.first(end, in: rest) else { break }
      found.append(UnsafeRawBufferPointer(rebasing: rest[..<length]))
    }
    return found
  }
}
