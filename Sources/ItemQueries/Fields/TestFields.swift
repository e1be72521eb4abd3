internal import SafeText
package import TriageModel

/// A filter of tests of a run.
package typealias TestFilter = ItemFilter<TestFields>

/// What can be asked of tests: of a million, so that bytes are searched where they lie.
package enum TestFields: FilteredKind {
  /// A test with what lies next to it in the table.
  package struct Item {
    let test: TestIndex
    let suite: SuiteID
    let name: UnsafeRawBufferPointer
  }

  /// The run, and what is known of its tests beyond it.
  package struct Facts {
    let run: Run
    let known: TestFacts
  }

  package static let title = "tests"
  package static let use = "`assay list --filter`, `/` on the Triage screen"

  package static let words = FilterField<Self>.matching(
    "", "the id or a message has it; `~letters` are looked for in the id alone", cost: 3, anywhere)

  package static let fields: [FilterField<Self>] = [
    .column("outcome", "it ended so, or by its letter; `failing` for all that fail", outcomes) { wanted, facts, ask in
      let table = facts.run.table
      ask { wanted.contains(table.outcome(of: $0.test)) }
    },
    .column("verdict", "the history says so of it", FilterField<Self>.words(of: Verdict.Label.self)) {
      wanted, facts, ask in
      ask { facts.known.verdict($0.test).map(wanted.contains) ?? false }
    },
    .matching(
      "kind", "its kind begins so: `test`, `suite` (a failure outside any one test), `item` for all others, `mutant` …",
      cost: 0, ofKind),
    .bytes("suite", "the suite has it", cost: 1) { isFound, facts, ask in
      var suites = SuiteAnswers(facts.run.table)
      ask { suites.answer($0.suite, where: isFound) }
    },
    .bytes("file", "the file has it", cost: 4) { isFound, facts, ask in
      let table = facts.run.table
      ask { item in
        let file = table.fileRef(of: item.test)
        if !file.isEmpty { return table.text.withBytes(of: file, isFound) }
        return (table.pytestFile(of: item.suite) ?? "").has(isFound)
      }
    },
    .bytes("message", "the type or the message of a failure has it, or the reason of a skip", cost: 3) {
      isFound, facts, ask in
      let table = facts.run.table
      ask { table.hasMessage($0.test, where: isFound) }
    },
    .optional("owner", "its owner's name has it; `owner:none` for tests nobody owns", cost: 5) {
      $1.known.owner($0.test)
    },
    .bytes("leg", "a label of its report has it, as `python=3.12`", cost: 2) { isFound, facts, ask in
      let table = facts.run.table
      ask { hasLabel(table.labels(of: $0.test), isFound) }
    },
    .bytes("label", "a label of its report or its run has it", cost: 2) { isFound, facts, ask in
      let table = facts.run.table
      let holds = hasLabel(facts.run.info.labels, isFound)
      ask { holds || hasLabel(table.labels(of: $0.test), isFound) }
    },
    .bytes("run", "the run's id, branch, commit or the commit's title has it", cost: 1) { isFound, facts, ask in
      let info = facts.run.info
      let texts = [info.identity.id, info.branch, info.commit, info.commitTitle]
      let holds = texts.contains { $0?.has(isFound) ?? false }
      ask { _ in holds }
    },
  ]

  private static var outcomes: [(FilterChoice, [Outcome])] {
    [(FilterChoice(word: "failing"), Outcome.allCases.filter(\.isFailing))]
      + Outcome.allCases.map { (FilterChoice(word: $0.name, letter: $0.letter), [$0]) }
  }

  /// One of the kinds that the run has; which these are, its reports say.
  @Sendable private static func ofKind(_ match: TextMatch, _ facts: Facts, _ ask: @escaping ((Item) -> Bool) -> Void) {
    let table = facts.run.table
    let words = match.word.map { $0.lowercased().split(separator: ",").map(String.init) }
    match.find { isFound in
      let wanted = table.itemKinds.map { kind in
        guard let words else { return kind.word.has(isFound) }
        return words.contains { kind.word.hasPrefix($0) || $0 == "item" && !kind.isOfTests }
      }
      ask { wanted[table.kindIndex(of: $0.test)] }
    }
  }
}

// MARK: - Reading texts of tests

extension TestFields {
  /// The id or a message; a text that cannot lie across the `::` is asked of suites only once.
  @Sendable private static func anywhere(_ match: TextMatch, _ facts: Facts, _ ask: @escaping ((Item) -> Bool) -> Void)
  {
    let table = facts.run.table
    // A message of any length has nearly any letters in nearly any order.
    let asksMessages = if case .letters = match { false } else { true }
    match.find { isFound in
      if !match.mayCrossColons {
        var suites = SuiteAnswers(table)
        return ask { item in
          isFound(item.name) || suites.answer(item.suite, where: isFound)
            || table.hasMessage(item.test, where: isFound)
        }
      }
      var id: [UInt8] = []
      ask { item in
        id.removeAll(keepingCapacity: true)
        table.text.withBytes(of: table.suiteRef(item.suite)) { id.append(contentsOf: $0) }
        if !id.isEmpty { id.append(contentsOf: [0x3A, 0x3A]) }
        id.append(contentsOf: item.name)
        return id.withUnsafeBytes(isFound) || asksMessages && table.hasMessage(item.test, where: isFound)
      }
    }
  }

  private static func hasLabel(_ labels: [String: String], _ isFound: (UnsafeRawBufferPointer) -> Bool) -> Bool {
    labels.contains { "\($0.key)=\($0.value)".has(isFound) }
  }
}

/// Whether suites have a text, asked once a suite.
private struct SuiteAnswers {
  private let table: TestTable
  private var known: [Bool?]

  init(_ table: TestTable) {
    self.table = table
    known = Array(repeating: nil, count: table.suiteCount)
  }

  mutating func answer(_ suite: SuiteID, where isFound: (UnsafeRawBufferPointer) -> Bool) -> Bool {
    if let answer = known[Int(suite.index)] { return answer }
    let answer = table.text.withBytes(of: table.suiteRef(suite), isFound)
    known[Int(suite.index)] = answer
    return answer
  }
}

// MARK: - Filtering

extension ItemFilter<TestFields> {
  /// Whether it says which outcomes are wanted, so that passing tests may be meant.
  package var asksForOutcome: Bool { asks(for: "outcome") }

  /// Whether it asks what the history says.
  package var asksForVerdict: Bool { asks(for: "verdict") }

  /// Whether a test satisfies every term. For many tests `tests(in:among:facts:isWanted:)` is quicker.
  package func matches(_ test: TestIndex, in run: Run, facts: TestFacts) -> Bool {
    !tests(in: run, among: [test], facts: facts).isEmpty
  }

  /// The tests that satisfy every term, in the order given.
  ///
  /// - Parameters:
  ///   - tests: Those to choose from; nil for all of the run.
  ///   - facts: Asked only by the terms that need them.
  ///   - isWanted: Asked once in some thousand tests; when it says no, the answer is not whole and not to be used.
  package func tests(
    in run: Run, among tests: [TestIndex]? = nil, facts: TestFacts, isWanted: () -> Bool = { true }
  ) -> [TestIndex] {
    if isEmpty { return tests ?? (0..<run.table.count).map { TestIndex($0) } }
    return withoutActuallyEscaping(isWanted) { isWanted in
      let left = sifted(tests, TestFields.Facts(run: run, known: facts)) { left, holds -> [TestIndex]? in
        if !isWanted() { return left }
        var asked = 0
        var isStopped = false
        return run.table.tests(among: left) { test, suite, name in
          asked += 1
          if asked & 0xFFF == 0 { isStopped = !isWanted() }
          return !isStopped && holds(TestFields.Item(test: test, suite: suite, name: name))
        }
      }
      return left ?? []
    }
  }
}
