/// Masks the noise of a failure's text: what differs between two tellings of the same failure becomes a placeholder.
///
/// The rules are Kubernetes triage's and LUCI's, as byte scanners, with what ML tests add. Each literal of a kind has a
/// number, the same literal the same one. HTTP-like and exit codes stay, because 404 is another failure than 503, and
/// so do names with digits in them (`float32`, `resnet50`). Masking a masked text changes nothing. Terminal sequences go.
///
/// A masker keeps its scratch memory between texts; make one for each thread.
package struct Masker {
  /// The masked bytes of the last text.
  package private(set) var masked: [UInt8] = []
  /// Whether noise stays, so that a text reads as it was written.
  var keepsNoise = false
  private var literals = LiteralNumbers()

  /// A masker.
  package init() {}

  /// Masks some text; the result is in `masked`.
  package mutating func mask(_ bytes: UnsafeRawBufferPointer) {
    begin()
    append(bytes)
  }

  /// Forgets the text before.
  mutating func begin() {
    masked.removeAll(keepingCapacity: true)
    literals.reset()
  }

  /// Masks more of the same text: its literals keep their numbers.
  mutating func append(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.contains(0x1B) else { return appendPlain(bytes) }
    // Before the masks, which look at what stands beside: a coloured path is a path.
    var plain: [UInt8] = []
    plain.reserveCapacity(bytes.count)
    var place = 0
    while place < bytes.count {
      if bytes[place] == 0x1B {
        place = NoiseScanner.controlEnd(bytes, place)
      } else {
        plain.append(bytes[place])
        place += 1
      }
    }
    plain.withUnsafeBytes { appendPlain($0) }
  }

  private mutating func appendPlain(_ bytes: UnsafeRawBufferPointer) {
    if keepsNoise { return append(bytes, 0..<bytes.count) }
    var scanner = NoiseScanner(bytes)
    var copied = 0
    while let noise = scanner.next() {
      append(bytes, copied..<noise.range.lowerBound)
      let start = noise.range.lowerBound
      append(
        noise.kind, UnsafeRawBufferPointer(rebasing: bytes[noise.range]),
        isPlace: start > 0 && bytes[start - 1] == 0x3A)
      copied = noise.range.upperBound
    }
    append(bytes, copied..<bytes.count)
  }

  /// Adds a byte that is no noise.
  mutating func append(_ byte: UInt8) { masked.append(byte) }

  private mutating func append(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) {
    if !range.isEmpty { masked.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[range])) }
  }

  /// Adds what stands for a literal; `isPlace` for what stands right behind a colon, as the number of a line does.
  private mutating func append(_ kind: Placeholder, _ literal: UnsafeRawBufferPointer, isPlace: Bool) {
    masked.append(0x3C)
    masked.append(contentsOf: UnsafeBufferPointer(start: kind.name.utf8Start, count: kind.name.utf8CodeUnitCount))
    // That two short numbers are equal, or a line's and another, is chance, and would tear one failure into many keys.
    if kind.isNumbered, kind != .number || literal.count > 2 && !isPlace {
      append(number: literals.number(of: literal, kind: kind.rawValue))
    }
    masked.append(0x3E)
  }

  private mutating func append(number: Int) {
    if number >= 10 { append(number: number / 10) }
    masked.append(UInt8(0x30 + number % 10))
  }
}

/// Reads masked texts: where their placeholders stand.
package enum MaskedText {
  /// The placeholders of a masked text, as ranges of its bytes, ascending.
  package static func placeholders(in text: [UInt8]) -> [Range<Int>] {
    text.withUnsafeBytes { bytes in
      var found: [Range<Int>] = []
      var place = 0
      while place < bytes.count {
        if bytes[place] == 0x3C, let length = Placeholder.length(in: bytes, at: place) {
          found.append(place..<place + length)
          place += length
        } else {
          place += 1
        }
      }
      return found
    }
  }
}

/// The numbers that the literals of one text were given, in order of first appearance and for each placeholder apart.
///
/// An open hash table that is emptied by a new generation, because a text has ten literals and a night 100,000 texts.
struct LiteralNumbers {
  private static let size = 1 << 11
  /// Literals beyond this share the last number: a text of thousands of numbers is a table, and its key may be coarse.
  private static let most = 1 << 10

  private var hashes = [UInt64](repeating: 0, count: size)
  private var numbers = [UInt16](repeating: 0, count: size)
  private var generations = [UInt32](repeating: 0, count: size)
  private var generation: UInt32 = 0
  private var counts = [UInt16](repeating: 0, count: Placeholder.allCases.count)
  private var total = 0

  /// Forgets the literals of the text before.
  mutating func reset() {
    generation &+= 1
    if generation == 0 {
      for place in generations.indices { generations[place] = 0 }
      generation = 1
    }
    for place in counts.indices { counts[place] = 0 }
    total = 0
  }

  /// The number of a literal, from 1.
  mutating func number(of literal: UnsafeRawBufferPointer, kind: Int) -> Int {
    let hash = Self.hash(literal, kind)
    var place = Int(truncatingIfNeeded: hash) & (Self.size - 1)
    while generations[place] == generation {
      if hashes[place] == hash { return Int(numbers[place]) }
      place = (place + 1) & (Self.size - 1)
    }
    if total == Self.most { return Int(counts[kind]) + 1 }
    total += 1
    counts[kind] += 1
    generations[place] = generation
    hashes[place] = hash
    numbers[place] = counts[kind]
    return Int(counts[kind])
  }

  private static func hash(_ literal: UnsafeRawBufferPointer, _ kind: Int) -> UInt64 {
    var hash = StableHash()
    hash.add(UInt64(kind))
    hash.add(literal)
    return hash.value
  }
}
