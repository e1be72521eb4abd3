package import TriageModel

/// What tests are grouped by in a list.
package enum Grouping: String, Sendable, CaseIterable {
  /// Failures that say the same.
  case cause
  /// What the failure probably is.
  case verdict
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
    /// What tells it from other groups: the key of a cause, else the title.
    package let key: String
    /// The cause, verdict, suite, owner, file or message; empty when nothing is grouped.
    package let title: String
    /// The places of its tests in `tests`.
    package let range: Range<Int>
    /// How its tests ended.
    package let counts: OutcomeCounts
    /// The worst of its tests' verdicts; nil where the history says nothing.
    package let verdict: Verdict.Label?

    /// A group of tests.
    package init(
      key: String? = nil, title: String, range: Range<Int>, counts: OutcomeCounts, verdict: Verdict.Label? = nil
    ) {
      self.key = key ?? title
      self.verdict = verdict
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
  ///   - facts: Asked only for what is grouped by.
  package init(
    of tests: [TestIndex], in run: Run, by grouping: Grouping, sortedBy order: Order, facts: TestFacts
  ) {
    let table = run.table
    var groups = GroupBuilder<TestIndex>()
    var suitePlaces: [SuiteID: Int] = [:]
    for test in Self.sorted(tests, in: table, by: order) {
      if grouping == .suite {
        let suite = table.suite(of: test)
        let place = suitePlaces[suite] ?? groups.place(of: Self.name(of: test, in: table, by: grouping, facts))
        suitePlaces[suite] = place
        groups.add(test, at: place)
      } else {
        groups.add(test, at: groups.place(of: Self.name(of: test, in: table, by: grouping, facts)))
      }
    }
    let isJudged = grouping == .cause || grouping == .verdict
    self.init()
    self.tests.reserveCapacity(tests.count)
    let ordered = isJudged ? groups.worstFirst(facts, isFailing: { table.outcome(of: $0).isFailing }) : groups.groups
    for group in ordered {
      var counts = OutcomeCounts()
      for test in group.items { counts[table.outcome(of: test)] += 1 }
      self.groups.append(
        Group(
          key: group.key, title: group.title,
          range: self.tests.count..<self.tests.count + group.items.count, counts: counts,
          verdict: isJudged ? GroupBuilder<TestIndex>.worst(group.items, facts) : nil))
      self.tests += group.items
    }
  }

  private static func name(
    of test: TestIndex, in table: TestTable, by grouping: Grouping, _ facts: TestFacts
  ) -> TestFacts.CauseName {
    if grouping == .cause {
      return facts.cause(test) ?? TestFacts.CauseName(key: "", title: Self.nothingSaid(table.outcome(of: test)))
    }
    let title = Self.title(of: test, in: table, by: grouping, facts)
    return TestFacts.CauseName(key: title, title: title)
  }

  /// What stands for the cause of a test that said nothing.
  private static func nothingSaid(_ outcome: Outcome) -> String {
    outcome.isFailing ? "(failed without a message)" : "(no failure)"
  }

  private static func title(
    of test: TestIndex, in table: TestTable, by grouping: Grouping, _ facts: TestFacts
  ) -> String {
    switch grouping {
    case .none, .cause: return ""
    case .verdict: return facts.verdict(test)?.rawValue ?? "(no verdict)"
    case .suite:
      let name = table.suiteName(table.suite(of: test))
      return name.isEmpty ? "(no suite)" : name
    case .owner: return facts.owner(test) ?? "(no owner)"
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
    case .outcome: return bySeverity(tests, in: table)
    case .duration: return tests.ranked { -(table.duration(of: $0) ?? -1) }
    case .name:
      return tests.sorted { left, right in
        table.text.withBytes(of: table.nameRef(of: left)) { left in
          table.text.withBytes(of: table.nameRef(of: right)) { left.lexicographicallyPrecedes($0) }
        }
      }
    }
  }

  /// Tests by how badly they ended, those that ended alike in their order. There are few outcomes: a million tests need
  /// no comparisons, and no memory but that of the answer.
  private static func bySeverity(_ tests: [TestIndex], in table: TestTable) -> [TestIndex] {
    var places = Array(repeating: 0, count: Outcome.allCases.count + 1)
    for test in tests { places[table.outcome(of: test).severity + 1] += 1 }
    for severity in 1..<places.count { places[severity] += places[severity - 1] }
    var sorted = tests
    for test in tests {
      let severity = table.outcome(of: test).severity
      sorted[places[severity]] = test
      places[severity] += 1
    }
    return sorted
  }
}
