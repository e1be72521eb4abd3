/// One step of a compiled glob.
enum GlobToken: Hashable, Sendable {
  case scalar(Unicode.Scalar)
  /// `?`
  case one
  /// `*`
  case star
  /// `**`
  case everything
  /// `**/`: any number of whole folders.
  case folders
  /// `[a-z]`, `[!a]`
  case set([ClosedRange<Unicode.Scalar>], isNegated: Bool)

  enum Step {
    case no
    case stay
    case advance
    case both
  }

  /// Whether it may match nothing.
  var mayBeEmpty: Bool { self == .star || self == .everything || self == .folders }

  /// What a scalar does to it.
  func step(_ scalar: Unicode.Scalar) -> Step {
    switch self {
    case .scalar(let own): scalar == own ? .advance : .no
    case .one: scalar == "/" ? .no : .advance
    case .star: scalar == "/" ? .no : .both
    case .everything: .both
    case .folders: scalar == "/" ? .both : .stay
    case .set(let ranges, let isNegated):
      scalar != "/" && ranges.contains { $0.contains(scalar) } != isNegated ? .advance : .no
    }
  }
}
