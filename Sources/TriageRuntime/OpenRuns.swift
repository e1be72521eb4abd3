internal import FailureAnalysis
internal import Synchronization
internal import TriageMessages
internal import TriageModel
internal import TriageServices

/// The open runs as they were read last, each with what is known of it: what is learned of an older reading is dropped.
final class OpenRuns: Sendable {
  private struct State {
    var set = RunSet.none
    var dossiers: [Int: RunDossier] = [:]
    /// The rules that the causes were worked out by.
    var book: CauseRuleSet?
  }

  private let owners: OwnerLookup
  private let commits: CommitSearch?
  private let state = Mutex(State())
  private let working = Mutex(())
  private let masking = Mutex(())

  /// No runs; `owners` and `commits` are asked about those that come.
  init(owners: OwnerLookup, commits: CommitSearch? = nil) {
    self.owners = owners
    self.commits = commits
  }

  /// The runs as they were read last.
  var set: RunSet { state.withLock(\.set) }

  /// Makes runs the open ones, under a revision of their own.
  func open(_ runs: [Run], isComplete: Bool) -> RunSet {
    state.withLock { state in
      state.set = RunSet(revision: state.set.revision + 1, runs: runs, isComplete: isComplete)
      (state.dossiers, state.book) = ([:], nil)
      return state.set
    }
  }

  /// What is known of a run by now; nil when the files were read again since.
  func dossier(_ ref: RunRef) -> RunDossier? {
    state.withLock { state in
      state.set[ref].map { state.dossiers[ref.index] ?? RunDossier(of: $0, owners: owners, commits: commits) }
    }
  }

  /// Whether something was learned of a run already.
  func isKnown(_ ref: RunRef) -> Bool { state.withLock { $0.set[ref] != nil && $0.dossiers[ref.index] != nil } }

  /// Learns something of a run, unless the files were read again since.
  func learn(of ref: RunRef, _ learn: (inout RunDossier) -> Void) {
    state.withLock { state in
      guard let run = state.set[ref] else { return }
      learn(&state.dossiers[ref.index, default: RunDossier(of: run, owners: owners, commits: commits)])
    }
  }

  /// What a run's tests said, masked once; whoever asks first waits for it, and so does who asks meanwhile.
  func signatures(of run: Run, _ ref: RunRef) -> FailureSignatures {
    masking.withLock { _ in
      if let known = dossier(ref)?.signatures { return known }
      let signatures = FailureSignatures(of: run.table)
      learn(of: ref) { $0.take(signatures) }
      return signatures
    }
  }

  /// Whether other rules hold than those that causes were worked out by last.
  func isNew(_ book: CauseRuleSet) -> Bool { state.withLock { $0.book != book } }

  /// Works out the causes of a run's failures; whoever asks first waits for them, and so does who asks meanwhile. Other
  /// rules than those they were worked out by make them anew.
  func findCauses(of ref: RunRef, _ book: CauseRuleSet, known: ([SignatureKey]) -> [SignatureKey: CauseID]) {
    working.withLock { _ in
      guard let dossier = dossier(ref), isNew(book) || dossier.causes == nil else { return }
      let run = dossier.run
      let causes = RunCauses(of: run.testsOfNote, signatures(of: run, ref), book, known: known)
      state.withLock { state in
        if state.book != book { for index in state.dossiers.keys { state.dossiers[index]?.take(nil) } }
        state.book = book
      }
      learn(of: ref) { $0.take(causes) }
    }
  }

  /// What is known of a run by now, its causes named where they were worked out.
  func named(_ ref: RunRef) -> RunDossier? {
    guard var dossier = dossier(ref), dossier.causes != nil, dossier.names == nil else { return self.dossier(ref) }
    dossier.nameCauses()
    learn(of: ref) { $0.takeNames(of: dossier) }
    return dossier
  }
}
