package import TriageActions
package import TriageModel

/// An action on failing tests: worked out first, so that a person sees what it would do, then done.
package struct ActionRequest: Sendable, Equatable {
  /// The run that is looked at.
  package var run: RunRef
  /// What is done.
  package var action: ActionDescription
  /// What it is about.
  package var subjects: ActionSubjects
  /// What was typed, by the ids of the inputs.
  package var inputs: [String: String] = [:]
  /// What was chosen, by the ids of the options.
  package var options: Set<String> = []

  /// An action whose inputs are still to be typed.
  package init(run: RunRef, action: ActionDescription, subjects: ActionSubjects) {
    self.run = run
    self.action = action
    self.subjects = subjects
  }
}

/// What an action would do.
package struct ActionAnswer: Sendable, Equatable {
  /// The question this answers.
  package var request: ActionRequest
  /// What it would do, in one line; empty when it cannot be done.
  package var headline = ""
  /// What mutes would have hidden before.
  package var hindsight: String?
  /// What a person should know before, a sentence each.
  package var warnings: [String] = []
  /// The lines of files that go (`- …`) and come (`+ …`).
  package var patch: [String] = []
  /// Why it cannot be done, as a sentence; nil when it can.
  package var refusal: String?

  /// An answer.
  package init(request: ActionRequest) { self.request = request }
}

/// A question for how the mutes stand; answers of an older generation are dropped.
package struct MutesRequest: Sendable, Equatable {
  /// Grows with every question.
  package var generation: Int

  /// A question.
  package init(generation: Int) { self.generation = generation }
}

/// How the mutes stand.
package struct MutesAnswer: Sendable, Equatable {
  /// The question this answers.
  package var request: MutesRequest
  /// The mutes.
  package var table: MuteTable

  /// An answer.
  package init(request: MutesRequest, table: MuteTable) {
    self.request = request
    self.table = table
  }
}
