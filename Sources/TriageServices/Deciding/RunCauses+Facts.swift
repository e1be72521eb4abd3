internal import FailureAnalysis
package import TriageActions
package import TriageModel

extension RunCauses {
  /// What a rule on the causes of tests is made of; the first of the tests is the one that a split is about.
  package func facts(of tests: [TestIndex]) -> CauseFacts {
    let places = Set(tests.compactMap { self.indices[$0] }).sorted()
    let failures = places.map { place in
      let own = causes[place]
      let leader = own.keys.filter { CauseID($0) == own.id }
      return leader + own.keys.filter { CauseID($0) != own.id }
    }
    guard let test = tests.first, let key = keys[test], let cause = cause(of: test) else {
      return CauseFacts(causes: failures, failure: nil, isShared: false)
    }
    let others = tests.dropFirst().contains { keys[$0].map { $0 != key } ?? false }
    return CauseFacts(causes: failures, failure: key, isShared: cause.keys.count > 1 || others)
  }
}
