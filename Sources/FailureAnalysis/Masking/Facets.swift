/// What of a failure's noise matters to people who test models, kept beside the signature that masks it.
package struct Facets: Sendable, Equatable {
  /// Element types named: `float32`, `bfloat16`, `int64`; in order of appearance.
  package var dtypes: [String] = []
  /// Devices named: `cuda`, `cpu`, `mps`; without their numbers.
  package var devices: [String] = []
  /// The ranks of the shapes named, ascending: 2 for `(3, 4)`.
  package var ranks: [Int] = []
  /// Whether NaN is named.
  package var hasNaN = false
  /// Whether infinity is named.
  package var hasInfinity = false
  /// Whether memory ran out.
  package var isOutOfMemory = false
  /// Whether time ran out.
  package var isTimeout = false
  /// The exit status or signal that is named.
  package var exitStatus: Int?

  /// The facets of a failure's raw text, of its first 64 kB.
  package static func of(_ bytes: UnsafeRawBufferPointer) -> Facets {
    let bytes = UnsafeRawBufferPointer(rebasing: bytes[..<min(bytes.count, 1 << 16)])
    var facets = Facets()
    var scan = FacetScan(bytes: bytes)
    while let word = scan.next() { facets.add(word, scan) }
    facets.ranks = Set(facets.ranks).sorted()
    return facets
  }

  private mutating func add(_ word: String, _ scan: FacetScan) {
    if let rank = scan.rank { ranks.append(rank) }
    switch word {
    case "nan": hasNaN = true
    case "inf", "infinity", "-inf": hasInfinity = true
    case "timeout", "timeouterror", "timedout", "timeoutexpired": isTimeout = true
    case "timed" where scan.isFollowed(by: "out"): isTimeout = true
    case "outofmemoryerror", "memoryerror", "oom", "oomkilled", "cuda_error_out_of_memory": isOutOfMemory = true
    case "out" where scan.isFollowed(by: "of memory"): isOutOfMemory = true
    case "cuda", "cpu", "mps", "xpu", "tpu", "hip", "npu", "rocm": Self.insert(word, into: &devices)
    case "exitcode", "exit", "signal", "returncode": if exitStatus == nil { exitStatus = scan.numberAfter }
    default: if Self.isDtype(word) { Self.insert(word, into: &dtypes) }
    }
  }

  private static func insert(_ word: String, into list: inout [String]) {
    if !list.contains(word), list.count < 8 { list.append(word) }
  }

  private static func isDtype(_ word: String) -> Bool {
    guard let last = word.utf8.last, ByteClass.isDigit(last), word.utf8.count <= 13 else { return false }
    let stem = word.prefix { !$0.isNumber }
    return ["float", "int", "uint", "bfloat", "complex", "fp", "bf"].contains(stem)
  }
}

/// Words of a text in lower case, and what follows them.
private struct FacetScan {
  let bytes: UnsafeRawBufferPointer
  var position = 0
  var isShape = false

  init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  mutating func next() -> String? {
    while position < bytes.count, !ByteClass.isLetter(bytes[position]) { position += 1 }
    guard position < bytes.count else { return nil }
    let start = position
    while position < bytes.count, ByteClass.isWord(bytes[position]) { position += 1 }
    let length = position - start
    isShape =
      length <= 6
      && ["shape", "shapes", "size", "dims"].contains {
        ($0 as StaticString).equalsIgnoringCase(bytes, start..<position)
      }
    return length > 24 ? "" : String(decoding: bytes[start..<position], as: UTF8.self).lowercased()
  }

  func isFollowed(by text: String) -> Bool {
    let rest = bytes[position...].drop { $0 == 0x20 }
    return rest.prefix(text.utf8.count).elementsEqual(text.utf8)
  }

  /// The number after the word, past words like `status` and `code`.
  var numberAfter: Int? {
    let rest = bytes[position...].prefix(24)
    guard let first = rest.firstIndex(where: ByteClass.isDigit), !rest[..<first].contains(0x0A) else { return nil }
    return rest[first...].prefix { ByteClass.isDigit($0) }.prefix(4).reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  /// The rank of the shape after the word.
  var rank: Int? {
    guard isShape else { return nil }
    let rest = bytes[position...].drop { $0 == 0x20 || $0 == 0x3A || $0 == 0x3D }.prefix(80)
    guard let opening = rest.first, opening == 0x28 || opening == 0x5B else { return nil }
    let inside = rest.drop { $0 == 0x28 || $0 == 0x5B }
    guard let end = inside.firstIndex(where: { $0 == 0x29 || $0 == 0x5D }) else { return nil }
    return inside[..<end].split(separator: 0x2C).filter { $0.contains(where: ByteClass.isDigit) }.count
  }
}
