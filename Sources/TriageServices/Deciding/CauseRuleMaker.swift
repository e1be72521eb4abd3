internal import FailureAnalysis
package import TriageActions
internal import TriageModel
package import Workspace

/// Turns a person's word on tests into a rule on what their failures say.
package enum CauseRuleMaker {
  /// Keys of one cause that a rule names: enough to know the cause by, when not all of its texts come again.
  private static let namedKeys = 8

  /// The rule; why there is none, as a clause.
  package static func rule(_ decision: CauseDecision, _ causes: RunCauses) -> Result<CauseRule, Refusal> {
    switch decision.kind {
    case .merge:
      let places = Set(decision.tests.compactMap { causes.places[$0] }).sorted()
      guard places.count > 1 else { return .failure(Refusal("their failures are one cause already")) }
      let keys = places.flatMap { place in
        let own = causes.causes[place]
        let leader = own.keys.filter { CauseID($0) == own.id }
        return (leader + own.keys.filter { CauseID($0) != own.id }).prefix(namedKeys)
      }
      return .success(CauseRule(.merge(keys), title: decision.words))
    case .split:
      guard let test = decision.tests.first, let key = causes.keys[test], let cause = causes.cause(of: test) else {
        return .failure(Refusal("the test said nothing that could be told apart"))
      }
      let others = decision.tests.dropFirst().contains { causes.keys[$0].map { $0 != key } ?? false }
      guard cause.keys.count > 1 || others else {
        return .failure(Refusal("all failures of this cause say the same, so there is nothing to split"))
      }
      return .success(CauseRule(.split(key), reason: decision.words))
    }
  }

  /// Why there is no rule.
  package struct Refusal: Error, Equatable {
    /// The clause.
    package let words: String

    init(_ words: String) { self.words = words }
  }
}
