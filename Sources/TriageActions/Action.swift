package import TriageModel

/// Something that a person does to what is reviewed: one file says all of it, and the registry lists it.
///
/// The key, help, the panel, the command, its JSON and the journal are made from the description.
package protocol Action: Sendable {
  /// What it is called and what it asks for.
  static var description: ActionDescription { get }
  /// An action that was not yet told on what.
  init()
}

/// An action on golden changes.
package protocol GoldenAction: Action {
  /// Whether goldens get other bytes, so that there is a difference to look at.
  static var changesGoldens: Bool { get }
  /// Why it cannot be taken on a single golden, whatever the reason for it; nil when it can.
  func refusal(of change: GoldenChange) -> String?
  /// What it would do, in one line over the details.
  func headline(goldens: Int, files: Int) -> String
  /// What it does with changes, and what it leaves out.
  func plan(_ candidates: [Candidate], _ facts: DecisionFacts, in files: some GoldenFiles) -> Plan
}

extension GoldenAction {
  /// Goldens stay what they are, unless an action says otherwise.
  package static var changesGoldens: Bool { false }
  /// Any golden can be chosen, unless an action says otherwise.
  package func refusal(of change: GoldenChange) -> String? { nil }
  /// The files, unless an action has more to say.
  package func headline(goldens: Int, files: Int) -> String {
    "\(CountText.of(files, "file")) would be written for \(CountText.of(goldens, "golden"))"
  }
}

/// An action on the causes of failures: a rule that everybody's runs are grouped by from then on.
package protocol CauseAction: Action {
  /// Whether it is about all causes that are marked, and not about the failure under the cursor.
  static var takesMarks: Bool { get }
  /// What is typed for: `merge 2 causes`.
  func subject(causes: Int) -> String
  /// What it would do, in one line over the details.
  var headline: String { get }
  /// The rule; throws why there is none.
  func rule(_ facts: CauseFacts, words: String) throws(CauseRefusal) -> CauseRule
}

/// What a rule on causes is made of: what the failures of the chosen tests say.
package struct CauseFacts: Sendable, Equatable {
  /// The failures of each cause, the one that it is named after first.
  package var causes: [[SignatureKey]]
  /// The failure that the decision is about; nil when it said nothing that could be told apart.
  package var failure: SignatureKey?
  /// Whether its cause has failures that say something else.
  package var isShared: Bool

  /// What failures say.
  package init(causes: [[SignatureKey]], failure: SignatureKey?, isShared: Bool) {
    self.causes = causes
    self.failure = failure
    self.isShared = isShared
  }
}

/// Why there is no rule.
package struct CauseRefusal: Error, Equatable {
  /// The clause.
  package let words: String

  init(_ words: String) { self.words = words }
}
