/// Tells tests of one name in one report apart, in the same way in every run.
extension TestTableBuilder {
  /// What may tell namesakes apart, the most telling first. A line is not among them: it moves with every edit.
  private enum Difference: CaseIterable {
    case suite, file, host
  }

  /// Notes that a test has a namesake behind it, if both are of the current report.
  mutating func noteNamesake(of last: UInt32, first: UInt32) {
    guard table.tests[Int(last)].report == current, namesakes[first] == nil else { return }
    namesakes[first] = last
  }

  /// Marks every namesake of the report that ends.
  mutating func tellNamesakesApart() {
    if namesakes.isEmpty { return }
    var marks: [NamesakeMark] = []
    for first in namesakes.values {
      var chain: [UInt32] = []
      var test = first
      while test != TestTable.none {
        chain.append(test)
        test = table.tests[Int(test)].nextNamesake
      }
      mark(chain, &marks)
    }
    table.namesakeMarks += marks.sorted { $0.test < $1.test }
    namesakes = [:]
  }

  private mutating func mark(_ chain: [UInt32], _ marks: inout [NamesakeMark]) {
    let spans = chain.map { test in
      TestTable.last(of: table.suiteSpans.count) { table.suiteSpans[$0].firstTest <= test } ?? 0
    }
    let labels = spans.map { Int(table.suiteSpans[$0].labels) }
    if labels.contains(where: { $0 != labels[0] }) { table.hasSuiteLegs = true }
    var groups = labels
    var texts = Array(repeating: TextRef.empty, count: chain.count)
    for difference in Difference.allCases {
      let parts = zip(chain, spans).map { text(of: difference, test: $0, span: $1) }
      let hashes = parts.map { part in table.text.withBytes(of: part) { Int(ByteIndex.hash($0)) } }
      guard Self.splits(groups, by: hashes) else { continue }
      for place in chain.indices {
        texts[place] = joined(texts[place], parts[place])
        var hasher = Hasher()
        hasher.combine(groups[place])
        hasher.combine(hashes[place])
        groups[place] = hasher.finalize()
      }
    }
    let numbers = self.numbers(of: chain, spans, groups)
    for place in chain.indices {
      marks.append(NamesakeMark(test: chain[place], text: texts[place], number: numbers[place]))
    }
  }

  /// Whether a further value differs within a group.
  private static func splits(_ groups: [Int], by values: [Int]) -> Bool {
    var first: [Int: Int] = [:]
    for (group, value) in zip(groups, values) {
      if let known = first[group], known != value { return true }
      first[group] = value
    }
    return false
  }

  /// Numbers from 1 within each group.
  ///
  /// Those of one suite come in the order they are declared in. Those of several suites come as their files happened to
  /// end, data rows of TestNG out of a hash set: there the order tells nothing, and a number that went by it would make
  /// a test that always fails and one that always passes look like two that sometimes do. They are numbered worst first,
  /// so that the first of them fails as long as any does.
  private func numbers(of chain: [UInt32], _ spans: [Int], _ groups: [Int]) -> [UInt32] {
    var unordered: Set<Int> = []
    if hasUnorderedNamesakes {
      unordered = Set(groups)
    } else {
      var suites: [Int: Int] = [:]
      for (group, span) in zip(groups, spans) {
        if let known = suites[group], known != span { unordered.insert(group) }
        suites[group] = span
      }
    }
    var order = Array(chain.indices)
    if !unordered.isEmpty {
      order.sort { left, right in
        let (first, second) = (rank(chain[left], groups[left], unordered), rank(chain[right], groups[right], unordered))
        return (first, left) < (second, right)
      }
    }
    var counts: [Int: UInt32] = [:]
    var numbers = [UInt32](repeating: 0, count: chain.count)
    for place in order {
      counts[groups[place], default: 0] += 1
      numbers[place] = counts[groups[place], default: 1]
    }
    return numbers
  }

  private func rank(_ test: UInt32, _ group: Int, _ unordered: Set<Int>) -> Int {
    unordered.contains(group) ? table.tests[Int(test)].outcome.severity : 0
  }

  private func text(of difference: Difference, test: UInt32, span: Int) -> TextRef {
    let span = table.suiteSpans[span]
    switch difference {
    case .suite: return span.name
    case .host: return span.host
    case .file:
      let own = table.fileRef(of: TestIndex(Int(test)))
      return own.isEmpty ? span.file : own
    }
  }

  private mutating func joined(_ left: TextRef, _ right: TextRef) -> TextRef {
    if left.isEmpty || right.isEmpty { return left.isEmpty ? right : left }
    return table.text.append(table.text.string(left) + " " + table.text.string(right))
  }
}
