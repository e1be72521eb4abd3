internal import DataSyntax
internal import TriageModel

/// A JSON or YAML document as a flat array of nodes over its bytes, in reading order: no node is an object of its own.
struct TreeDocument: Sendable {
  /// What a node is.
  enum Kind: UInt8, Sendable {
    case object
    case array
    case string
    case number
    /// `true`, `false`, `null`.
    case literal
  }

  /// One value. Its children follow it; `next` is the node behind the last of them.
  struct Node: Sendable {
    /// Where its text begins and ends in `bytes`.
    var start: UInt32
    var end: UInt32 = 0
    /// The key that leads to it, as written between the quotes; `keyEnd` is 0 where there is none.
    var keyStart: UInt32 = 0
    var keyEnd: UInt32 = 0
    var next: UInt32 = 0
    /// Children.
    var count: UInt32 = 0
    var kind: Kind

    var isContainer: Bool { kind == .object || kind == .array }
  }

  /// What nodes point into.
  var bytes: [UInt8]
  var nodes: [Node] = []
  /// The node of the whole document.
  var root = 0
  /// Whether the root stands for a value a line.
  var isLines = false
  /// Values that have no values inside.
  var leaves = 0
}

/// A document while it is compared: pointers, so that nothing is counted or checked twice in the inner loops.
struct TreeView {
  let bytes: UnsafeBufferPointer<UInt8>
  let nodes: UnsafeBufferPointer<TreeDocument.Node>

  /// The text of a value as written.
  func text(_ node: Int) -> UnsafeBufferPointer<UInt8> {
    let start = Int(nodes[node].start)
    return UnsafeBufferPointer(rebasing: bytes[start..<max(start, Int(nodes[node].end))])
  }

  /// The key as written between its quotes.
  func key(_ node: Int) -> UnsafeBufferPointer<UInt8> {
    let start = Int(nodes[node].keyStart)
    return UnsafeBufferPointer(rebasing: bytes[start..<max(start, Int(nodes[node].keyEnd))])
  }

  func kind(_ node: Int) -> TreeDocument.Kind { nodes[node].kind }

  /// The node behind this one and all inside it.
  func next(_ node: Int) -> Int { Int(nodes[node].next) }

  /// The children of an object or array.
  func children(_ node: Int) -> [Int32] {
    var children: [Int32] = []
    children.reserveCapacity(Int(nodes[node].count))
    var child = node + 1
    let end = next(node)
    while child < end {
      children.append(Int32(truncatingIfNeeded: child))
      child = next(child)
    }
    return children
  }
}

extension TreeDocument {
  /// Runs with pointers to two documents.
  static func withViews<Result>(
    _ left: TreeDocument, _ right: TreeDocument, _ body: (TreeView, TreeView) -> Result
  ) -> Result {
    left.withView { leftView in right.withView { rightView in body(leftView, rightView) } }
  }

  /// Runs with pointers to the document.
  func withView<Result>(_ body: (TreeView) -> Result) -> Result {
    bytes.withUnsafeBufferPointer { bytes in
      nodes.withUnsafeBufferPointer { nodes in body(TreeView(bytes: bytes, nodes: nodes)) }
    }
  }
}

/// One row of a tree comparison, in handles: what it shows is worked out when it is shown.
struct TreeEntry: Sendable {
  /// The node of each side; -1 where there is none.
  var expected: Int32 = -1
  var actual: Int32 = -1
  /// The entry that it lies in; -1 for the root.
  var parent: Int32
  /// The places in the array of each side; -1 in an object.
  var expectedPosition: Int32 = -1
  var actualPosition: Int32 = -1
  /// How many values that are alike it stands for.
  var folded: UInt32 = 0
  var depth: UInt16
  var kind: AlignedRun.Kind
  var isBranch = false
  /// Whether it stands elsewhere among the actual side's elements.
  var isMoved = false
}

/// The rows of two compared trees.
struct TreeEntries: TreeSource {
  let expected: TreeDocument
  let actual: TreeDocument
  let entries: [TreeEntry]
  /// How much of a value one row shows.
  static let shownBytes = 4_000

  var count: Int { entries.count }

  func row(at index: Int) -> TreeComparison.Row {
    let entry = entries[index]
    guard entry.folded == 0 else {
      return TreeComparison.Row(
        depth: Int(entry.depth), label: "", expected: nil, actual: nil, kind: .equal, folded: Int(entry.folded))
    }
    return TreeComparison.Row(
      depth: Int(entry.depth), label: label(entry), expected: Self.shown(entry.expected, in: expected),
      actual: Self.shown(entry.actual, in: actual), kind: entry.kind, isBranch: entry.isBranch)
  }

  func path(at index: Int) -> String { path(at: index, wildcards: false) }

  /// The path; `[*]` for every index where only the pattern is meant.
  func path(at index: Int, wildcards: Bool) -> String {
    var parts: [String] = []
    var next = index
    while next >= 0, entries[next].parent >= 0 {
      let entry = entries[next]
      if entry.folded == 0 { parts.append(step(entry, wildcards: wildcards)) }
      next = Int(entry.parent)
    }
    return "$" + parts.reversed().joined()
  }

  private func label(_ entry: TreeEntry) -> String {
    if entry.parent < 0 { return "" }
    if let key = key(entry) { return key }
    let (from, to) = (entry.expectedPosition, entry.actualPosition)
    if from < 0 || to < 0 || from == to { return "[\(max(from, to))]" }
    return "[\(from) → \(to)]"
  }

  private func step(_ entry: TreeEntry, wildcards: Bool) -> String {
    guard let key = key(entry) else {
      if wildcards { return "[*]" }
      return "[\(entry.expectedPosition >= 0 ? entry.expectedPosition : entry.actualPosition)]"
    }
    let isPlain = !key.isEmpty && key.utf8.allSatisfy { $0 > 0x20 && !Self.separators.contains($0) }
    return isPlain ? "." + key : "[\"\(key)\"]"
  }

  private static let separators = Set(".[]\"'".utf8)

  private func key(_ entry: TreeEntry) -> String? {
    let (document, node) =
      entry.expected >= 0 ? (expected, Int(entry.expected)) : (actual, Int(max(0, entry.actual)))
    guard document.nodes.indices.contains(node) else { return nil }
    let (start, end) = (Int(document.nodes[node].keyStart), Int(document.nodes[node].keyEnd))
    guard end > 0, start <= end else { return nil }
    return String(decoding: document.bytes[start..<min(end, start + shownKey)], as: UTF8.self)
  }

  private var shownKey: Int { 200 }

  private static func shown(_ index: Int32, in document: TreeDocument) -> String? {
    guard index >= 0 else { return nil }
    let node = document.nodes[Int(index)]
    switch node.kind {
    case .object: return "{…} \(CountText.of(Int(node.count), "key"))"
    case .array: return "[…] \(CountText.of(Int(node.count), "value"))"
    case .string, .number, .literal:
      let (start, end) = (Int(node.start), Int(node.end))
      guard end - start > shownBytes else { return String(decoding: document.bytes[start..<end], as: UTF8.self) }
      return String(decoding: document.bytes[start..<start + shownBytes], as: UTF8.self) + "…"
    }
  }
}

/// Numbers as JSON and YAML write them.
enum TreeNumber {
  /// The number; NaN for `NaN` and `.nan`, infinite for the words and for what is too large.
  static func double(_ text: UnsafeBufferPointer<UInt8>) -> Double {
    if let number = NumberToken(text) { return number.value }
    // YAML's words have a point in front: `-.inf`.
    guard let word = NumberToken(text.filter { $0 != 0x2E }), !word.hasDigits else { return .nan }
    return word.value
  }

  /// Whether it is written without point, exponent and words.
  static func isInteger(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var digits = 0
    for (index, byte) in text.enumerated() {
      if byte >= 0x30, byte <= 0x39 {
        digits += 1
      } else if index != 0 || (byte != 0x2D && byte != 0x2B) {
        return false
      }
    }
    return digits > 0
  }

  /// Whether two whole numbers are the same, however many digits they have.
  static func areSameIntegers(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool {
    let (first, second) = (magnitude(left), magnitude(right))
    guard first.elementsEqual(second) else { return false }
    return first.isEmpty || (left.first == 0x2D) == (right.first == 0x2D)
  }

  private static func magnitude(_ text: UnsafeBufferPointer<UInt8>) -> Slice<UnsafeBufferPointer<UInt8>> {
    text.drop { $0 == 0x2D || $0 == 0x2B || $0 == 0x30 }
  }
}

/// A JSON or YAML value with its scalars as they are written.
indirect enum TreeValue: Sendable {
  case object([(key: [UInt8], value: TreeValue)])
  case array([TreeValue])
  /// A string without escapes and quotes, a number or a word as written.
  case scalar(TreeDocument.Kind, [UInt8])

  /// The value of a node.
  init(_ document: TreeDocument, _ node: Int) {
    self = document.withView { TreeValue($0, node) }
  }

  init(_ view: TreeView, _ node: Int) {
    switch view.kind(node) {
    case .object:
      self = .object(
        view.children(node).map { (TreeWalk.name(view.key(Int($0))), TreeValue(view, Int($0))) })
    case .array: self = .array(view.children(node).map { TreeValue(view, Int($0)) })
    case .string: self = .scalar(.string, TreeWalk.decoded(view.text(node)))
    case .number, .literal: self = .scalar(view.kind(node), Array(view.text(node)))
    }
  }

  /// Whether two values mean the same: the order of keys and the way of writing a number are left out.
  func means(_ other: TreeValue) -> Bool {
    switch (self, other) {
    case (.object(let left), .object(let right)):
      guard left.count == right.count else { return false }
      let (ours, theirs) = (Self.sorted(left), Self.sorted(right))
      return zip(ours, theirs).allSatisfy { $0.key == $1.key && $0.value.means($1.value) }
    case (.array(let left), .array(let right)):
      return left.count == right.count && zip(left, right).allSatisfy { $0.means($1) }
    case (.scalar(.number, let left), .scalar(.number, let right)): return Self.isSameNumber(left, right)
    case (.scalar(let kind, let left), .scalar(let otherKind, let right)): return kind == otherKind && left == right
    default: return false
    }
  }

  /// Members by key; those of one key keep their order, which counts.
  private static func sorted(
    _ members: [(key: [UInt8], value: TreeValue)]
  ) -> [(key: [UInt8], value: TreeValue)] {
    members.enumerated().sorted { left, right in
      if left.element.key == right.element.key { return left.offset < right.offset }
      return left.element.key.lexicographicallyPrecedes(right.element.key)
    }.map(\.element)
  }

  private static func isSameNumber(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    if left == right { return true }
    return left.withUnsafeBufferPointer { left in
      right.withUnsafeBufferPointer { right in
        if TreeNumber.isInteger(left), TreeNumber.isInteger(right) {
          return TreeNumber.areSameIntegers(left, right)
        }
        let (first, second) = (TreeNumber.double(left), TreeNumber.double(right))
        return first == second
          ? first.isFinite || !left.contains { $0 >= 0x30 && $0 <= 0x39 } : first.isNaN && second.isNaN
      }
    }
  }
}
