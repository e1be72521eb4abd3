package import TriageModel

/// One thing that an action does, as data: a plan is shown before it is carried out, and tested by one comparison.
package enum Step: Sendable, Equatable {
  /// The golden gets the actual's bytes, if it is still the one that was expected (nil: none).
  case replace(GoldenPlace, expected: ContentHash?, actual: ContentHash)
  /// The golden is removed, if it is still the one that was expected.
  case remove(GoldenPlace, expected: ContentHash)
  /// The ledger gets a line that this actual (nil: the deletion) was refused.
  case refuse(GoldenPlace, actual: ContentHash?)

  /// The golden.
  package var place: GoldenPlace {
    switch self {
    case .replace(let place, _, _), .remove(let place, _), .refuse(let place, _): place
    }
  }

  /// The step in words, for a dry run.
  package var words: String {
    switch self {
    case .replace(let place, nil, let actual): "make \(place) (\(actual.short))"
    case .replace(let place, let expected?, let actual): "replace \(place) (\(expected.short) by \(actual.short))"
    case .remove(let place, let expected): "remove \(place) (\(expected.short))"
    case .refuse(let place, let actual): "refuse \(actual.map { "\($0.short) for " } ?? "the deletion of ")\(place)"
    }
  }
}
