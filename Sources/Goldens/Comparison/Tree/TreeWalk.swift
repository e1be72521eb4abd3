internal import TriageModel

/// Walks two trees side by side and keeps a row for every change and the branches that lead to it.
///
/// What is the same bytes is skipped whole. The depth is bounded by the readers, so recursion is safe.
struct TreeWalk {
  /// Where a pair stands.
  struct Place {
    /// The entry that it lies in.
    var parent: Int32
    var depth: UInt16
    /// The places in the array of each side; -1 in an object.
    var expected: Int32 = -1
    var actual: Int32 = -1
    /// Whether it stands elsewhere on the actual side.
    var isMoved = false
  }

  let expected: TreeView
  let actual: TreeView
  let options: ComparisonOptions
  /// Which values rules set aside by their path; empty where none does.
  let marks: (expected: [UInt8], actual: [UInt8])
  private let masks: TextMasks
  var entries: [TreeEntry] = []
  var found = TreeFindings()
  /// Values that are alike since the last row, not yet folded into one.
  private var alike = 0
  /// Steps left for alignments.
  var steps: Int

  init(
    _ expected: TreeView, _ actual: TreeView, _ options: ComparisonOptions,
    _ marks: (expected: [UInt8], actual: [UInt8])
  ) {
    self.marks = marks
    masks = TextMasks(options.ignore)
    self.expected = expected
    self.actual = actual
    self.options = options
    steps = options.limits.alignmentSteps
  }

  /// Compares two values; true when rows came of it.
  mutating func compare(_ left: Int, _ right: Int, _ place: Place) -> Bool {
    let kinds = (expected.kind(left), actual.kind(right))
    switch kinds {
    case (.object, .object), (.array, .array): return branch(left, right, place, isObject: kinds.0 == .object)
    case (.number, .number): return number(left, right, place)
    case (.string, .string), (.literal, .literal): return word(left, right, place)
    default:
      mixed(left, right, place)
      return true
    }
  }

  /// Compares two children of values that are compared, folding what is alike.
  mutating func pair(_ left: Int, _ right: Int, _ place: Place) {
    if !place.isMoved, ByteRuns.areEqual(expected.text(left), actual.text(right)) {
      alike += 1
      return
    }
    if !place.isMoved, let rule = rule(left, right) {
      fold(place)
      found.setAside[rule, default: 0] += 1
      append(left, right, place, .tolerated)
      return
    }
    let mark = entries.count
    let before = alike
    fold(place)
    if place.isMoved { found.moved += 1 }
    if compare(left, right, place) { return }
    if place.isMoved {
      append(left, right, place, .movedHere)
      return
    }
    entries.removeLast(entries.count - mark)
    alike = before + 1
  }

  /// A value of one side only.
  mutating func lone(_ node: Int, isExpected: Bool, _ place: Place) {
    fold(place)
    let marks = isExpected ? marks.expected : marks.actual
    if node < marks.count, marks[node] > 0 {
      found.setAside[Int(marks[node]) - 1, default: 0] += 1
    } else {
      if isExpected { found.removed += 1 } else { found.added += 1 }
      found.countOther()
    }
    append(isExpected ? node : -1, isExpected ? -1 : node, place, isExpected ? .removed : .added)
  }

  /// The rule that sets the difference of two values aside, by their path or by what they say.
  private func rule(_ left: Int, _ right: Int) -> Int? {
    if left < marks.expected.count, marks.expected[left] > 0 { return Int(marks.expected[left]) - 1 }
    if right < marks.actual.count, marks.actual[right] > 0 { return Int(marks.actual[right]) - 1 }
    if masks.isEmpty || expected.nodes[left].isContainer || actual.nodes[right].isContainer { return nil }
    return masks.rule(expected.text(left), actual.text(right))
  }

  /// Counts values that are alike without looking at them again.
  mutating func skip(_ count: Int) { alike += count }

  /// Puts what is alike since the last row into one.
  mutating func fold(_ place: Place) {
    guard alike > 0 else { return }
    var entry = TreeEntry(parent: place.parent, depth: place.depth, kind: .equal)
    entry.folded = UInt32(clamping: alike)
    entries.append(entry)
    alike = 0
  }

  mutating func append(_ left: Int, _ right: Int, _ place: Place, _ kind: AlignedRun.Kind) {
    var entry = TreeEntry(parent: place.parent, depth: place.depth, kind: kind)
    entry.expected = Int32(truncatingIfNeeded: left)
    entry.actual = Int32(truncatingIfNeeded: right)
    entry.expectedPosition = place.expected
    entry.actualPosition = place.actual
    entry.isMoved = place.isMoved
    entries.append(entry)
  }

  private mutating func branch(_ left: Int, _ right: Int, _ place: Place, isObject: Bool) -> Bool {
    let mark = entries.count
    append(left, right, place, .changed)
    entries[mark].isBranch = true
    let outer = alike
    alike = 0
    let inside = Place(parent: Int32(truncatingIfNeeded: mark), depth: place.depth &+ 1)
    if isObject { members(left, right, inside) } else { elements(left, right, inside) }
    let hasRows = entries.count > mark + 1
    if hasRows { fold(inside) } else { entries.removeLast() }
    alike = outer
    return hasRows
  }
}

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
        if !seen.insert(ByteHash.of(view.key(child))).inserted { twice = child }
        child = view.next(child)
      }
    }
    guard let twice else { return }
    found.remark("An object has the key \"\(String(decoding: view.key(twice).prefix(60), as: UTF8.self))\" twice.")
  }
}
