internal import TriageModel

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
