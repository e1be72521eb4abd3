extension TreeWalk {
  /// The members of two objects by key. Keys in another order are the same object; a key that stands twice is compared
  /// with its counterpart of the same turn.
  mutating func members(_ left: Int, _ right: Int, _ place: Place) {
    noteDuplicates(expected, left)
    noteDuplicates(actual, right)
    var (child, other) = (left + 1, right + 1)
    let (end, otherEnd) = (expected.next(left), actual.next(right))
    while child < end, other < otherEnd, ByteRuns.areEqual(expected.key(child), actual.key(other)) {
      pair(child, other, place)
      child = expected.next(child)
      other = actual.next(other)
    }
    if child < end || other < otherEnd { scattered(child..<end, other..<otherEnd, place) }
  }

  /// Members behind the first key that differs.
  private mutating func scattered(_ left: Range<Int>, _ right: Range<Int>, _ place: Place) {
    var waiting: [[UInt8]: [Int]] = [:]
    var other = right.lowerBound
    while other < right.upperBound {
      waiting[Self.name(actual.key(other)), default: []].append(other)
      other = actual.next(other)
    }
    var taken: Set<Int> = []
    var last = -1
    var isReordered = false
    var child = left.lowerBound
    while child < left.upperBound {
      let name = Self.name(expected.key(child))
      if let partner = waiting[name]?.first {
        waiting[name]?.removeFirst()
        taken.insert(partner)
        if partner < last { isReordered = true }
        last = max(last, partner)
        pair(child, partner, place)
      } else {
        lone(child, isExpected: true, place)
      }
      child = expected.next(child)
    }
    if isReordered { found.reordered += 1 }
    other = right.lowerBound
    while other < right.upperBound {
      if !taken.contains(other) { lone(other, isExpected: false, place) }
      other = actual.next(other)
    }
  }

  /// A key without its escapes.
  static func name(_ key: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    guard key.contains(0x5C) else { return Array(key) }
    let quoted = [0x22] + key + [0x22]
    return quoted.withUnsafeBufferPointer { Array(decoded($0).dropFirst().dropLast()) }
  }

  /// Says which keys stand twice in an object.
  private mutating func noteDuplicates(_ view: TreeView, _ node: Int) {
    let count = Int(view.nodes[node].count)
    if count < 2 { return }
    var twice: Int?
    if count <= 16 {
      var child = node + 1
      let end = view.next(node)
      while child < end, twice == nil {
        var other = view.next(child)
        while other < end {
          if ByteRuns.areEqual(view.key(child), view.key(other)) { twice = child }
          other = view.next(other)
        }
        child = view.next(child)
      }
    } else {
      var seen: Set<UInt64> = []
      var child = node + 1
      while child < view.next(node) {
        if !seen.insert(ByteRuns.hash(view.key(child))).inserted { twice = child }
        child = view.next(child)
      }
    }
    guard let twice else { return }
    found.remark("An object has the key \"\(String(decoding: view.key(twice).prefix(60), as: UTF8.self))\" twice.")
  }
}
