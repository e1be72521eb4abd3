internal import RunHistory
internal import SafeText
internal import ItemQueries
internal import TriageActions
internal import TriageModel
internal import TriageServices
internal import Workspace

/// Finds the failures that a command names: in a run, else in the history.
struct FailureEvidence {
  private let context: CommandContext
  private let options: EvidenceOptions
  private let history: HistoryService?
  /// What people call the run that the failures were found in; nil when it was none.
  private(set) var runName: String?

  /// Looks where the options say.
  init(_ context: CommandContext, _ options: EvidenceOptions, _ history: HistoryService?) {
    self.context = context
    self.options = options
    self.history = history
  }

  /// The mutes that are named: by their whole test or pattern, else by the end or a part of it.
  func mutes(_ wanted: [String]) throws(CommandFailure) -> [FailureSubject] {
    let all = context.records(history).mutes.mutes
    var subjects: [FailureSubject] = []
    for text in wanted {
      var found = all.filter { $0.scope.text == text }
      if found.isEmpty { found = all.filter { $0.scope.text.hasSuffix(text) } }
      if found.isEmpty { found = all.filter { $0.scope.text.lowercased().contains(text.lowercased()) } }
      let scopes = Set(found.map(\.scope))
      let shown = Sanitizer.line(text, limit: 200)
      if scopes.count > 1 {
        let names = scopes.map(\.text).sorted().prefix(10).map { Sanitizer.line($0, limit: 200) }
        throw .wrong("could not choose among the mutes that \(shown) fits: \(names.joined(separator: ", "))")
      }
      guard let scope = scopes.first else { throw .unreadable("could not find a mute of \(shown) (assay mutes)") }
      subjects.append(FailureSubject(scope))
    }
    return subjects
  }

  /// The failures that are named.
  mutating func subjects(_ wanted: [String], isGlob: Bool) throws(CommandFailure) -> [FailureSubject] {
    guard let dossier = try dossier() else {
      if isGlob { throw .unreadable("could not find a run, so what a pattern covers is not known (--from PATH)") }
      return try wanted.map { text throws(CommandFailure) in try known(text) }
    }
    let subjects = FailureSubjects(dossier, context.configuration.mutes)
    var found: [FailureSubject] = []
    for text in wanted {
      if isGlob {
        found.append(subjects.subject(ofPattern: text))
      } else {
        found.append(try subjects.subject(of: test(text, in: dossier.run)))
      }
    }
    return found
  }

  /// The failure that is named in a run, with all that is known of the run.
  mutating func failure(_ wanted: String) throws(CommandFailure) -> (RunDossier, TestIndex) {
    guard let dossier = try dossier() else { throw .unreadable("could not find a run (--from PATH)") }
    return (dossier, try test(wanted, in: dossier.run))
  }

  /// What is known of the newest run; nil where none lies in the usual places.
  mutating func dossier() throws(CommandFailure) -> RunDossier? {
    let reading = RunReading(context: context)
    if options.from.isEmpty, !reading.hasUsualRuns { return nil }
    let runs = try reading.read(try reading.request(options.from)).runs
    guard let run = runs.first else { throw .unreadable("could not find a run") }
    runName = run.info.name
    if options.from.isEmpty || runs.count > 1 { StandardError.write("assay: from \(run.info.name)") }
    var dossier = RunDossier(of: run, owners: OwnerLookup(context.owners))
    let book = CauseRuleSet(context.repository)
    try? dossier.learnAll(
      among: runs, history: history, goldens: nil, causes: book, records: context.records(history))
    return dossier
  }

  /// The test that is meant; of its legs the first that fails.
  func test(_ wanted: String, in run: Run) throws(CommandFailure) -> TestIndex {
    let shown = Sanitizer.line(wanted, limit: 200)
    switch TestLookup(wanted, in: [run]) {
    case .found(_, let places):
      let tests = places.map(\.test)
      return tests.first { run.table.outcome(of: $0).isFailing } ?? tests[0]
    case .several(let ids, let count):
      let names = ids.map { Sanitizer.line($0, limit: 200) }.joined(separator: ", ")
      throw .wrong("could not choose among \(count) tests that \(shown) fits: \(names)")
    case .none(let near):
      let hint = near.isEmpty ? "" : "; near it: " + near.map { Sanitizer.line($0, limit: 200) }.joined(separator: ", ")
      throw .unreadable("could not find the test \(shown) in \(run.info.name)\(hint)")
    }
  }

  /// A test of the history with its newest failure.
  private func known(_ wanted: String) throws(CommandFailure) -> FailureSubject {
    let shown = Sanitizer.line(wanted, limit: 200)
    guard let history else {
      throw .unreadable("could not find the test \(shown): no run was named (--from PATH), and there is no history")
    }
    let fitting = try CommandContext.asked { () throws(HistoryError) in try history.tests(fitting: wanted) }
    let exact = fitting.filter { $0 == StableName.of(wanted) }
    let names = exact.isEmpty ? fitting : exact
    guard names.count == 1 else {
      if names.isEmpty { throw .unreadable("could not find the test \(shown) in the history") }
      throw .wrong("could not choose among the tests that \(shown) fits: \(names.prefix(10).joined(separator: ", "))")
    }
    return try CommandContext.asked { () throws(HistoryError) in
      try history.subject(of: names[0], OwnerLookup(context.owners), context.configuration.mutes)
    }
  }
}
