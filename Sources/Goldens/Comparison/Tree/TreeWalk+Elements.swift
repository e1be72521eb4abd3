extension TreeWalk {
  /// What becomes of the elements of two arrays, in the order of the rows.
  enum Step {
    case pair(Int, Int)
    case moved(Int, Int)
    case removed(Int)
    case added(Int)
  }

  /// The elements of two arrays: what is the same at both ends, then by key, else by hash.
  mutating func elements(_ left: Int, _ right: Int, _ place: Place) {
    let nodes = expected.children(left)
    let others = actual.children(right)
    var start = 0
    while start < min(nodes.count, others.count), areSame(nodes[start], others[start]) { start += 1 }
    var tail = 0
    while tail < min(nodes.count, others.count) - start,
      areSame(nodes[nodes.count - 1 - tail], others[others.count - 1 - tail])
    { tail += 1 }
    skip(start)
    for step in plan(nodes[start..<nodes.count - tail], others[start..<others.count - tail]) {
      take(step, nodes, others, place)
    }
    skip(tail)
  }

  private func areSame(_ left: Int32, _ right: Int32) -> Bool {
    ByteRuns.areEqual(expected.text(Int(left)), actual.text(Int(right)))
  }

  private mutating func take(_ step: Step, _ nodes: [Int32], _ others: [Int32], _ place: Place) {
    var place = place
    switch step {
    case .pair(let index, let other):
      (place.expected, place.actual) = (Int32(truncatingIfNeeded: index), Int32(truncatingIfNeeded: other))
      pair(Int(nodes[index]), Int(others[other]), place)
    case .moved(let index, let other):
      (place.expected, place.actual) = (Int32(truncatingIfNeeded: index), Int32(truncatingIfNeeded: other))
      place.isMoved = true
      pair(Int(nodes[index]), Int(others[other]), place)
    case .removed(let index):
      place.expected = Int32(truncatingIfNeeded: index)
      lone(Int(nodes[index]), isExpected: true, place)
    case .added(let other):
      place.actual = Int32(truncatingIfNeeded: other)
      lone(Int(others[other]), isExpected: false, place)
    }
  }

  private mutating func plan(_ nodes: ArraySlice<Int32>, _ others: ArraySlice<Int32>) -> [Step] {
    if nodes.isEmpty || others.isEmpty { return nodes.indices.map { .removed($0) } + others.indices.map { .added($0) } }
    if nodes.allSatisfy({ expected.kind(Int($0)) == .object }), others.allSatisfy({ actual.kind(Int($0)) == .object }),
      let steps = keyed(nodes, others)
    {
      return steps
    }
    return hashed(nodes, others)
  }
}

// MARK: - By key

extension TreeWalk {
  /// Names under which objects keep what tells them apart.
  private static let keyNames = [
    "id", "key", "name", "uuid", "_id", "ID", "nodeid", "node_id", "path", "test", "file", "title", "code", "sku",
  ]

  /// The steps by the first key whose values are there and different in all objects of both sides, and mostly shared.
  private func keyed(_ nodes: ArraySlice<Int32>, _ others: ArraySlice<Int32>) -> [Step]? {
    for name in options.keys + Self.keyNames {
      let bytes = Array(name.utf8)
      guard let left = identities(expected, nodes, bytes), let right = identities(actual, others, bytes) else {
        continue
      }
      var places: [UInt64: Int] = [:]
      places.reserveCapacity(right.count)
      for (offset, identity) in right.enumerated() { places[identity] = others.startIndex + offset }
      let partners = left.map { places[$0] ?? -1 }
      guard partners.count(where: { $0 >= 0 }) * 2 >= min(left.count, right.count) else { continue }
      return Self.steps(from: nodes.startIndex, partners, others.indices)
    }
    return nil
  }

  /// The hashed value of a member of each object; nil unless all have one, no two the same.
  private func identities(_ view: TreeView, _ nodes: ArraySlice<Int32>, _ name: [UInt8]) -> [UInt64]? {
    var seen: Set<UInt64> = []
    seen.reserveCapacity(nodes.count)
    var identities: [UInt64] = []
    identities.reserveCapacity(nodes.count)
    return name.withUnsafeBufferPointer { name in
      for node in nodes {
        guard let member = Self.member(view, Int(node), name), !view.nodes[member].isContainer else { return nil }
        let hash = ByteHash.of(view.text(member))
        guard seen.insert(hash).inserted else { return nil }
        identities.append(hash)
      }
      return identities
    }
  }

  private static func member(_ view: TreeView, _ node: Int, _ name: UnsafeBufferPointer<UInt8>) -> Int? {
    var child = node + 1
    let end = view.next(node)
    while child < end {
      if ByteRuns.areEqual(view.key(child), name) { return child }
      child = view.next(child)
    }
    return nil
  }

  /// Steps from partners: the longest run of partners in order stays, the others moved.
  private static func steps(from start: Int, _ partners: [Int], _ others: Range<Int>) -> [Step] {
    let partnered = partners.indices.filter { partners[$0] >= 0 }
    var kept = [Bool](repeating: false, count: partners.count)
    for place in LongestRise.indices(partnered.map { partners[$0] }) { kept[partnered[place]] = true }
    let matched = Set(partners)
    var steps: [Step] = []
    steps.reserveCapacity(partners.count)
    var next = others.lowerBound
    for (offset, partner) in partners.enumerated() {
      if partner < 0 {
        steps.append(.removed(start + offset))
      } else if kept[offset] {
        while next < partner {
          if !matched.contains(next) { steps.append(.added(next)) }
          next += 1
        }
        steps.append(.pair(start + offset, partner))
        next = max(next, partner + 1)
      } else {
        steps.append(.moved(start + offset, partner))
      }
    }
    while next < others.upperBound {
      if !matched.contains(next) { steps.append(.added(next)) }
      next += 1
    }
    return steps
  }
}

// MARK: - By hash

extension TreeWalk {
  /// The steps by what is the same; between that one for one, by the words where the numbers are too many or too few.
  private mutating func hashed(_ nodes: ArraySlice<Int32>, _ others: ArraySlice<Int32>) -> [Step] {
    let left = nodes.map { content(expected, Int($0), marks.expected) }
    let right = others.map { content(actual, Int($0), marks.actual) }
    let alignment = SequenceAlignment.matches(left, right, steps: &steps)
    if alignment.isLimited { found.isLimited = true }
    var steps: [Step] = []
    var edits = 0
    for gap in SequenceAlignment.gaps(alignment.partners, right.count) {
      edits += max(gap.left.count, gap.right.count)
      fill(gap, nodes, others, &steps)
      if let match = gap.match { steps.append(.pair(nodes.startIndex + match.0, others.startIndex + match.1)) }
    }
    if left.count == right.count, options.sourceMembers.isEmpty {
      let changed = left.indices.count { left[$0] != right[$0] }
      // Places count more than a few lucky matches: labels that flipped are no rows that came and went.
      if changed <= 2 * edits { return left.indices.map { .pair(nodes.startIndex + $0, others.startIndex + $0) } }
    }
    return steps
  }

  private mutating func fill(
    _ gap: SequenceAlignment.Gap, _ nodes: ArraySlice<Int32>, _ others: ArraySlice<Int32>, _ steps: inout [Step]
  ) {
    if gap.left.isEmpty || gap.right.isEmpty || (gap.left.count == gap.right.count && options.sourceMembers.isEmpty) {
      return Self.inTurn(gap, nodes.startIndex, others.startIndex, &steps)
    }
    let left = gap.left.map { skeleton(expected, Int(nodes[nodes.startIndex + $0])) }
    let right = gap.right.map { skeleton(actual, Int(others[others.startIndex + $0])) }
    let alignment = SequenceAlignment.matches(left, right, steps: &self.steps)
    for inner in SequenceAlignment.gaps(alignment.partners, right.count) {
      let (from, to) = (nodes.startIndex + gap.left.lowerBound, others.startIndex + gap.right.lowerBound)
      if options.sourceMembers.isEmpty {
        Self.inTurn(inner, from, to, &steps)
      } else {
        bySource(inner, nodes, others, (from, to), &steps)
      }
      if let match = inner.match { steps.append(.pair(from + match.0, to + match.1)) }
    }
  }

  private static func inTurn(
    _ gap: SequenceAlignment.Gap, _ start: Int, _ otherStart: Int, _ steps: inout [Step]
  ) {
    let common = min(gap.left.count, gap.right.count)
    for offset in 0..<common {
      steps.append(.pair(start + gap.left.lowerBound + offset, otherStart + gap.right.lowerBound + offset))
    }
    for index in gap.left.dropFirst(common) { steps.append(.removed(start + index)) }
    for index in gap.right.dropFirst(common) { steps.append(.added(otherStart + index)) }
  }

  /// Pairs objects by how much of their source is the same; what is unlike all others stands alone.
  private func bySource(
    _ gap: SequenceAlignment.Gap, _ nodes: ArraySlice<Int32>, _ others: ArraySlice<Int32>, _ starts: (Int, Int),
    _ steps: inout [Step]
  ) {
    let sources = gap.right.map { source(actual, Int(others[starts.1 + $0])) }
    var next = gap.right.lowerBound
    for index in gap.left {
      let own = source(expected, Int(nodes[starts.0 + index]))
      let candidates = next..<min(gap.right.upperBound, next + TextPairing.reach)
      let partner = candidates.first { other in
        guard let own, let source = sources[other - gap.right.lowerBound] else {
          return own == nil && sources[other - gap.right.lowerBound] == nil
        }
        return TextPairing.areAlike(expected.text(own), actual.text(source))
      }
      guard let partner else {
        steps.append(.removed(starts.0 + index))
        continue
      }
      steps += (next..<partner).map { .added(starts.1 + $0) }
      steps.append(.pair(starts.0 + index, starts.1 + partner))
      next = partner + 1
    }
    steps += (next..<gap.right.upperBound).map { .added(starts.1 + $0) }
  }

  /// The member that says what an object is; nil where there is none.
  private func source(_ view: TreeView, _ node: Int) -> Int? {
    guard !options.sourceMembers.isEmpty, view.kind(node) == .object else { return nil }
    for name in options.sourceMembers {
      let member = Array(name.utf8).withUnsafeBufferPointer { Self.member(view, node, $0) }
      if let member { return member }
    }
    return nil
  }

  /// A hash of a value without what rules set aside.
  private func content(_ view: TreeView, _ node: Int, _ marks: [UInt8]) -> UInt64 {
    if marks.isEmpty { return ByteHash.of(view.text(node)) }
    guard view.nodes[node].isContainer else { return ByteHash.of(view.text(node)) }
    var hash = UInt64(view.kind(node).rawValue)
    var index = node + 1
    while index < view.next(node) {
      if index < marks.count, marks[index] > 0 {
        index = view.next(index)
        continue
      }
      hash = ByteHash.mix(hash ^ UInt64(view.kind(index).rawValue))
      if view.nodes[index].keyEnd > 0 { hash = ByteHash.mix(hash ^ ByteHash.of(view.key(index))) }
      if !view.nodes[index].isContainer { hash = ByteHash.mix(hash ^ ByteHash.of(view.text(index))) }
      index += 1
    }
    return hash
  }

  /// A hash of a value's keys and words without its numbers; of a number, its first ten binary digits.
  private func skeleton(_ view: TreeView, _ node: Int) -> UInt64 {
    if let source = source(view, node) { return ByteHash.of(view.text(source)) }
    if view.kind(node) == .number {
      return UInt64((Float(TreeNumber.double(view.text(node))).bitPattern &+ 1 << 12) >> 13)
    }
    var hash = UInt64(view.kind(node).rawValue)
    for index in node..<max(node + 1, view.next(node)) {
      hash = ByteHash.mix(hash ^ UInt64(view.kind(index).rawValue))
      if view.nodes[index].keyEnd > 0 { hash = ByteHash.mix(hash ^ ByteHash.of(view.key(index))) }
      switch view.kind(index) {
      case .string, .literal: hash = ByteHash.mix(hash ^ ByteHash.of(view.text(index)))
      case .object, .array, .number: continue
      }
    }
    return hash
  }
}
