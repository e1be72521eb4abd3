/// One service-level figure of a repository's tests: the number now beside its target, the trend, and what it is made of.
package struct HealthFigure: Sendable, Equatable {
  /// How the number stands to its target.
  package enum State: String, MachineWord, Sendable, CaseIterable {
    /// The target is missed.
    case missed
    /// The number is not known: that is never good.
    case unknown
    /// The target is met.
    case met
    /// Nobody set a target.
    case untargeted
  }

  /// What is known of the number.
  package enum Number: Sendable, Equatable {
    /// The number now.
    case known(Double)
    /// There is none; why, as a clause.
    case unknown(String)
  }

  /// A number of the past.
  package struct Point: Sendable, Equatable {
    /// The run, the commit or the day it is of, as people call it.
    package var label: String
    /// When; nil when nothing tells.
    package var time: Timestamp?
    /// The number; nil where it is not known.
    package var number: Double?

    /// A number of the past.
    package init(label: String, time: Timestamp?, number: Double?) {
      self.label = label
      self.time = time
      self.number = number
    }
  }

  /// What the figure says besides its number: `last 24 hours`, `1 of 87 results`.
  package struct Fact: Sendable, Equatable {
    /// What it is.
    package var label: String
    /// What is so.
    package var text: String

    /// A fact.
    package init(_ label: String, _ text: String) {
      self.label = label
      self.text = text
    }
  }

  /// Something that the number is made of.
  package struct Part: Sendable, Equatable {
    /// What people call it.
    package var title: String
    /// What it adds, in words.
    package var text: String
    /// Where it leads.
    package var reference: HealthReference

    /// A part.
    package init(_ title: String, _ text: String, _ reference: HealthReference = .nowhere) {
      self.title = title
      self.text = text
      self.reference = reference
    }
  }

  /// Which figure it is.
  package let kind: HealthKind
  /// The number now.
  package var number: Number
  /// What it should be; nil where nobody set anything.
  package var target: HealthTarget?
  /// Why the target is missed though the number alone would meet it, as a clause.
  package var alert: String?
  /// What there is to say besides.
  package var facts: [Fact] = []
  /// The numbers of the window, oldest first.
  package var points: [Point] = []
  /// What it is made of, what weighs most first.
  package var parts: [Part] = []

  /// A figure.
  package init(_ kind: HealthKind, _ number: Number, target: HealthTarget? = nil) {
    self.kind = kind
    self.number = number
    self.target = target
  }

  /// Its id, which JSON and the screens know it by.
  package var id: String { kind.id }

  /// How it stands.
  package var state: State {
    guard case .known(let value) = number else { return .unknown }
    if alert != nil { return .missed }
    guard let target else { return .untargeted }
    return target.isMet(by: value) ? .met : .missed
  }

  /// The number as people read it; `unknown` where there is none.
  package var numberText: String {
    switch number {
    case .known(let value): kind.unit.text(value)
    case .unknown: HealthFigure.State.unknown.rawValue
    }
  }

  /// The target as people read it: `≥ 99 %`; nil where nobody set one.
  package var targetText: String? { target.map { "\($0.bound.sign) \(kind.unit.text($0.number))" } }
}

/// Where a part of a figure leads.
package enum HealthReference: Sendable, Equatable {
  /// A run of the history.
  case run(RunIdentity)
  /// A test by its stable name, in the run that tells most of it.
  case test(String, in: RunIdentity?)
  /// A golden.
  case golden(GoldenLocation)
  /// A line of a source.
  case source(SourceLocation)
  /// Nowhere: it is said, and that is all.
  case nowhere
}
