internal import DataSyntax
internal import TriageModel

/// Compares two texts line by line: aligned, numbers judged, and the differences counted.
struct TextComparer {
  /// The lines that are compared: without what rules set aside.
  private let expected: TextLines
  private let actual: TextLines
  /// The lines as they are; nil when rules set nothing aside.
  private let whole: (expected: TextLines, actual: TextLines)?
  /// The rule that set a part of an expected line aside.
  private let rules: [Int: Int]
  private var setAside: [Int: Int] = [:]
  private let options: ComparisonOptions
  private var judge: TextJudge
  private var builder = AlignmentBuilder()
  private var tally = NumberTally()
  private var numbers = NumberDifferences(types: [])
  /// Places in a line where a fraction differs.
  private var fractions: Set<Int> = []
  /// What is known of the first, second … numbers of all lines.
  private var columns: [DriftEvidence.Column] = []
  private var summary = ChangeSummary(unit: "lines")
  private var remarks: [String] = []
  private var evidence = DriftEvidence()
  /// Changes that no tolerance accepts.
  private var intolerable = 0
  /// Pairs in which only the way of writing differs.
  private var rewritten = 0
  /// Lines that end otherwise than their partner.
  private var otherEnds = 0
  private var unseen = UnseenTally()
  private var words = WordTally()

  /// Compares two texts; `remarks` is what is known of them already.
  static func compare(
    _ expected: DecodedText, _ actual: DecodedText, _ options: ComparisonOptions, remarks: [String] = []
  ) -> Comparison {
    var comparer = TextComparer(TextLines(expected.bytes), TextLines(actual.bytes), options)
    comparer.remarks = remarks
    comparer.noteForms(expected, actual)
    comparer.align()
    return comparer.finish()
  }

  private init(_ expected: TextLines, _ actual: TextLines, _ options: ComparisonOptions) {
    let masks = TextMasks(options.ignore)
    if masks.isEmpty {
      (self.expected, self.actual, whole, rules) = (expected, actual, nil, [:])
    } else {
      let (left, right) = (masks.masked(expected), masks.masked(actual))
      (self.expected, self.actual, whole, rules) = (left.lines, right.lines, (expected, actual), left.rules)
    }
    self.options = options
    judge = TextJudge(tolerance: options.tolerance)
  }

  private mutating func align() {
    let matcher = TextMatcher(expected: expected, actual: actual)
    let found = matcher.matches(steps: options.limits.alignmentSteps)
    if found.isLimited {
      let limit = options.limits.alignmentSteps
      remarks.append("Aligning stopped after \(limit) steps: some lines that are the same may stand as changed.")
    }
    var next = (expected: 0, actual: 0)
    for match in found.matches {
      replaced(next.expected..<match.expected, next.actual..<match.actual)
      equal(match)
      next = (match.expected + match.count, match.actual + match.count)
    }
    replaced(next.expected..<expected.count, next.actual..<actual.count)
    evidence.isPermutation = found.isPermutation ? "the lines are the same in another order" : nil
  }

  /// Lines that say the same; whether they end the same is counted, and the last line's end is noted by itself.
  private mutating func equal(_ match: AlignmentFinder.Match) {
    if let whole {
      for offset in 0..<match.count { equal(whole, match.expected + offset, match.actual + offset) }
    } else {
      builder.add(.equal, match.expected, match.actual, match.count)
    }
    for offset in 0..<match.count {
      let left = match.expected + offset
      let right = match.actual + offset
      if expected.range(left).count == actual.range(right).count { continue }
      if expected.hasReturn(left) != actual.hasReturn(right), expected.isEnded(left), actual.isEnded(right) {
        otherEnds += 1
      }
    }
  }

  /// Lines that say the same but for what rules set aside.
  private mutating func equal(_ whole: (expected: TextLines, actual: TextLines), _ line: Int, _ partner: Int) {
    let isSame =
      whole.expected.bytes[whole.expected.content(line)] == whole.actual.bytes[whole.actual.content(partner)]
    builder.add(isSame ? .equal : .tolerated, line, partner)
    if !isSame { setAside[rules[line] ?? 0, default: 0] += 1 }
  }

  private mutating func replaced(_ left: Range<Int>, _ right: Range<Int>) {
    if left.isEmpty && right.isEmpty { return }
    var pairs: [(Int, Int)?] = []
    var gaps: [(Range<Int>, Range<Int>)] = []
    TextPairing(expected: expected, actual: actual).walk(left, right) {
      pairs.append(($0, $1))
    } gap: {
      pairs.append(nil)
      gaps.append(($0, $1))
    }
    var gap = 0
    for entry in pairs {
      if let (line, partner) = entry {
        pair(line, partner)
      } else {
        alone(gaps[gap].0, gaps[gap].1)
        gap += 1
      }
    }
  }

  private mutating func alone(_ left: Range<Int>, _ right: Range<Int>) {
    if !left.isEmpty || !right.isEmpty { noteFirst(left.isEmpty ? right.lowerBound : left.lowerBound) }
    if !left.isEmpty, !right.isEmpty { lost(expected, left, actual, right) }
    builder.add(AlignedRun(.removed, expected: left, actual: right.lowerBound..<right.lowerBound))
    builder.add(AlignedRun(.added, expected: left.upperBound..<left.upperBound, actual: right))
    summary.removed += left.count
    summary.added += right.count
    intolerable += left.count + right.count
    evidence.otherChanges += left.count + right.count
  }

  private mutating func pair(_ line: Int, _ partner: Int) {
    // Aligning may have stopped before it came here.
    if expected.bytes[expected.content(line)] == actual.bytes[actual.content(partner)] {
      return equal(AlignmentFinder.Match(expected: line, actual: partner, count: 1))
    }
    let verdict = expected.bytes.withUnsafeBufferPointer { left in
      actual.bytes.withUnsafeBufferPointer { right in
        judge.judge(left, expected.content(line), right, actual.content(partner))
      }
    }
    switch verdict {
    case .rewritten:
      rewritten += 1
      change(line, partner)
    case .words, .other:
      let isUnseen = unseen.add(
        expected.bytes[expected.content(line)], actual.bytes[actual.content(partner)], place: "line \(line + 1)")
      noteWords(line, partner, verdict, isUnseen: isUnseen)
      change(line, partner)
    case .numbers(let areTolerated):
      noteNumbers(line)
      summary.tolerated += areTolerated ? 1 : 0
      summary.changed += areTolerated ? 0 : 1
      if !areTolerated { noteFirst(line) }
      builder.add(areTolerated ? .tolerated : .changed, line, partner)
    }
  }

  /// Notes what a pair of lines says otherwise, and the numbers that it has beside.
  private mutating func noteWords(_ line: Int, _ partner: Int, _ verdict: TextJudge.Verdict, isUnseen: Bool) {
    noteNumbers(line)
    if isUnseen { return }
    if case .words = verdict {
      for word in judge.words {
        words.add(WordTally.Pair(expected: Array(word.expected.utf8), actual: Array(word.actual.utf8)))
      }
      return
    }
    evidence.otherChanges += 1
    lost(expected, line..<line + 1, actual, partner..<partner + 1)
  }

  /// Notes the numbers of a pair of lines that differ or are lost.
  private mutating func noteNumbers(_ line: Int) {
    for pair in judge.differences { note(pair, line) }
    for word in judge.missing { tally.lost.addMissing(word) }
    tally.regained += judge.regained
    if judge.regained > 0 || !judge.missing.isEmpty {
      tally.addUnlike(line)
      intolerable += judge.missing.count + judge.regained
    }
    count(judge.pairs)
  }

  /// Counts numbers of lines that are not built alike as lost where NaN and infinities came and as many numbers went.
  private mutating func lost(_ left: TextLines, _ lines: Range<Int>, _ right: TextLines, _ others: Range<Int>) {
    let (before, after) = (Self.figures(left, lines), Self.figures(right, others))
    let nan = min(max(0, after.nan - before.nan), max(0, before.finite - after.finite))
    let infinite = min(max(0, after.infinite - before.infinite), max(0, before.finite - after.finite - nan))
    tally.lost.nan += nan
    tally.lost.infinite += infinite
    if nan + infinite > 0 { tally.addUnlike(lines.lowerBound) }
  }

  private static func figures(_ text: TextLines, _ lines: Range<Int>) -> (finite: Int, nan: Int, infinite: Int) {
    var found = (finite: 0, nan: 0, infinite: 0)
    text.bytes.withUnsafeBufferPointer { bytes in
      for line in lines {
        var tokens = TextTokens(bytes, text.content(line))
        while let token = tokens.next() {
          guard case .number(let number) = token.kind else { continue }
          if number.value.isNaN {
            found.nan += 1
          } else if number.value.isInfinite {
            found.infinite += 1
          } else {
            found.finite += 1
          }
        }
      }
    }
    return found
  }

  private mutating func change(_ line: Int, _ partner: Int) {
    summary.changed += 1
    intolerable += 1
    noteFirst(line)
    builder.add(.changed, line, partner)
  }

  private mutating func note(_ pair: TextJudge.Difference, _ line: Int) {
    let type = pair.isWhole ? NumberType.integer : .float64
    if !pair.isWhole { fractions.insert(pair.column) }
    tally.add(expected: pair.expected, actual: pair.actual, type: type, place: line)
    numbers.append(expected: pair.expected, actual: pair.actual, place: builder.height, column: pair.column)
  }

  /// Counts the numbers of a pair of lines in, place by place.
  private mutating func count(_ pairs: [(expected: Double, actual: Double)]) {
    for (column, pair) in pairs.enumerated() {
      if column == columns.count { columns.append(DriftEvidence.Column(name: "number \(column + 1) of a line")) }
      columns[column].add(expected: pair.expected, actual: pair.actual)
    }
  }

  /// Counts the numbers of lines that are alike in, so that bounds are those of all lines; long texts go without.
  private mutating func countAlike() {
    guard numbers.count > 0, expected.bytes.count < 1 << 22 else { return }
    for run in builder.runs where run.kind == .equal {
      for line in run.expected {
        let found = expected.bytes.withUnsafeBufferPointer { bytes in
          var tokens = TextTokens(bytes, expected.content(line))
          var found: [(expected: Double, actual: Double)] = []
          while let token = tokens.next(), found.count < TextJudge.columnLimit {
            if case .number(let number) = token.kind { found.append((number.value, number.value)) }
          }
          return found
        }
        count(found)
      }
    }
  }

  private mutating func noteFirst(_ line: Int) {
    if summary.first == nil { summary.first = "line \(line + 1)" }
  }

  /// What differs about the texts as a whole: their encoding, byte order mark and last line.
  private mutating func noteForms(_ first: DecodedText, _ second: DecodedText) {
    if first.encoding != second.encoding {
      summary.structure.append("encoding \(first.encoding.rawValue) → \(second.encoding.rawValue)")
    } else if first.encoding != .utf8 {
      remarks.append(
        first.encoding == .utf16
          ? "Both sides are UTF-16 and were compared as UTF-8."
          : "Both sides are not UTF-8; bytes that are none are shown as �.")
    }
    if first.encoding == second.encoding, first.hasByteOrderMark != second.hasByteOrderMark {
      summary.structure.append(first.hasByteOrderMark ? "byte order mark vanished" : "byte order mark is new")
    }
    if !first.bytes.isEmpty, !second.bytes.isEmpty, expected.lacksFinalNewline != actual.lacksFinalNewline {
      summary.structure.append(
        actual.lacksFinalNewline ? "the final line end vanished" : "the final line end is new")
    }
  }

  private mutating func finish() -> Comparison {
    if otherEnds > 0 {
      let way = actual.usesReturns ? "LF → CR LF" : "CR LF → LF"
      summary.structure.append("line ends \(way) in \(otherEnds) lines")
    }
    intolerable += summary.structure.count
    countAlike()
    let places = (numbers.columns.max().map(Int.init) ?? -1) + 1
    numbers.types = (0..<places).map { fractions.contains($0) ? .float64 : .integer }
    summary.total = max(expected.count, actual.count)
    tally.fill(&summary, intolerable: intolerable > 0) { place, _ in "line \(place + 1)" }
    summary.worst = summary.worst ?? summary.first
    var comparison = Comparison(
      kind: "text",
      body: .text(
        TextComparison(
          expected: whole?.expected ?? expected, actual: whole?.actual ?? actual, alignment: builder.alignment,
          refinementSteps: options.limits.refinementSteps)))
    comparison.drift = drift
    summary.take(setAside, of: options.ignore)
    comparison.summary = summary
    comparison.numbers = numbers
    comparison.intolerable = intolerable
    comparison.remarks = remarks + unseen.clauses("line").map { $0 + "." }
    return comparison
  }

  private var drift: Drift {
    var evidence = evidence
    evidence.words = words.pairs
    evidence.otherChanges += words.others
    evidence.unseen = unseen.clauses("line")
    evidence.numbers = numbers
    evidence.comparedNumbers = columns.reduce(0) { $0 + $1.compared }
    evidence.columns = columns
    evidence.lost = tally.lost
    evidence.regained = tally.regained
    // Lines in another order are removed here and added there.
    if evidence.isPermutation != nil { (evidence.otherChanges, evidence.words, evidence.unseen) = (0, [], []) }
    let isOnlyForm = summary.changed + summary.removed + summary.added == rewritten
    guard numbers.count == 0, isOnlyForm, evidence.isPermutation == nil else {
      return DriftJudge.judge(evidence)
    }
    var clauses = summary.structure
    if rewritten > 0 { clauses.append("numbers or blanks are written otherwise in \(rewritten) lines") }
    return Drift(.format, clauses.isEmpty ? "every line says the same" : clauses.joined(separator: "; "))
  }
}
