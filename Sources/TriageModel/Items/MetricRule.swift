/// What a metric must be, by the repository's configuration: `recall where country=BR ≥ 0.85`.
package struct MetricRule: Sendable, Equatable {
  /// How far a metric may move from the run before it.
  package struct Change: Sendable, Equatable {
    /// How far: of the metric's own unit, or of its value before.
    package var amount: Double
    /// Whether `amount` is a share of the value before.
    package var isRelative: Bool

    /// A distance.
    package init(_ amount: Double, isRelative: Bool) {
      self.amount = amount
      self.isRelative = isRelative
    }

    /// `0.02`, `2 %`.
    package var words: String {
      isRelative ? FigureText.of(amount * 100) + " %" : FigureText.of(amount)
    }

    /// How far that is from a value.
    package func distance(from value: Double) -> Double { isRelative ? amount * value.magnitude : amount }
  }

  /// A pattern for the metric's name, without its slice.
  package var metric: String
  /// What the slice must be of, by its columns; empty for the whole.
  package var slice: [String: String] = [:]
  /// The least that it may be.
  package var least: Double?
  /// The most that it may be.
  package var most: Double?
  /// How far it may fall below the run before.
  package var fall: Change?
  /// How far it may rise above the run before.
  package var rise: Change?

  /// A rule that demands nothing yet.
  package init(metric: String) { self.metric = metric }

  /// `recall where country=BR`.
  package var title: String {
    if slice.isEmpty { return metric }
    return metric + " where " + slice.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ", ")
  }

  /// What of the limits a value misses, as a clause; nil when it is inside of them.
  package func miss(_ value: Double) -> String? {
    if value.isNaN { return "is no number" }
    if let least, value < least { return "is \(FigureText.of(value)), at least \(FigureText.of(least)) is asked" }
    if let most, value > most { return "is \(FigureText.of(value)), at most \(FigureText.of(most)) is asked" }
    return nil
  }

  /// What of the changes a value misses, as a clause; nil when it moved no further than it may.
  package func miss(_ value: Double, after before: Double, in run: String) -> String? {
    let moved = "\(FigureText.of(before)) in \(run), \(FigureText.of(value)) now"
    if let fall, before - value > fall.distance(from: before) { return "fell by more than \(fall.words): \(moved)" }
    if let rise, value - before > rise.distance(from: before) { return "rose by more than \(rise.words): \(moved)" }
    return nil
  }
}

/// The name of a metric: what is measured, and the slice of the data that it is measured on, `recall[country=BR]`.
package struct MetricName: Sendable, Equatable {
  /// What is measured.
  package var name: String
  /// The slice by its columns; empty for all data.
  package var slice: [String: String]

  /// A metric of a slice.
  package init(_ name: String, slice: [String: String] = [:]) {
    self.name = name
    self.slice = slice
  }

  /// The whole name.
  package var text: String {
    if slice.isEmpty { return name }
    return name + "[" + slice.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ",") + "]"
  }

  /// Reads what `text` writes; a name of another form is a name without a slice.
  package init(parsing text: String) {
    self.init(text)
    guard text.hasSuffix("]"), let open = text.firstIndex(of: "["), open > text.startIndex else { return }
    var slice: [String: String] = [:]
    for part in text[text.index(after: open)...].dropLast().split(separator: ",") {
      guard let mark = part.firstIndex(of: "=") else { return }
      slice[String(part[..<mark])] = String(part[part.index(after: mark)...])
    }
    self.init(String(text[..<open]), slice: slice)
  }
}

/// Two files that are compared, by the repository's configuration: one in the repository, and one that a run leaves.
package struct DeclaredPair: Sendable, Equatable {
  /// The file in the repository, a path relative to it.
  package var expected: String
  /// A pattern for the run's file.
  package var observed: String

  /// A pair of files.
  package init(expected: String, observed: String) {
    self.expected = expected
    self.observed = observed
  }
}
