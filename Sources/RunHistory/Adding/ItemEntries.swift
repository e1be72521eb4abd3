internal import TriageModel

/// The numbers in the store of tests that are no tests but other items, with the words of their kinds.
struct ItemEntries {
  /// The words of the kinds, by the items' numbers.
  var kinds: [Int64: String] = [:]
  /// Those of them that are added, which the store may not know of.
  private(set) var added: [Int64: String] = [:]
  private(set) var measures: [Measure] = []

  /// A number that an item is known by in a run.
  struct Measure: Equatable {
    var test: Int64
    var leg: Int64
    var value: Double
  }

  /// Those of entries that have their tests and legs; `known` are those of earlier runs.
  init(_ entries: [RunEntry], of content: RunContent, known: [Int64: String] = [:]) {
    kinds = known
    if content.items.isEmpty { return }
    for entry in entries {
      guard let item = content.items[Int(entry.row)] else { continue }
      kinds[entry.test] = item.kind
      added[entry.test] = item.kind
      if let value = item.measure {
        measures.append(Measure(test: entry.test, leg: Int64(entry.leg), value: value))
      }
    }
  }

  /// How results ended: those of tests, and those of other items by kind.
  func counts(_ results: some Sequence<StoredResult>) -> (tests: OutcomeCounts, items: ItemCounts) {
    var tests = OutcomeCounts()
    var items = ItemCounts()
    for result in results {
      if let kind = kinds[result.test] { items[kind][result.outcome] += 1 } else { tests[result.outcome] += 1 }
    }
    return (tests, items)
  }
}

extension ResultRecord {
  /// The result as one of an item that is no test.
  var asOfItem: ResultRecord {
    var result = self
    result.isOfItem = true
    return result
  }
}

/// How counts are written in a store's columns.
extension OutcomeCounts {
  /// The numbers in the order of the outcomes: `1200,0,3,0,0,2,0,0`.
  var stored: String { Outcome.allCases.map { String(self[$0]) }.joined(separator: ",") }

  /// Reads what `stored` wrote; what is no number counts nothing.
  init(stored text: Substring.UTF8View) {
    self.init()
    for (outcome, count) in zip(Outcome.allCases, text.split(separator: UInt8(ascii: ","))) {
      self[outcome] = Int(Substring(count)) ?? 0
    }
  }
}

extension ItemCounts {
  /// A kind and its numbers, kinds apart by `;`: `finding=0,0,3,0,0,0,0,0`.
  var stored: String { kinds.map { $0 + "=" + self[$0].stored }.joined(separator: ";") }

  /// Reads what `stored` wrote.
  init(stored text: String) {
    self.init()
    for part in text.utf8.split(separator: UInt8(ascii: ";")) {
      guard let mark = part.firstIndex(of: UInt8(ascii: "=")) else { continue }
      let counts = part[part.index(after: mark)...]
      self[String(decoding: part[..<mark], as: UTF8.self)] = OutcomeCounts(stored: counts)
    }
  }
}
