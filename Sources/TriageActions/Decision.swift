package import TriageModel

/// A decision on golden changes: prepared first, so that a person sees what it would do, then carried out.
package struct DecisionRequest: Sendable, Equatable {
  /// The run.
  package var run: RunRef
  /// What is done.
  package var action: ActionDescription
  /// The goldens.
  package var locations: [GoldenLocation]
  /// The actuals that were reviewed, by golden: bytes with another hash are refused.
  package var reviewed: [GoldenLocation: ContentHash]
  /// Those of the goldens whose comparison was on the screen.
  package var displayed: Set<GoldenLocation>
  /// Why; not empty when it is carried out.
  package var reason: String
  /// The ticket, if there is one.
  package var ticket: String?
  /// Obstacles that the person has named, and that therefore hold nothing back.
  package var named: Set<Obstacle>
  /// Whether many were chosen at once, by marks or a filter, and not each by its name.
  package var isBulk: Bool

  /// A decision.
  package init(
    run: RunRef, action: ActionDescription, places: [GoldenLocation], reviewed: [GoldenLocation: ContentHash],
    displayed: Set<GoldenLocation>, reason: String = "", ticket: String? = nil, named: Set<Obstacle> = [],
    isBulk: Bool? = nil
  ) {
    self.run = run
    self.action = action
    self.locations = places
    self.reviewed = reviewed
    self.displayed = displayed
    self.reason = reason
    self.ticket = ticket
    self.named = named
    self.isBulk = isBulk ?? (places.count > 1)
  }
}

/// What a decision would do, and what it leaves out.
package struct DecisionPreview: Sendable, Equatable {
  /// A golden change that is left out.
  package typealias Held = HeldBack

  /// The decision.
  package var request: DecisionRequest
  /// The goldens it would be carried out on.
  package var locations: [GoldenLocation]
  /// The files it would write, relative to the repository.
  package var files: [String]
  /// Goldens among them whose comparison was never on the screen.
  package var neverDisplayed: Int
  /// What is left out.
  package var held: [Held]
  /// What a person should know, a sentence each: the commit is no ancestor of HEAD …
  package var warnings: [String]
  /// Why nothing may be written at all (CI, --read-only, no repository), as a sentence; nil when it may.
  package var refusal: String?

  /// What a decision would do.
  package init(
    request: DecisionRequest, places: [GoldenLocation], files: [String], neverDisplayed: Int,
    held: [Held], warnings: [String], refusal: String? = nil
  ) {
    self.request = request
    self.locations = places
    self.files = files
    self.neverDisplayed = neverDisplayed
    self.held = held
    self.warnings = warnings
    self.refusal = refusal
  }
}

/// What became of a decision.
package struct DecisionOutcome: Sendable, Equatable {
  /// The decision.
  package var request: DecisionRequest
  /// The goldens it was carried out on.
  package var done: [GoldenLocation]
  /// What was left out.
  package var held: [DecisionPreview.Held]
  /// The number of its entry in the journal; nil when nothing was written.
  package var entry: Int?
  /// What a person should know, a sentence each.
  package var warnings: [String] = []
  /// Why it could not be carried out, as a sentence; then nothing was changed, or what was is in the journal.
  package var failure: String?

  /// What became of a decision.
  package init(
    request: DecisionRequest, done: [GoldenLocation], held: [DecisionPreview.Held], failure: String? = nil
  ) {
    self.request = request
    self.done = done
    self.held = held
    self.failure = failure
  }
}

/// The newest entry of the journal that can be taken back (or done again), shown before it is.
package struct UndoOffer: Sendable, Equatable {
  /// The entry's number in the journal.
  package var entry: Int
  /// Whether it is done again instead of taken back.
  package var isRedo: Bool
  /// What it did, in one line: `approved 6 goldens: "clipped logit is meant"`.
  package var title: String
  /// The files that would change.
  package var files: [String]
  /// The ledger that would get a line, relative to the repository; nil when none would.
  package var ledger: String?
  /// What else there is to say, a sentence each: what would be trusted no longer, what stays done.
  package var remarks: [String] = []

  /// An offer.
  package init(entry: Int, isRedo: Bool, title: String, files: [String], ledger: String? = nil) {
    self.entry = entry
    self.isRedo = isRedo
    self.title = title
    self.files = files
    self.ledger = ledger
  }
}
