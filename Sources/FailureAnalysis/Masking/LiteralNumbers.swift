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
