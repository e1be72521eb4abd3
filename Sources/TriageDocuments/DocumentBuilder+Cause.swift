internal import FailureAnalysis
internal import RunHistory
internal import SafeText
internal import TerminalKit
internal import ItemQueries
internal import TriageModel
internal import TriageServices
internal import TriageStyle

extension DocumentBuilder {
  /// Members of a cause that are named; the rest is counted.
  private static let mostMembers = 50
  /// Members whose owners are asked for.
  private static let mostOwned = 2000

  /// What the failures of a cause have in common.
  mutating func addCause(_ key: String) {
    guard let names = sources.causes else {
      return add(Line("The causes of this run are not worked out yet.", .dim))
    }
    let members = members(of: key)
    guard let first = members.first, let cause = names.causes.cause(of: first) else {
      return add(Line("These failures say nothing that could be compared.", .dim))
    }
    if key.hasPrefix(CauseNames.goldenPrefix) {
      addGoldenChange(members)
    } else if let bug = names.bugs[key] {
      return addBug(bug, names, members)
    } else {
      add(fact("cause", cause.id.text))
      let texts = cause.keys.count > 1 ? ", in \(CountText.of(cause.keys.count)) wordings" : ""
      add(fact("here", "\(CountText.of(members.count, "test")), \(CountText.of(cause.count, "failure"))\(texts)"))
      if let seen = seen(cause) { add(fact("since", seen)) }
    }
    let owners = Set(members.prefix(Self.mostOwned).map { sources.owner($0) })
    if owners.count == 1, let owner = owners.first.flatMap({ $0 }) { add(fact("owner", owner)) }
    if !key.hasPrefix(CauseNames.goldenPrefix) {
      add(Line())
      add(Line(cause.keys.count > 1 ? "what they say; what differs is dim" : "what they say", .heading, .bold))
      for line in CauseText.lines(of: cause) { add(line) }
    }
    add(members: members)
  }

  /// Failures of several texts that are one bug: why they are, and each text with its tests.
  private mutating func addBug(_ bug: SharedBugs.Bug, _ names: CauseNames, _ members: [TestIndex]) {
    let causes = names.causes
    add(fact("here", "\(CountText.of(members.count, "test")), in \(CountText.of(bug.causes.count)) texts"))
    add(fact("one as", "they began in one run, \(bug.why)"))
    if let test = members.first, let standing = sources.standing(test), let since = standing.since {
      add(fact("since", "run \(name(since.record))"))
      if let range = sources.commits(test, standing) { for line in [range.mine] + range.list { add(line) } }
    }
    for place in bug.causes.prefix(Self.mostMembers) {
      let own = members.filter { causes.indices[$0] == place }
      add(Line())
      add(Line("what \(CountText.of(own.count, "test")) \(own.count == 1 ? "says" : "say")", .heading, .bold))
      for line in CauseText.lines(of: causes.causes[place]) { add(line) }
      add(members: own)
    }
  }

  /// Goldens that changed in one run: where that was, and which commits were new in it.
  private mutating func addGoldenChange(_ members: [TestIndex]) {
    add(fact("here", "\(CountText.of(members.count, "test")) whose goldens changed"))
    guard let test = members.first, let standing = sources.standing(test), let since = standing.since else { return }
    add(fact("since", "run \(name(since.record))"))
    guard let commits = sources.commits(test, standing) else { return }
    add(commits.mine)
    add(commits)
  }

  private mutating func add(members: [TestIndex]) {
    add(Line())
    add(Line("tests", .heading, .bold))
    for test in members.prefix(Self.mostMembers) {
      let outcome = run.table.outcome(of: test)
      add(
        Line([
          Span("  \(outcome.glyph) ", Style(outcome.role)), Span(Sanitizer.line(run.table.id(of: test), limit: 400)),
        ]))
    }
    let rest = members.count - Self.mostMembers
    if rest > 0 { add(Line("  … and \(CountText.of(rest)) more", .truncated)) }
  }

  private func fact(_ name: String, _ words: String) -> Line {
    let blanks = String(repeating: " ", count: max(1, 7 - name.count))
    return Line([Span("  " + name + blanks, .dim), Span(Sanitizer.line(words, limit: 400))])
  }

  /// Since when the history knows the failure, and how often it was; nil where it knows nothing.
  private func seen(_ cause: Cause) -> String? {
    guard let history = sources.history(),
      let spans = try? history.spans(of: cause.keys), !spans.isEmpty,
      let runs = try? history.records()
    else { return nil }
    let places = Dictionary(runs.reversed().enumerated().map { ($1.key, $0) }) { first, _ in first }
    let order = Array(runs.reversed())
    let firsts = spans.values.compactMap { places[$0.first] }
    let lasts = spans.values.compactMap { places[$0.last] }
    guard let first = firsts.min(), let last = lasts.max() else { return nil }
    let count = spans.values.reduce(0) { $0 + $1.count }
    let since = "run \(name(order[first])), last in run \(order[last].identity.id)"
    return "\(since); \(CountText.of(count, "failure")) in the history"
  }

  /// `4116 (2026-11-08, 194bf4a Clip the logit)`.
  private func name(_ run: RunRecord) -> String {
    let facts = [run.startedAt?.dayText ?? "", run.commitWords].filter { !$0.isEmpty }
    return run.identity.id + (facts.isEmpty ? "" : " (\(facts.joined(separator: ", ")))")
  }
}

/// The text that the failures of a cause have in common: their own words bright, what differs dim, noise as placeholders.
enum CauseText {
  private static let mostLines = 400

  static func lines(of cause: Cause) -> [Line] {
    var lines = [Line("  ")]
    for (range, style) in stretches(of: cause) {
      let text = String(decoding: cause.text[range], as: UTF8.self)
      for (number, piece) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
        if number > 0 { lines.append(Line("  ")) }
        if !piece.isEmpty {
          lines[lines.count - 1].spans.append(Span(Sanitizer.line(String(piece), limit: 2000), style))
        }
      }
    }
    while lines.last?.text.allSatisfy({ $0 == " " }) == true { lines.removeLast() }
    let rest = lines.count - mostLines
    return rest > 0 ? lines.prefix(mostLines) + [Line("  … \(rest) more lines", .truncated)] : lines
  }

  /// Ranges of the text, each in one style; a placeholder is never torn.
  private static func stretches(of cause: Cause) -> [(range: Range<Int>, style: Style)] {
    var stretches: [(range: Range<Int>, style: Style)] = []
    let placeholders = MaskedText.placeholders(in: cause.text)
    var next = 0
    for span in cause.spans {
      var start = span.range.lowerBound
      let style = span.isCommon ? Style(.bright) : Style(.dim)
      while start < span.range.upperBound {
        while next < placeholders.count, placeholders[next].upperBound <= start { next += 1 }
        let hole = next < placeholders.count ? placeholders[next] : cause.text.count..<cause.text.count
        let inHole = hole.contains(start)
        let end = min(span.range.upperBound, inHole ? hole.upperBound : max(start + 1, hole.lowerBound))
        stretches.append((start..<end, inHole ? Style(.code) : style))
        start = end
      }
    }
    return stretches
  }
}
