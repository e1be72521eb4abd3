/// What a thing to review says of itself, as its reader hands it to the queue: an expectation, a mutant, a metric …
package struct ReviewItem: Sendable {
  /// What kind of item it is.
  package var kind: ItemKind
  /// What it is about: a suite on a batch, a consumer and a provider, a rule; empty where the name alone says it.
  package var subject: String
  /// Its name, which stays the same from run to run.
  package var name: String
  /// How it ended.
  package var outcome: Outcome
  /// What is wrong, in a line.
  package var message = ""
  /// The word of its tool for what is wrong: a rule, a type of check.
  package var type = ""
  /// What is wrong, whole.
  package var details = ""
  /// Where it lies.
  package var location: SourceLocation?
  /// Seconds that it took.
  package var duration: Double?
  /// The number that it is known by over runs.
  package var measure: Measure?
  /// What was expected and what was observed, to be looked at side by side; nil where there is no such pair.
  package var pair: Pair?
  /// What else its report keeps, in order.
  package var facts: [(name: String, value: String)] = []

  /// A number that is followed over runs.
  package struct Measure: Sendable, Equatable {
    /// The number.
    package var value: Double
    /// What it counts: `s`, `%`, `rows`; empty for a bare number.
    package var unit: String
    /// Which way is better.
    package var better: Better

    /// Which way a measure gets better.
    package enum Better: UInt8, Sendable {
      case lower
      case higher
      /// Neither: it is only shown.
      case neither
    }

    /// A number of a unit.
    package init(_ value: Double, unit: String = "", better: Better = .neither) {
      self.value = value
      self.unit = unit
      self.better = better
    }
  }

  /// Two texts side by side.
  package struct Pair: Sendable, Equatable {
    /// What was to be.
    package var expected: String
    /// What was.
    package var observed: String

    /// What was to be and what was.
    package init(expected: String, observed: String) {
      self.expected = expected
      self.observed = observed
    }
  }

  /// An item of which the report says how it ended.
  package init(_ kind: ItemKind, about subject: String, _ name: String, _ outcome: Outcome, _ message: String = "") {
    self.kind = kind
    self.subject = subject
    self.name = name
    self.outcome = outcome
    self.message = message
  }
}

/// What few rows have: the measure and the pair of a review item.
struct ItemRow: Sendable {
  var test: UInt32
  var value: Double
  var unit: TextRef
  var better: ReviewItem.Measure.Better
  var hasMeasure: Bool
  var hasPair: Bool
  var expected: TextRef
  var observed: TextRef
}

extension TestTableBuilder {
  /// Adds a review item.
  package mutating func add(_ item: ReviewItem) {
    let suite = suite(item.kind.suite(about: item.subject))
    let name = item.name.isEmpty ? "(no name)" : item.name
    var record = AttemptRecord(suite: suite, name: text(name), outcome: item.outcome)
    record.kind = item.kind
    record.duplicate = .otherTest
    if let seconds = item.duration, seconds.isFinite, seconds >= 0, seconds < 1e9 { record.duration = Float(seconds) }
    if let location = item.location {
      record.file = text(location.file)
      record.line = UInt32(clamping: location.line ?? 0)
    }
    if item.outcome.isFailing {
      var failure = FailureRecord()
      failure.type = text(item.type)
      failure.message = text(item.message)
      failure.details = text(item.details)
      if let location = item.location {
        failure.file = record.file
        failure.line = UInt32(clamping: location.line ?? 0)
      }
      record.failures = [failure]
    } else {
      record.note = text(item.details.isEmpty ? item.message : item.message + "\n" + item.details)
    }
    record.properties = item.facts.map { (text($0.name), text($0.value)) }
    let before = table.count
    add(record)
    if table.count > before, item.measure != nil || item.pair != nil { keep(item, of: UInt32(table.count - 1)) }
  }

  private mutating func keep(_ item: ReviewItem, of test: UInt32) {
    table.items.append(
      ItemRow(
        test: test, value: item.measure?.value ?? 0, unit: text(item.measure?.unit ?? ""),
        better: item.measure?.better ?? .neither, hasMeasure: item.measure != nil, hasPair: item.pair != nil,
        expected: text(item.pair?.expected ?? ""), observed: text(item.pair?.observed ?? "")))
  }
}

extension TestTable {
  /// The number that an item is known by over runs; nil for tests and items that have none.
  package func measure(of test: TestIndex) -> ReviewItem.Measure? {
    guard let row = itemRow(of: test), row.hasMeasure else { return nil }
    return ReviewItem.Measure(row.value, unit: text.string(row.unit), better: row.better)
  }

  /// What was expected of an item and what was observed; nil where there is no such pair.
  package func pair(of test: TestIndex) -> ReviewItem.Pair? {
    guard let row = itemRow(of: test), row.hasPair else { return nil }
    return ReviewItem.Pair(expected: text.string(row.expected), observed: text.string(row.observed))
  }

  /// The rows that are no tests.
  package var reviewItems: [TestIndex] {
    if itemCounts.isEmpty { return [] }
    let ofTests = kinds.map(\.isOfTests)
    var found: [TestIndex] = []
    tests.forEachChunk { first, rows in
      for (offset, row) in rows.enumerated() where !ofTests[Int(row.kind)] { found.append(TestIndex(first + offset)) }
    }
    return found
  }

  /// The kinds of row that there are, tests first.
  package var itemKinds: [ItemKind] { kinds }

  /// Changes how an item ended, by what the configuration or the history makes of it, and says why.
  package mutating func judge(_ test: TestIndex, as outcome: Outcome, saying message: String) {
    let index = Int(test.value)
    let before = tests[index].outcome
    if before == outcome, !outcome.isFailing { return }
    count(before, of: Int(tests[index].kind), by: -1)
    count(outcome, of: Int(tests[index].kind), by: 1)
    tests[index].outcome = outcome
    let attempt = Int(tests[index].lastAttempt)
    attempts[attempt].outcome = outcome
    if !outcome.isFailing { return setNote(text.append(message), of: attempt) }
    if attempts[attempt].failure == Self.none {
      var failure = FailureRecord()
      failure.message = text.append(message)
      failure.file = fileRef(of: test)
      failure.line = tests[index].line
      attempts[attempt].failure = UInt32(failures.append(FailureRow(next: Self.none, record: failure)))
    }
  }

  private mutating func setNote(_ note: TextRef, of attempt: Int) {
    if attempts[attempt].extra == Self.none {
      let row = ExtraRow(
        note: note, standardOutput: .empty, standardError: .empty, file: .empty, properties: [])
      attempts[attempt].extra = UInt32(extras.append(row))
    } else {
      extras[Int(attempts[attempt].extra)].note = note
    }
  }

  private func itemRow(of test: TestIndex) -> ItemRow? {
    var (low, high) = (0, items.count)
    while low < high {
      let middle = (low + high) / 2
      if items[middle].test < test.value { low = middle + 1 } else { high = middle }
    }
    return low < items.count && items[low].test == test.value ? items[low] : nil
  }

  /// Counts rows of a kind that ended so.
  mutating func count(_ outcome: Outcome, of kind: Int, by number: Int) {
    if kinds[kind].isOfTests { counts[outcome] += number } else { itemCounts[kinds[kind].word][outcome] += number }
  }
}
