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

  package static let words = FilterField<Self>.bytes(
    "", "the id or a message has it; `~letters` are looked for in the id alone", cost: 3, anywhere)

  package static let fields: [FilterField<Self>] = [
    .column("outcome", "it ended so, or by its letter; `failing` for all that fail", outcomes) { facts, wanted in
      let table = facts.run.table
      return { wanted.contains(table.outcome(of: $0.test)) }
    },
    .column("verdict", "the history says so of it", FilterField<Self>.words(of: Verdict.Label.self)) { facts, wanted in
      { facts.known.verdict($0.test).map(wanted.contains) ?? false }
    },
    .column("kind", "it is one; `suite` is a failure outside any one test", kinds) { facts, wanted in
      let table = facts.run.table
      return { wanted.contains(table.kind(of: $0.test)) }
    },
    .bytes("suite", "the suite has it", cost: 1) { match, facts in
      let suites = SuiteAnswers(facts.run.table, match.finder)
      return { suites.answer($0.suite) }
    },
    .bytes("file", "the file has it", cost: 4, file),
    .bytes("message", "the type or the message of a failure has it, or the reason of a skip", cost: 3) {
      let (isFound, table) = ($0.finder, $1.run.table)
      return { table.hasMessage($0.test, where: isFound) }
    },
    .optional("owner", "its owner's name has it; `owner:none` for tests nobody owns", cost: 5) {
      $1.known.owner($0.test)
    },
    .bytes("leg", "a label of its report has it, as `python=3.12`", cost: 2) {
      let (isFound, table) = ($0.finder, $1.run.table)
      return { hasLabel(table.labels(of: $0.test), isFound) }
    },
    .bytes("label", "a label of its report or its run has it", cost: 2) {
      let (isFound, table) = ($0.finder, $1.run.table)
      let holds = hasLabel($1.run.info.labels, isFound)
      return { holds || hasLabel(table.labels(of: $0.test), isFound) }
    },
    .bytes("run", "the run's id, branch, commit or the commit's title has it", cost: 1) {
      let (isFound, info) = ($0.finder, $1.run.info)
      let holds = [info.identity.id, info.branch, info.commit, info.commitTitle].contains { $0?.has(isFound) ?? false }
      return { _ in holds }
    },
  ]

  private static var outcomes: [(FilterChoice, [Outcome])] {
    [(FilterChoice(word: "failing"), Outcome.allCases.filter(\.isFailing))]
      + Outcome.allCases.map { (FilterChoice(word: $0.name, letter: $0.letter), [$0]) }
  }

  private static var kinds: [(FilterChoice, [ItemKind])] {
    ItemKind.allCases.map { (FilterChoice(word: $0.name), [$0]) }
  }
}

// MARK: - Reading texts of tests

extension TestFields {
  /// The id or a message; a text that cannot lie across the `::` is asked of suites only once.
  @Sendable private static func anywhere(_ match: TextMatch, _ facts: Facts) -> (Item) -> Bool {
    let (isFound, table) = (match.finder, facts.run.table)
    // A message of any length has nearly any letters in nearly any order.
    let asksMessages = if case .letters = match { false } else { true }
    if !match.mayCrossColons {
      let suites = SuiteAnswers(table, isFound)
      return { isFound($0.name) || suites.answer($0.suite) || table.hasMessage($0.test, where: isFound) }
    }
    var id: [UInt8] = []
    return { item in
      id.removeAll(keepingCapacity: true)
      table.text.withBytes(of: table.suiteRef(item.suite)) { id.append(contentsOf: $0) }
      if !id.isEmpty { id.append(contentsOf: [0x3A, 0x3A]) }
      id.append(contentsOf: item.name)
      return id.withUnsafeBytes(isFound) || asksMessages && table.hasMessage(item.test, where: isFound)
    }
  }

  @Sendable private static func file(_ match: TextMatch, _ facts: Facts) -> (Item) -> Bool {
    let (isFound, table) = (match.finder, facts.run.table)
    return { item in
      let file = table.fileRef(of: item.test)
      if !file.isEmpty { return table.text.withBytes(of: file, isFound) }
      return (table.pytestFile(of: item.suite) ?? "").has(isFound)
    }
  }

  private static func hasLabel(_ labels: [String: String], _ isFound: (UnsafeRawBufferPointer) -> Bool) -> Bool {
    labels.contains { "\($0.key)=\($0.value)".has(isFound) }
  }
}

/// Whether suites have a text, asked once a suite.
private final class SuiteAnswers {
  private let table: TestTable
  private let isFound: (UnsafeRawBufferPointer) -> Bool
  private var known: [Bool?]

  init(_ table: TestTable, _ isFound: @escaping (UnsafeRawBufferPointer) -> Bool) {
    self.table = table
    self.isFound = isFound
    known = Array(repeating: nil, count: table.suiteCount)
  }

  func answer(_ suite: SuiteID) -> Bool {
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
    // One term after the other over what is left: the question is taken apart once, not once a test.
    var left = tests
    for term in terms where isWanted() {
      let holds = term.question(TestFields.Facts(run: run, known: facts))
      var asked = 0
      var isStopped = false
      left = run.table.tests(among: left) { test, suite, name in
        asked += 1
        if asked & 0xFFF == 0 { isStopped = !isWanted() }
        return !isStopped && holds(TestFields.Item(test: test, suite: suite, name: name)) != term.isNegated
      }
    }
    return left ?? []
  }
}
