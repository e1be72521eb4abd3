package import TriageModel

/// Where the beginning of a report tells of times and tests, as the texts that stand before the values.
package struct ReportMarks: Sendable {
  /// Keys of times: ISO 8601, or seconds or milliseconds since 1970 (`timestamp=`, `"start"`).
  let times: [StaticString]
  /// Keys of what tests are called (`"nodeid"`).
  let tests: [StaticString]
  /// Tags of tests, and the attributes that name one.
  let tags: [(start: StaticString, names: [StaticString])]

  init(times: [StaticString] = [], tests: [StaticString] = [], tags: [(StaticString, [StaticString])] = []) {
    self.times = times
    self.tests = tests
    self.tags = tags.map { (start: $0.0, names: $0.1) }
  }
}

/// What the beginning of a report tells without reading it: when its tests began, and which they are.
package struct ReportPeek: Sendable {
  /// The times that are stated, without those of tools that know none.
  package private(set) var times: [Timestamp] = []
  /// The first tests, as hashes of what they are called.
  package private(set) var tests: Set<UInt64> = []

  private static let most = 200

  /// Looks into the first bytes of a report.
  package init(_ head: [UInt8], _ format: any ReportFormat.Type) {
    let marks = format.marks
    head.withUnsafeBytes { head in
      for key in marks.times {
        Self.forEach(key, in: head) { rest in
          if let time = Self.time(Self.value(rest)) { times.append(time) }
        }
      }
      for key in marks.tests { Self.forEach(key, in: head) { tests.insert(Self.hash(Self.value($0))) } }
      for tag in marks.tags {
        Self.forEach(tag.start, in: head) { rest in
          guard let end = XMLBytes.first(0x3E, in: rest) else { return }
          add(UnsafeRawBufferPointer(rebasing: rest[..<end]), tag.names)
        }
      }
    }
  }

  /// A test by the attributes that name it, wherever these stand in the tag.
  private mutating func add(_ tag: UnsafeRawBufferPointer, _ names: [StaticString]) {
    var hash: UInt64 = 0
    for name in names {
      guard let place = XMLBytes.range(of: name, in: tag) else { continue }
      let rest = UnsafeRawBufferPointer(rebasing: tag[(place + name.utf8CodeUnitCount)...])
      hash = hash &* 31 &+ Self.hash(Self.value(rest))
    }
    tests.insert(hash)
  }

  private static func time(_ text: UnsafeRawBufferPointer) -> Timestamp? {
    let text = String(decoding: text.prefix(40), as: UTF8.self)
    guard let number = Double(text) else { return Timestamp(iso8601: text).flatMap { $0.isTrusted ? $0 : nil } }
    let time = Timestamp(seconds: number > 1e11 ? number / 1000 : number)
    return time.flatMap { $0.isTrusted ? $0 : nil }
  }

  /// FNV-1a: the same for the same name in every process.
  private static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  /// The value behind a key: what stands in quotes, or a bare number.
  private static func value(_ rest: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    var start = 0
    while start < rest.count, " \t\r\n:=".utf8.contains(rest[start]) { start += 1 }
    let isQuoted = start < rest.count && rest[start] == 0x22
    if isQuoted { start += 1 }
    var end = start
    while end < rest.count, isQuoted ? rest[end] != 0x22 : !",}]> \n".utf8.contains(rest[end]) { end += 1 }
    return UnsafeRawBufferPointer(rebasing: rest[start..<end])
  }

  /// Calls `body` with what follows each occurrence of a text.
  private static func forEach(
    _ text: StaticString, in bytes: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Void
  ) {
    var start = 0
    for _ in 0..<most {
      guard let place = XMLBytes.range(of: text, in: UnsafeRawBufferPointer(rebasing: bytes[start...])) else { return }
      start += place + text.utf8CodeUnitCount
      body(UnsafeRawBufferPointer(rebasing: bytes[start...]))
    }
  }
}
