internal import SafeText
internal import TerminalKit
internal import TriageModel
internal import TriageServices
internal import TriageStyle

/// A review item as text: what is wrong, the verdict, what was expected beside what was observed, its figures, the rest.
extension DocumentBuilder {
  /// Lines of a side of a pair that are shown.
  private static let mostPairLines = 400
  /// Columns that each side of a pair may have side by side on a small screen.
  private static let sideWidth = 36

  mutating func addItem(_ test: TestIndex) {
    let table = run.table
    let attempts = table.attempts(of: test)
    let failure = Self.firstFailure(of: test, in: run)
    let outcome = table.outcome(of: test)
    let note = attempts.last?.note ?? ""
    let title = failure.map { $0.message.isEmpty ? $0.type : $0.message } ?? note
    let shown = Sanitizer.line(title, limit: 1000)
    add(Line(shown.isEmpty ? "\(table.kind(of: test).word): \(outcome.words)" : shown, outcome.role, .bold))
    if failure == nil || failure?.type.isEmpty == false { addKind(of: test, failure) }
    let coverage = sources.coverage(test).map { CoverageLines(of: $0) }
    for line in coverage?.summary ?? [] { add(line) }
    add(Line())
    if let standing = sources.standing(test), standing.verdict.label != .passing {
      addStanding(on: test, standing)
    }
    addNotes(on: test)
    if let wrapping = wrapped.tests[test] {
      add(Line("told by", label: 9, Span(Sanitizer.line(table.id(of: wrapping), limit: 400)), Span(" too", .dim)))
    }
    if let place = failure?.location ?? table.definition(of: test) {
      add(place: place, text: "  at \(place.file)" + (place.line.map { ":\($0)" } ?? ""))
    }
    if let measure = table.measure(of: test) { add(measure) }
    if let pair = table.pair(of: test) { add(pair) }
    if !outcome.isFailing, let known = failure { add(Line(Sanitizer.line(known.message, limit: 1000))) }
    for line in coverage?.source ?? [] { add(line) }
    addFacts(
      attempts.flatMap(\.properties).filter { fact in
        coverage == nil || fact.name != LineRanges.missingFact && fact.name != LineRanges.coveredFact
      })
    let details = failure?.details ?? ""
    if !details.isEmpty { addDetails(details) }
  }

  /// What tests say too: known with the run's signatures, and looked for where these are not there yet.
  private var wrapped: WrappedItems { sources.wrapped ?? WrappedItems(in: run.table) }

  /// The items that a test's failure tells of too.
  mutating func addWrapped(by test: TestIndex) {
    if run.table.itemCounts.failing == 0 { return }
    for item in wrapped.items(of: test) {
      add(Line("is also", label: 9, Span(Sanitizer.line(run.table.id(of: item), limit: 400))))
    }
  }

  private mutating func addKind(of test: TestIndex, _ failure: Failure?) {
    var line = Line(run.table.kind(of: test).word, .dim)
    if let type = failure?.type, !type.isEmpty { line.append(" · " + Sanitizer.line(type, limit: 200), .dim) }
    add(line)
  }

  private mutating func add(_ measure: ReviewItem.Measure) {
    var line = Line("measured", label: 9, Span(MeasureText.of(measure.value, measure.unit), Style(.bright)))
    switch measure.better {
    case .lower: line.append("  lower is better", .dim)
    case .higher: line.append("  higher is better", .dim)
    case .neither: break
    }
    add(line)
  }

  /// Both sides beside one another where they are narrow, else one below the other; what differs stands out, where both
  /// tell of the same things: limits and what was measured do not.
  private mutating func add(_ pair: ReviewItem.Pair) {
    let expected = Array(Sanitizer.lines(pair.expected).prefix(Self.mostPairLines))
    let observed = Array(Sanitizer.lines(pair.observed).prefix(Self.mostPairLines))
    if expected.isEmpty && observed.isEmpty { return }
    add(Line())
    let isCompared = !Self.keys(of: expected).isDisjoint(with: Self.keys(of: observed))
    let (minus, plus) = isCompared ? (Role.minus, Role.plus) : (.text, .text)
    let isNarrow = (expected + observed).allSatisfy { DisplayWidth.of($0) <= Self.sideWidth }
    guard isNarrow else {
      add(side: expected, titled: "expected", besides: observed, minus)
      add(side: observed, titled: "observed", besides: expected, plus)
      return
    }
    let width = max(9, expected.map { DisplayWidth.of($0) }.max() ?? 0)
    add(Line("expected".filled(to: width) + "   observed", .heading, .bold))
    for row in 0..<max(expected.count, observed.count) {
      let left = row < expected.count ? expected[row] : ""
      let right = row < observed.count ? observed[row] : ""
      var line = Line(left.filled(to: width), observed.contains(left) ? .text : minus)
      line.append(" │ ", .border)
      line.append(right, expected.contains(right) ? .text : plus)
      add(line)
    }
  }

  /// What lines tell of: the words before their colons.
  private static func keys(of lines: [String]) -> Set<Substring> {
    Set(lines.map { $0.prefix { $0 != ":" } })
  }

  private mutating func add(side lines: [String], titled title: String, besides others: [String], _ role: Role) {
    add(Line(title, .heading, .bold))
    if lines.isEmpty { add(Line("  nothing is told", .dim)) }
    let known = Set(others)
    for line in lines { add(Line("  " + line, known.contains(line) ? .text : role)) }
  }

  private mutating func addFacts(_ facts: [Attempt.Property]) {
    if facts.isEmpty { return }
    add(Line())
    let width = min(24, facts.map { DisplayWidth.of(Sanitizer.line($0.name, limit: 60)) }.max() ?? 0)
    for fact in facts.prefix(200) {
      var line = Line("  " + Sanitizer.line(fact.name, limit: 60).filled(to: width) + "  ", .dim)
      if fact.name == "distribution", let strip = DistributionStrip(fact.value) {
        line.append(strip.text)
      } else {
        line.append(Sanitizer.line(fact.value, limit: 2000))
      }
      add(line)
    }
  }

  /// A text of which lines lead to places; those of a patch have its colours.
  private mutating func addDetails(_ text: String) {
    add(Line())
    let (all, rest) = OutputLines.lines(of: text, limit: Self.longestText)
    let isPatch = all.contains { $0.text.hasPrefix("@@") }
    for line in all {
      let role = isPatch ? CommitDocument.role(of: line.text) : .text
      if role != .text {
        add(Line(line.text, role))
      } else if let frame = StackFrame(line: line.text) {
        add(place: frame.placed, text: line.text)
      } else {
        add(line)
      }
    }
    addCut(rest)
  }
}

/// How a benchmark's rounds lie, as a strip: where most of them are it is highest.
struct DistributionStrip {
  /// Cells of the strip.
  private static let width = 40
  private static let blocks: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  /// The strip between its least and its most.
  let text: String

  /// The strip of numbers that blanks or commas part, seconds; nil where fewer than three are.
  init?(_ words: String) {
    let values = words.split { $0 == " " || $0 == "," || $0 == "[" || $0 == "]" }.compactMap { Double($0) }
      .filter(\.isFinite)
    guard values.count > 2, let least = values.min(), let most = values.max() else { return nil }
    let low = MeasureText.of(least, "s")
    guard most > least else {
      text = "all \(low)"
      return
    }
    var counts = [Int](repeating: 0, count: Self.width)
    for value in values {
      counts[min(Self.width - 1, Int((value - least) / (most - least) * Double(Self.width)))] += 1
    }
    let highest = counts.max() ?? 1
    let strip = counts.map { count -> Character in
      count == 0 ? " " : Self.blocks[min(7, count * 8 / (highest + 1))]
    }
    text = low + " " + String(strip) + " " + MeasureText.of(most, "s")
  }
}
