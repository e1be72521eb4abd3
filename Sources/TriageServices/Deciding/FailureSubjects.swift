internal import FailureAnalysis
package import RunHistory
internal import SafeText
internal import ItemQueries
package import TriageActions
package import TriageModel

/// Finds what is known of the tests that a decision is about.
package struct FailureSubjects {
  private let dossier: RunDossier
  private let settings: MuteSettings
  private static let mostCovered = 1000

  /// Tests of a run.
  package init(_ dossier: RunDossier, _ settings: MuteSettings) {
    self.dossier = dossier
    self.settings = settings
  }

  private var run: Run { dossier.run }

  /// A test with its failure.
  package func subject(of test: TestIndex) -> FailureSubject {
    let id = run.table.id(of: test)
    var subject = FailureSubject(.test(StableName.of(id)), signature: dossier.signature(of: test))
    subject.title = dossier.cause(of: test)?.title ?? dossier.signatures?.signature(of: test)?.title ?? ""
    subject.labels = run.labels(of: test)
    subject.owner = dossier.owner(of: test)
    subject.contract = contract(of: test)
    subject.rerun = RerunTest(test, in: dossier)
    return subject
  }

  /// A pattern with the tests of the run that it fits.
  package func subject(ofPattern pattern: String) -> FailureSubject {
    var subject = FailureSubject(.glob(pattern))
    let glob = TestPattern(pattern)
    let table = run.table
    let tests = table.tests(where: { _ in true })
    let fitting = tests.filter { glob.matches(StableName.of(table.id(of: $0))) }
    let failing = fitting.filter { table.outcome(of: $0).isFailing }
    let others = fitting.filter { !table.outcome(of: $0).isFailing }
    subject.covered = ((failing + others).prefix(Self.mostCovered).map { table.id(of: $0) }, tests.count)
    subject.contract = fitting.lazy.compactMap { contract(of: $0) }.first
    return subject
  }

  /// Why a test's failure blocks a release; nil when it does not.
  package func contract(of test: TestIndex) -> String? {
    let id = run.table.id(of: test)
    if let word = ContractWords(settings.contract).word(in: id) { return "its name says \(word)" }
    let attempts = run.table.attempts(of: test)
    let marks = attempts.flatMap(\.markers) + attempts.flatMap(\.properties).map(\.name)
    return marks.first(where: settings.contract.contains).map { "it is marked \($0)" }
  }
}

extension HistoryService {
  /// A test of the history with its newest failure, also one that a retry mended.
  package func subject(
    of test: String, _ owners: OwnerLookup, _ settings: MuteSettings
  ) throws(HistoryError) -> FailureSubject {
    let series = try series(of: test, .init())
    var subject = FailureSubject(.test(series.test), signature: series.results.last { $0.signature != nil }?.signature)
    subject.title = try subject.signature.flatMap { key throws(HistoryError) in try text(of: key)?.title } ?? ""
    subject.owner = owners.owner(ofTest: series.test)
    subject.contract = ContractWords(settings.contract).word(in: series.test).map { "its name says \($0)" }
    return subject
  }
}

/// The words that tell a contract by a part of a test's name: `tests/contract/test_a.py`, `test_contract[x]`.
struct ContractWords {
  private let words: Set<String>

  init(_ words: [String]) { self.words = Set(words.map { $0.lowercased() }) }

  func word(in name: String) -> String? {
    let parts = name.lowercased().split { !$0.isLetter && !$0.isNumber }
    for part in parts {
      let part = String(part)
      if words.contains(part) { return part }
      if part.hasSuffix("s"), words.contains(String(part.dropLast())) { return part }
    }
    return nil
  }
}
