internal import SafeText
package import TriageModel

extension TestFilter {
  /// Whether a test satisfies every term. For many tests `tests(in:among:owner:isWanted:)` is quicker.
  package func matches(_ test: TestIndex, in run: Run, owner: (TestIndex) -> String?) -> Bool {
    withoutActuallyEscaping(owner) { owner in
      var matcher = FilterMatcher(terms, run: run, owner: owner)
      return matcher.matches(test)
    }
  }

  /// The tests that satisfy every term, in the order given.
  ///
  /// - Parameters:
  ///   - tests: Those to choose from; nil for all of the run.
  ///   - owner: Who owns a test; asked only for `owner:` terms.
  ///   - isWanted: Asked once in some thousand tests; what was found so far is returned when it says no.
  package func tests(
    in run: Run, among tests: [TestIndex]? = nil, owner: (TestIndex) -> String?, isWanted: () -> Bool = { true }
  ) -> [TestIndex] {
    if isEmpty { return tests ?? (0..<run.table.count).map { TestIndex($0) } }
    return withoutActuallyEscaping(owner) { owner in
      var matcher = FilterMatcher(terms, run: run, owner: owner)
      var found: [TestIndex] = []
      for place in 0..<(tests?.count ?? run.table.count) {
        if place & 0xFFF == 0xFFF, !isWanted() { break }
        let test = tests?[place] ?? TestIndex(place)
        if matcher.matches(test) { found.append(test) }
      }
      return found
    }
  }
}

/// Asks the terms of a filter about the tests of one run; what it learns of a suite it asks only once.
private struct FilterMatcher {
  private let terms: [TestFilter.Term]
  private let matches: [ReadyMatch]
  private let run: Run
  private let owner: (TestIndex) -> String?
  /// By term and suite, whether the suite's name matches; nil is not asked yet.
  private var suiteAnswers: [[Bool?]]
  private var idBytes: [UInt8] = []

  init(_ terms: [TestFilter.Term], run: Run, owner: @escaping (TestIndex) -> String?) {
    self.terms = terms
    matches = terms.map { ReadyMatch($0.question) }
    self.run = run
    self.owner = owner
    suiteAnswers = Array(repeating: [], count: terms.count)
  }

  mutating func matches(_ test: TestIndex) -> Bool {
    for place in terms.indices where answer(terms[place].question, place, test) == terms[place].isNegated {
      return false
    }
    return true
  }

  private mutating func answer(_ question: TestFilter.Question, _ place: Int, _ test: TestIndex) -> Bool {
    switch question {
    case .outcome(let outcomes): return outcomes.contains(run.table.outcome(of: test))
    case .kind(let kind): return run.table.kind(of: test) == kind
    case .verdict: return !terms[place].isNegated
    case .text(let field, _): return answer(field, matches[place], place, test)
    }
  }

  private mutating func answer(
    _ field: TestFilter.TextField, _ match: ReadyMatch, _ place: Int, _ test: TestIndex
  ) -> Bool {
    let table = run.table
    switch field {
    case .any:
      if hasID(test, match, place) { return true }
      if case .letters = match { return false }
      return table.hasMessage(test) { match.isFound(in: $0) }
    case .message: return table.hasMessage(test) { match.isFound(in: $0) }
    case .suite: return hasSuite(test, match, place)
    case .file: return hasFile(test, match)
    case .owner: return match.isFound(in: owner(test) ?? "none")
    case .leg: return Self.hasLabel(table.report(of: test).labels, match)
    case .label: return Self.hasLabel(table.report(of: test).labels, match) || Self.hasLabel(run.info.labels, match)
    case .run:
      let info = run.info
      return [info.identity.id, info.branch, info.commit, info.commitTitle].contains { match.isFound(in: $0 ?? "") }
    }
  }

  private mutating func hasID(_ test: TestIndex, _ match: ReadyMatch, _ place: Int) -> Bool {
    let table = run.table
    if case .word(let word, let hasColon) = match {
      if table.text.withBytes(of: table.nameRef(of: test), word.matches(_:)) { return true }
      if hasSuite(test, match, place) { return true }
      if !hasColon { return false }
    }
    let suite = table.suiteRef(table.suite(of: test))
    idBytes.removeAll(keepingCapacity: true)
    if !suite.isEmpty {
      table.text.withBytes(of: suite) { idBytes.append(contentsOf: $0) }
      idBytes.append(contentsOf: [0x3A, 0x3A])
    }
    table.text.withBytes(of: table.nameRef(of: test)) { idBytes.append(contentsOf: $0) }
    return idBytes.withUnsafeBytes(match.isFound(in:))
  }

  private mutating func hasSuite(_ test: TestIndex, _ match: ReadyMatch, _ place: Int) -> Bool {
    let suite = run.table.suite(of: test)
    if suiteAnswers[place].isEmpty { suiteAnswers[place] = Array(repeating: nil, count: run.table.suiteCount) }
    if let known = suiteAnswers[place][Int(suite.index)] { return known }
    let found = run.table.text.withBytes(of: run.table.suiteRef(suite), match.isFound(in:))
    suiteAnswers[place][Int(suite.index)] = found
    return found
  }

  private func hasFile(_ test: TestIndex, _ match: ReadyMatch) -> Bool {
    let file = run.table.fileRef(of: test)
    if !file.isEmpty { return run.table.text.withBytes(of: file, match.isFound(in:)) }
    return match.isFound(in: run.table.pytestFile(of: run.table.suite(of: test)) ?? "")
  }

  private static func hasLabel(_ labels: [String: String], _ match: ReadyMatch) -> Bool {
    labels.contains { match.isFound(in: "\($0.key)=\($0.value)") }
  }
}

/// A term's match made ready for one thread and many texts.
private enum ReadyMatch {
  case word(ByteSearch, hasColon: Bool)
  case letters(FuzzyMatch)
  case pattern(PatternMatcher)
  /// The term asks no text.
  case nothing

  init(_ question: TestFilter.Question) {
    switch question {
    case .text(_, .word(let search, let hasColon)): self = .word(search, hasColon: hasColon)
    case .text(_, .letters(let letters)): self = .letters(letters)
    case .text(_, .pattern(let pattern)): self = .pattern(pattern.matcher())
    case .outcome, .kind, .verdict: self = .nothing
    }
  }

  /// Whether the bytes have what is searched for.
  func isFound(in bytes: UnsafeRawBufferPointer) -> Bool {
    switch self {
    case .word(let word, _): word.matches(bytes)
    case .letters(let letters): letters.score(bytes) != nil
    case .pattern(let pattern): pattern.firstMatch(in: bytes) != nil
    case .nothing: false
    }
  }

  /// Whether a text has what is searched for.
  func isFound(in text: String) -> Bool {
    var text = text
    return text.withUTF8 { isFound(in: UnsafeRawBufferPointer($0)) }
  }
}
