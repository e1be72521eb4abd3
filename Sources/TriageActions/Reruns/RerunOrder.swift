internal import TriageModel

/// How tests are run again, as a person asks for it.
package struct RerunOrder: Sendable, Equatable {
  /// How often.
  package enum Count: Sendable, Equatable {
    /// So many times.
    case times(Int)
    /// Until a test fails, and at most so many times.
    case untilFail(most: Int)
    /// Until it is known whether it is flaky or fails always, and at most so many times.
    case untilKnown(most: Int)
    /// Until it passed so many times in a row: a fix is proven, or one failure refutes it.
    case prove(passes: Int)

    /// The attempts that are made at most.
    package var most: Int {
      switch self {
      case .times(let count), .untilFail(let count), .untilKnown(let count), .prove(let count): count
      }
    }
  }

  /// At which state of the repository.
  package enum Place: String, MachineWord, Sendable, CaseIterable {
    /// As it lies here.
    case here
    /// At the run's commit, in a working tree of its own that is removed afterwards.
    case run
  }

  /// Whether what was drawn at random is drawn again alike.
  package enum Seed: String, MachineWord, Sendable, CaseIterable {
    /// With the seeds and inputs that the failure names.
    case same
    /// Anew.
    case random
  }

  /// Seconds that one process may take where nothing else is said.
  package static let usualTimeLimit = 600.0
  /// Attempts that are made at most until a test is known or fails.
  package static let usualMost = 100

  /// How often.
  package var count = Count.times(1)
  /// Processes at a time.
  package var jobs = 1
  /// Seconds that one process may take; nil for what the repository says, else ten minutes.
  package var timeLimit: Double?
  /// At which state of the repository.
  package var place = Place.here
  /// How what is random is drawn.
  package var seed = Seed.same
  /// Tests that are run before those that are meant, in the same process where the framework can do that.
  package var before: [RerunTest] = []
  /// Whether tests are run in just the order in which they are named, whatever plugins would make of it.
  package var isInOrder = false
  /// Variables that are set beside the others: a condition that is tried.
  package var environment: [String: String] = [:]
  /// What the command is started by: a condition that is tried (`taskset -c 0`).
  package var wrapper: [String] = []

  /// Whether no condition is tried.
  package var isPlain: Bool { before.isEmpty && environment.isEmpty && wrapper.isEmpty }

  /// Once, here, with the same seeds.
  package init() {}
}
