internal import TriageModel

/// Compares two documents and says what was found in the words of every kind.
enum TreeComparer {
  /// Values of one side above which ranges of columns are not looked for: clipping is then not named.
  private static let rangedLeaves = 5_000_000

  /// The comparison of two documents that were read.
  static func compare(
    _ expected: TreeDocument, _ actual: TreeDocument, kind: String, _ options: ComparisonOptions
  ) -> Comparison {
    var (expected, actual) = (expected, actual)
    if expected.isLines || actual.isLines { (expected.root, actual.root) = (0, 0) }
    let marks = (expected: TreeMarks.of(expected, options.ignore), actual: TreeMarks.of(actual, options.ignore))
    let (entries, found) = TreeDocument.withViews(expected, actual) { left, right in
      var walk = TreeWalk(left, right, options, marks)
      let root = TreeWalk.Place(parent: -1, depth: 0)
      _ = walk.compare(expected.root, actual.root, root)
      return (walk.entries, walk.found)
    }
    let rows = TreeEntries(expected: expected, actual: actual, entries: entries)
    var comparison = Comparison(kind: kind, body: .tree(TreeComparison(source: rows)))
    comparison.summary = summary(found, rows)
    comparison.summary.take(found.setAside, of: options.ignore)
    comparison.numbers = found.numbers.count > 0 ? found.numbers : nil
    comparison.intolerable = found.intolerable
    let unseen = found.unseen.clauses("value")
    comparison.remarks = remarks(found) + unseen.map { $0 + "." }
    comparison.drift = drift(found, rows, comparison.summary, unseen)
    return comparison
  }

  private static func summary(_ found: TreeFindings, _ rows: TreeEntries) -> ChangeSummary {
    var summary = ChangeSummary(unit: "values")
    summary.total = max(rows.expected.leaves, rows.actual.leaves)
    summary.changed = found.changed
    summary.tolerated = found.tolerated
    summary.removed = found.removed
    summary.added = found.added
    summary.moved = found.moved
    summary.lost = found.lost
    summary.regained = found.regained
    let first = rows.entries.firstIndex { !$0.isBranch && $0.folded == 0 && $0.kind != .tolerated }
    summary.first = first.map { rows.path(at: $0) }
    summary.measure(found.numbers, intolerable: found.intolerable) { place, _ in rows.path(at: place) }
    if found.lost.count > 0 || summary.worst == nil { summary.worst = summary.first }
    return summary
  }

  private static func remarks(_ found: TreeFindings) -> [String] {
    var remarks = found.remarks
    if found.rewritten > 0 { remarks.append("\(CountText.of(found.rewritten, "value")) written differently.") }
    if found.reordered > 0 {
      remarks.append("The keys of \(CountText.of(found.reordered, "object")) in another order.")
    }
    if found.isLimited {
      remarks.append("The alignment of a long array reached its limit of steps; what it left was compared in turn.")
    }
    return remarks
  }

  private static func drift(
    _ found: TreeFindings, _ rows: TreeEntries, _ summary: ChangeSummary, _ unseen: [String]
  ) -> Drift {
    var evidence = DriftEvidence(numbers: found.numbers)
    evidence.comparedNumbers = found.numbers.count
    evidence.otherChanges = found.others + found.words.others
    evidence.lost = summary.lost
    evidence.regained = summary.regained
    evidence.unseen = unseen
    evidence.words = found.words.pairs
    if found.moved > 0 {
      evidence.isPermutation = "\(CountText.of(found.moved, "element")) of arrays in another order"
    }
    let quick = DriftJudge.judge(evidence)
    let isWorthALook = max(rows.expected.leaves, rows.actual.leaves) <= rangedLeaves
    guard isWorthALook, found.numbers.count > 0 || !found.words.counts.isEmpty else { return format(quick, found) }
    rows.complete(&evidence, found)
    return DriftJudge.judge(evidence)
  }

  /// Nothing differs but bytes: says which way.
  private static func format(_ drift: Drift, _ found: TreeFindings) -> Drift {
    guard drift.kind == .format else { return drift }
    var clauses: [String] = []
    if found.rewritten > 0 { clauses.append("\(CountText.of(found.rewritten, "value")) written differently") }
    if found.reordered > 0 { clauses.append("keys of \(CountText.of(found.reordered, "object")) in another order") }
    if clauses.isEmpty { clauses.append("only what stands between the values differs") }
    return Drift(.format, clauses.joined(separator: "; "))
  }
}

extension TreeEntries {
  /// Looks at all values once more for what tells clipping and renaming: the ranges of the columns that changed, and
  /// whether changed words also stay.
  func complete(_ evidence: inout DriftEvidence, _ found: TreeFindings) {
    var columns = found.columnNames.map { DriftEvidence.Column(name: $0) }
    var scan = TreeScan(columns: found.columns, words: Set(found.words.counts.keys.map(\.expected)))
    expected.withView { scan.run($0, root: self.expected.root) }
    let before = scan
    scan = TreeScan(columns: found.columns, words: [])
    actual.withView { scan.run($0, root: self.actual.root) }
    for index in columns.indices {
      columns[index].compared = min(before.counts[index], scan.counts[index])
      columns[index].set(expected: before.ranges[index], actual: scan.ranges[index])
    }
    evidence.columns = columns
    evidence.comparedNumbers = columns.reduce(0) { $0 + $1.compared }
    var changed: [[UInt8]: Int] = [:]
    for (pair, count) in found.words.counts { changed[pair.expected, default: 0] += count }
    evidence.keptWords = Set(
      changed.filter { before.wordCounts[$0.key, default: 0] > $0.value }
        .map { String(decoding: $0.key, as: UTF8.self) })
  }
}

/// One look at all values of a document.
struct TreeScan {
  private let columns: [UInt64: Int]
  private let words: Set<[UInt8]>
  private(set) var counts: [Int]
  private(set) var ranges: [ClosedRange<Double>?]
  private(set) var wordCounts: [[UInt8]: Int] = [:]

  init(columns: [UInt64: Int], words: Set<[UInt8]>) {
    self.columns = columns
    self.words = words
    counts = [Int](repeating: 0, count: columns.count)
    ranges = [ClosedRange<Double>?](repeating: nil, count: columns.count)
  }

  /// Visits all values below a root.
  mutating func run(_ view: TreeView, root: Int) {
    var open: [Int] = []
    for node in root..<view.next(root) {
      while let last = open.last, view.next(last) <= node { open.removeLast() }
      switch view.kind(node) {
      case .object, .array: open.append(node)
      case .number: if !columns.isEmpty { number(view, node, open) }
      case .string, .literal: if !words.isEmpty { word(view.text(node)) }
      }
    }
  }

  private mutating func number(_ view: TreeView, _ node: Int, _ open: [Int]) {
    var hash: UInt64 = 0
    if !open.isEmpty { hash = TreeWalk.hash(0, view, node, isElement: view.nodes[node].keyEnd == 0) }
    for parent in open.dropFirst().reversed() {
      hash = TreeWalk.hash(hash, view, parent, isElement: view.nodes[parent].keyEnd == 0)
    }
    guard let column = columns[open.isEmpty ? TreeWalk.hash(0, view, node, isElement: false) : hash] else { return }
    counts[column] += 1
    ranges[column] = DriftEvidence.range(ranges[column], with: TreeNumber.double(view.text(node)))
  }

  private mutating func word(_ text: UnsafeBufferPointer<UInt8>) {
    let word = Array(text.prefix(200))
    if words.contains(word) { wordCounts[word, default: 0] += 1 }
  }
}
