/// A person's decision that a failure does not count, until a day.
package struct Mute: Sendable, Equatable {
  /// Which tests it is about.
  package enum Scope: Sendable, Hashable {
    /// One test, by its stable name.
    case test(String)
    /// All tests whose names fit a pattern.
    case glob(String)

    /// The name or the pattern.
    package var text: String {
      switch self {
      case .test(let text), .glob(let text): text
      }
    }
  }

  /// Which tests.
  package var scope: Scope
  /// The only failure that is muted; nil for whatever the tests say.
  package var signature: SignatureKey?
  /// What the run must be, as its labels, its leg's and its branch say; empty for every run.
  package var labels: [String: String] = [:]
  /// The ticket.
  package var ticket: String
  /// Why.
  package var reason: String
  /// Whose it is to mend it.
  package var owner: String?
  /// Who muted: `Name <mail>`.
  package var author: String?
  /// Since when.
  package var created: Day?
  /// The last day that it holds, to its end in UTC.
  package var expires: Day
  /// Passes in a row after which it is healed; nil for none.
  package var passes: Int?

  /// A mute.
  package init(_ scope: Scope, ticket: String, reason: String, expires: Day) {
    self.scope = scope
    self.ticket = ticket
    self.reason = reason
    self.expires = expires
  }

  /// Whether it names its test, and not a pattern of names.
  package var isNamed: Bool { if case .test = scope { true } else { false } }

  /// Whether it is over.
  package func isExpired(on day: Day) -> Bool { expires < day }

  /// What it is about, for a line: the test, the failure, the labels.
  package var subject: String {
    let labels = labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    let parts = [
      scope.text, signature.map { "only the failure \($0.text)" }, labels.isEmpty ? nil : labels.joined(separator: " "),
    ]
    return parts.compactMap(\.self).joined(separator: ", ")
  }

  /// Whether another one is about the same tests, failure and labels.
  package func isAbout(_ other: Mute) -> Bool {
    scope == other.scope && signature == other.signature && labels == other.labels
  }
}

/// What the mutes say of a failure.
package enum MuteState: Sendable, Equatable {
  /// It does not count.
  case muted(Mute)
  /// A mute is about its test and does not hold for it; why, as a clause.
  case notCovered(Mute, why: String)

  /// The mute that holds; nil when none does.
  package var mute: Mute? { if case .muted(let mute) = self { mute } else { nil } }
}

/// One change of the mutes.
package enum MuteEdit: Sendable, Equatable {
  /// A mute more.
  case add(Mute)
  /// One gets another day, another failure or other labels.
  case replace(Mute, with: Mute)
  /// One is taken away.
  case remove(Mute)
}
