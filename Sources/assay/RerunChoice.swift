internal import ItemQueries
internal import RunHistory
internal import SafeText
internal import TriageActions
internal import TriageModel
internal import TriageServices
internal import Workspace

/// Finds the tests that are to be run again: in a run, in the history, or by what their framework calls them.
struct RerunChoice {
  /// What was found.
  struct Found {
    var tests: [RerunTest] = []
    /// Of tests with one cause the first.
    var onePerCause: [RerunTest] = []
    /// The run's commit; nil where no run was read, or it does not say.
    var commit: String?
    /// What is known of the run that they are of; nil where no run was read.
    var dossier: RunDossier?
  }

  private let context: CommandContext
  private let options: EvidenceOptions
  private let history: HistoryService

  init(_ context: CommandContext, _ options: EvidenceOptions, _ history: HistoryService) {
    self.context = context
    self.options = options
    self.history = history
  }

  /// The tests; `isFailed` takes the words for paths.
  func tests(
    _ words: [String], isFailed: Bool, _ filter: String?, _ service: RerunService
  ) throws(CommandFailure) -> Found {
    var options = options
    if isFailed { options.from += words }
    var evidence = FailureEvidence(context, options, history)
    guard let dossier = try evidence.dossier() else {
      if isFailed { throw .unreadable("could not find a run (assay rerun --failed PATH)") }
      return try named(words)
    }
    var indices: [TestIndex] = []
    var found = Found(commit: dossier.run.info.commit, dossier: dossier)
    if isFailed {
      indices = dossier.run.table.tests { $0.isFailing }
    } else {
      for word in words {
        do throws(CommandFailure) {
          indices.append(try evidence.test(word, in: dossier.run))
        } catch {
          // A test that the run does not know may still be one that its framework knows.
          guard let test = RerunTest(named: word), service.knows(test) else { throw error }
          found.tests.append(test)
        }
      }
    }
    if let filter { indices = try filtered(indices, by: filter, dossier) }
    var causes: Set<String> = []
    found.onePerCause = found.tests
    for index in indices {
      let test = RerunTest(index, in: dossier)
      found.tests.append(test)
      let cause = dossier.cause(of: index).map { "\($0.key)" }
      if cause.map({ causes.insert($0).inserted }) ?? true { found.onePerCause.append(test) }
    }
    if found.tests.isEmpty { throw .unreadable("could not find a failing test in \(dossier.run.info.name)") }
    return found
  }

  private func filtered(
    _ tests: [TestIndex], by text: String, _ dossier: RunDossier
  ) throws(CommandFailure) -> [TestIndex] {
    do throws(FilterError) {
      let filter = try TestFilter(parsing: text)
      return filter.tests(in: dossier.run, among: tests, facts: dossier.facts)
    } catch {
      throw .wrong("could not read the filter: \(error)")
    }
  }

  /// Tests of the history, or of the framework.
  private func named(_ words: [String]) throws(CommandFailure) -> Found {
    var found = Found()
    for word in words {
      let fitting = try CommandContext.asked { () throws(HistoryError) in try history.tests(fitting: word) }
      let exact = fitting.filter { $0 == word }
      let names = exact.isEmpty ? fitting : exact
      if names.count > 1 {
        throw .wrong(
          "could not choose among the tests that \(Sanitizer.line(word)) fits: \(names.prefix(10).joined(separator: ", "))"
        )
      }
      guard let test = RerunTest(named: names.first ?? word) else {
        throw .unreadable("could not find the test \(Sanitizer.line(word, limit: 200)) (--from PATH)")
      }
      found.tests.append(test)
    }
    found.onePerCause = found.tests
    return found
  }
}
