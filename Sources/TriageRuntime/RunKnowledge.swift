internal import FailureAnalysis
internal import Synchronization
internal import TestQueries
internal import TriageModel
internal import TriageServices

/// What is known of the open runs beyond their reports: causes, worked out when they are first asked for, and what the
/// history says, once it has said it.
final class RunKnowledge: Sendable {
  /// A run of the open ones, as of one reading of the files.
  struct Place: Hashable {
    var run: Int
    var revision: Int
  }

  private struct State {
    var revision = 0
    var signatures: [Int: FailureSignatures] = [:]
    var causes: [Int: RunCauses] = [:]
    var standings: [Int: [TestIndex: TestStanding]] = [:]
    var goldenTests: [Int: Set<TestIndex>] = [:]
    /// Until something is learned that they are made of.
    var names: [Int: CauseNames] = [:]
    /// The rules that the causes were worked out by.
    var book: CauseBook?

    /// Forgets what was known of tables that were replaced.
    mutating func turn(to newer: Int) {
      guard newer > revision else { return }
      self = State(revision: newer)
    }
  }

  private let state = Mutex(State())
  private let working = Mutex(())
  private let masking = Mutex(())

  /// The signatures of a run's failures, made once; whoever asks first waits for them, and so does who asks meanwhile.
  func signatures(of run: Run, at place: Place) -> FailureSignatures {
    masking.withLock { _ in
      let known = state.withLock { $0.revision == place.revision ? $0.signatures[place.run] : nil }
      if let known { return known }
      let signatures = FailureSignatures(of: run.table)
      state.withLock { state in
        state.turn(to: place.revision)
        if state.revision == place.revision { state.signatures[place.run] = signatures }
      }
      return signatures
    }
  }

  /// Whether other rules hold than those that causes were worked out by last.
  func isNew(_ book: CauseBook) -> Bool { state.withLock { $0.book != book } }

  /// The causes of a run where they are known already.
  func knownCauses(at place: Place) -> RunCauses? {
    state.withLock { $0.revision == place.revision ? $0.causes[place.run] : nil }
  }

  /// The causes of a run; whoever asks first waits for them, and so does who asks meanwhile. Other rules than those
  /// they were worked out by make them anew.
  func causes(
    of run: Run, at place: Place, _ book: CauseBook, known: ([SignatureKey]) -> [SignatureKey: CauseID]
  ) -> RunCauses {
    working.withLock { _ in
      if state.withLock({ $0.book == book }), let known = knownCauses(at: place) { return known }
      let causes = RunCauses(of: run.testsOfNote, signatures(of: run, at: place), book, known: known)
      state.withLock { state in
        state.turn(to: place.revision)
        if state.book != book { (state.causes, state.names) = ([:], [:]) }
        state.book = book
        if state.revision == place.revision { state.causes[place.run] = causes }
      }
      return causes
    }
  }

  /// What the causes of a run are called; made when that is not known yet, or not by all that is known.
  func names(
    at place: Place, _ causes: RunCauses, make: ([TestIndex: TestStanding], Set<TestIndex>) -> CauseNames
  ) -> CauseNames {
    if let names = state.withLock({ $0.revision == place.revision ? $0.names[place.run] : nil }) { return names }
    let (standings, goldens) = (standings(at: place), goldenTests(at: place))
    let names = make(standings, goldens)
    state.withLock { state in
      let isStill = state.revision == place.revision && state.standings[place.run] ?? [:] == standings
      if isStill, state.goldenTests[place.run] ?? [] == goldens { state.names[place.run] = names }
    }
    return names
  }

  /// Takes what the history says of a run's tests.
  func take(_ standings: [TestIndex: TestStanding], at place: Place) {
    state.withLock { state in
      state.turn(to: place.revision)
      if state.revision == place.revision { (state.standings[place.run], state.names[place.run]) = (standings, nil) }
    }
  }

  /// What the history said of a run's tests; empty before it did.
  func standings(at place: Place) -> [TestIndex: TestStanding] {
    state.withLock { $0.revision == place.revision ? $0.standings[place.run] ?? [:] : [:] }
  }

  /// Takes which tests of a run have golden changes.
  func take(goldenTests: Set<TestIndex>, at place: Place) {
    state.withLock { state in
      state.turn(to: place.revision)
      if state.revision == place.revision {
        (state.goldenTests[place.run], state.names[place.run]) = (goldenTests, nil)
      }
    }
  }

  /// The tests of a run whose goldens are known to have changed.
  func goldenTests(at place: Place) -> Set<TestIndex> {
    state.withLock { $0.revision == place.revision ? $0.goldenTests[place.run] ?? [] : [] }
  }
}
