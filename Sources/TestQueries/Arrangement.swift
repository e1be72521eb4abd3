package import TriageModel

/// What tests are grouped by in a list.
package enum Grouping: String, Sendable, CaseIterable {
  case suite
  case owner
  case file
  case message
  case none
}

/// What tests are sorted by within their group; groups follow their first test.
package enum Order: String, Sendable, CaseIterable {
  /// Worst outcome first, then as the report has them.
  case outcome
  case name
  /// Longest first.
  case duration
  /// As the reports have them.
  case report
}

/// Tests in groups, in the order they are shown.
package struct Arrangement: Sendable, Equatable {
  /// Tests that stand together under a title.
  package struct Group: Sendable, Equatable {
    /// The suite, owner, file or message; empty when nothing is grouped.
    package let title: String
    /// The places of its tests in `tests`.
    package let range: Range<Int>
    /// How its tests ended.
    package let counts: OutcomeCounts

    /// A group of tests.
    package init(title: String, range: Range<Int>, counts: OutcomeCounts) {
      self.title = title
      self.range = range
      self.counts = counts
    }
  }

  /// The groups, in order; their ranges follow one another without a gap.
  package var groups: [Group]
  /// All tests of all groups.
  package var tests: [TestIndex]

  /// An arrangement of groups.
  package init(groups: [Group] = [], tests: [TestIndex] = []) {
    self.groups = groups
    self.tests = tests
  }
}

extension Arrangement {
  /// Arranges tests of a run.
  ///
  /// - Parameters:
  ///   - tests: Those to show, in the order of the report.
  ///   - owner: Who owns a test; asked only when grouping by owner.
  package init(
    of tests: [TestIndex], in run: Run, by grouping: Grouping, sortedBy order: Order, owner: (TestIndex) -> String?
  ) {
    let table = run.table
    var titles: [String] = []
    var members: [[TestIndex]] = []
    var places: [String: Int] = [:]
    var suitePlaces: [SuiteID: Int] = [:]
    for test in Self.sorted(tests, in: table, by: order) {
      let place: Int
      if grouping == .suite, let known = suitePlaces[table.suite(of: test)] {
        place = known
      } else {
        let title = Self.title(of: test, in: table, by: grouping, owner: owner)
        place = places[title] ?? titles.count
        if place == titles.count {
          titles.append(title)
          members.append([])
          places[title] = place
        }
        if grouping == .suite { suitePlaces[table.suite(of: test)] = place }
      }
      members[place].append(test)
    }
    self.init()
    self.tests.reserveCapacity(tests.count)
    for (title, group) in zip(titles, members) {
      var counts = OutcomeCounts()
      for test in group { counts[table.outcome(of: test)] += 1 }
      groups.append(Group(title: title, range: self.tests.count..<self.tests.count + group.count, counts: counts))
      self.tests += group
    }
  }

  private static func title(
    of test: TestIndex, in table: TestTable, by grouping: Grouping, owner: (TestIndex) -> String?
  ) -> String {
    switch grouping {
    case .none: return ""
    case .suite:
      let name = table.suiteName(table.suite(of: test))
      return name.isEmpty ? "(no suite)" : name
    case .owner: return owner(test) ?? "(no owner)"
    case .file: return table.definition(of: test)?.file ?? "(no file)"
    case .message:
      let first = table.text.withBytes(of: table.headline(of: test)) { bytes in
        String(decoding: bytes.prefix(400).prefix { $0 != 0x0A }, as: UTF8.self)
      }
      return first.isEmpty ? "(no message)" : first
    }
  }

  private static func sorted(_ tests: [TestIndex], in table: TestTable, by order: Order) -> [TestIndex] {
    switch order {
    case .report: return tests
    case .outcome: return ranked(tests) { table.outcome(of: $0).severity }
    case .duration: return ranked(tests) { -(table.duration(of: $0) ?? -1) }
    case .name:
      return tests.sorted { left, right in
        table.text.withBytes(of: table.nameRef(of: left)) { left in
          table.text.withBytes(of: table.nameRef(of: right)) { left.lexicographicallyPrecedes($0) }
        }
      }
    }
  }

  /// Sorts by a key worked out once a test, keeping the order of equals.
  private static func ranked<Key: Comparable>(_ tests: [TestIndex], by key: (TestIndex) -> Key) -> [TestIndex] {
    let keyed = tests.map { (key: key($0), test: $0) }
    return keyed.sorted { ($0.key, $0.test) < ($1.key, $1.test) }.map(\.test)
  }
}
