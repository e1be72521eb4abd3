internal import SafeText
package import TriageModel

extension TestFilter {
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
      // One term after the other over what is left: the question is taken apart once, not once a test.
      var left = tests
      for term in terms where isWanted() {
        left = TermAnswer(term, run: run, facts: facts, isWanted: isWanted).tests(among: left)
      }
      return left ?? []
    }
  }
}

/// Asks one term of a filter about the tests of a run.
private struct TermAnswer {
  private let term: TestFilter.Term
  private let run: Run
  private let facts: TestFacts
  private let isWanted: () -> Bool

  init(_ term: TestFilter.Term, run: Run, facts: TestFacts, isWanted: @escaping () -> Bool) {
    self.term = term
    self.run = run
    self.facts = facts
    self.isWanted = isWanted
  }

  /// The tests of which the term holds.
  func tests(among tests: [TestIndex]?) -> [TestIndex] {
    let table = run.table
    switch term.question {
    case .outcome(let outcomes): return keep(tests) { test, _, _ in outcomes.contains(table.outcome(of: test)) }
    case .kind(let kind): return keep(tests) { test, _, _ in table.kind(of: test) == kind }
    case .verdict(let labels):
      return keep(tests) { test, _, _ in facts.verdict(test).map(labels.contains) ?? false }
    case .text(let field, .word(let word, let hasColon)):
      return self.tests(among: tests, field, mayCrossColons: hasColon, where: word.matches(_:))
    case .text(.any, .letters(let letters)):
      // A message of any length has nearly any letters in nearly any order.
      return anywhere(among: tests, mayCrossColons: true, asksMessages: false) { letters.score($0) != nil }
    case .text(let field, .letters(let letters)):
      return self.tests(among: tests, field, mayCrossColons: true) { letters.score($0) != nil }
    case .text(let field, .pattern(let pattern)):
      let matcher = pattern.matcher()
      return self.tests(among: tests, field, mayCrossColons: true) { matcher.firstMatch(in: $0) != nil }
    }
  }

  /// Those of which an answer is what the term wants.
  private func keep(
    _ tests: [TestIndex]?, where holds: (TestIndex, SuiteID, UnsafeRawBufferPointer) -> Bool
  ) -> [TestIndex] {
    var asked = 0
    var isStopped = false
    return run.table.tests(among: tests) { test, suite, name in
      asked += 1
      if asked & 0xFFF == 0 { isStopped = !isWanted() }
      return !isStopped && holds(test, suite, name) != term.isNegated
    }
  }

  private func tests(
    among tests: [TestIndex]?, _ field: TestFilter.TextField, mayCrossColons: Bool,
    where isFound: (UnsafeRawBufferPointer) -> Bool
  ) -> [TestIndex] {
    let table = run.table
    switch field {
    case .any: return anywhere(among: tests, mayCrossColons: mayCrossColons, where: isFound)
    case .message: return keep(tests) { test, _, _ in table.hasMessage(test, where: isFound) }
    case .suite:
      var suites = SuiteAnswers(table)
      return keep(tests) { _, suite, _ in suites.answer(suite, where: isFound) }
    case .file:
      return keep(tests) { test, suite, _ in
        let file = table.fileRef(of: test)
        if !file.isEmpty { return table.text.withBytes(of: file, isFound) }
        return Self.isFound(in: table.pytestFile(of: suite) ?? "", isFound)
      }
    case .owner: return keep(tests) { test, _, _ in Self.isFound(in: facts.owner(test) ?? "none", isFound) }
    case .leg: return keep(tests) { test, _, _ in Self.hasLabel(table.labels(of: test), isFound) }
    case .label:
      let holds = Self.hasLabel(run.info.labels, isFound)
      return keep(tests) { test, _, _ in holds || Self.hasLabel(table.labels(of: test), isFound) }
    case .run:
      let info = run.info
      let texts = [info.identity.id, info.branch, info.commit, info.commitTitle]
      let holds = texts.contains { Self.isFound(in: $0 ?? "", isFound) }
      return keep(tests) { _, _, _ in holds }
    }
  }

  /// Those with the text in their id or a message. A text that cannot lie across the `::` is asked of suites only once.
  private func anywhere(
    among tests: [TestIndex]?, mayCrossColons: Bool, asksMessages: Bool = true,
    where isFound: (UnsafeRawBufferPointer) -> Bool
  ) -> [TestIndex] {
    let table = run.table
    var suites = SuiteAnswers(table)
    var id: [UInt8] = []
    return keep(tests) { test, suite, name in
      if mayCrossColons {
        id.removeAll(keepingCapacity: true)
        table.text.withBytes(of: table.suiteRef(suite)) { id.append(contentsOf: $0) }
        if !id.isEmpty { id.append(contentsOf: [0x3A, 0x3A]) }
        id.append(contentsOf: name)
        if id.withUnsafeBytes(isFound) { return true }
      } else if isFound(name) || suites.answer(suite, where: isFound) {
        return true
      }
      return asksMessages && table.hasMessage(test, where: isFound)
    }
  }

  private static func isFound(in text: String, _ isFound: (UnsafeRawBufferPointer) -> Bool) -> Bool {
    var text = text
    return text.withUTF8 { isFound(UnsafeRawBufferPointer($0)) }
  }

  private static func hasLabel(_ labels: [String: String], _ isFound: (UnsafeRawBufferPointer) -> Bool) -> Bool {
    labels.contains { Self.isFound(in: "\($0.key)=\($0.value)", isFound) }
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
