internal import SafeText
internal import TerminalKit
internal import TriageModel
internal import TriageServices
internal import TriageStyle

/// A test's past as lines: the durations plotted, a summary, a line a result.
struct PastLines {
  /// One line, and the run it leads to.
  struct Row: Equatable {
    var line: Line
    var run: RunIdentity?
  }

  /// Results that are listed; the rest is counted.
  static let mostResults = 1000
  let past: TestPast
  /// What the history says of the test in the run that is looked at; nil while it has not spoken.
  let standing: TestStanding?
  /// The run that is looked at.
  let current: RunIdentity
  let window: HistoryWindow
  /// The unit of an item's measure.
  var unit = ""

  /// Everything, top to bottom.
  var rows: [Row] {
    let head = [Row(line: summary)] + plot.map { Row(line: $0) } + [Row(line: Line())]
    return head + results
  }

  // MARK: - The head

  private var summary: Line {
    let retried = past.entries.count { $0.outcome == .passedOnRetry }
    let passed = past.entries.count { $0.outcome == .passed }
    let other = past.entries.count - past.failed - retried - passed
    var line = Line("failed \(CountText.of(past.failed)) of \(CountText.of(past.entries.count, "run"))", .bright, .bold)
    line.append(" · \(CountText.of(passed)) passed")
    if retried > 0 { line.append(" · \(CountText.of(retried)) passed on retry", .flaky) }
    if other > 0 { line.append(" · \(CountText.of(other)) otherwise") }
    if let rate = standing?.verdict.rate {
      line.append(
        " · flaky rate \(Self.percent(rate.share)) %"
          + " (\(rate.count) of \(rate.of); \(Self.percent(rate.low))–\(Self.percent(rate.high)) %)", .flaky)
    }
    let different = failures.numbers.count
    if different > 1 { line.append(" · \(CountText.of(different)) different failures", .warning) }
    line.append(" · \(window.words), W changes that", .dim)
    return line
  }

  private static func percent(_ share: Double) -> String { FigureText.of(share * 100, digits: 2) }

  private var plot: [Line] {
    let isMeasured = past.entries.contains { $0.measure != nil }
    let bars = past.entries.reversed().map {
      DurationPlot.Bar(duration: isMeasured ? $0.measure : $0.duration, outcome: $0.outcome)
    }
    let unit = unit
    let found = isMeasured ? DurationPlot(bars) { MeasureText.of($0, unit) } : DurationPlot(bars)
    guard let plot = found, past.entries.count > 1 else { return [] }
    func day(_ entry: TestPast.Entry?) -> String {
      entry?.run.startedAt?.dayText ?? ""
    }
    var axis = DurationPlot.axis(
      from: day(past.entries.last), to: day(past.entries.first), columns: plot.columns, margin: plot.margin)
    if plot.runsAColumn > 1 { axis.append("  the worst of \(plot.runsAColumn) runs each", .dim) }
    return plot.lines + [axis]
  }

  // MARK: - The results

  private var results: [Row] {
    let widths = Widths(past.entries)
    let failures = self.failures
    var rows: [Row] = []
    var count = 0
    for entry in past.entries {
      for result in entry.results {
        count += 1
        if count > Self.mostResults { continue }
        // Numbers say which failure it was; of a single one there is nothing to tell apart.
        let number = failures.numbers.count > 1 ? result.signature.flatMap { failures.numbers[$0] } : nil
        var line = line(of: result, entry.run, widths)
        if failures.numbers.count > 1 {
          line.spans.insert(Span((number.map(String.init) ?? "").filled(to: 3), Style(.warning)), at: 3)
        }
        rows.append(Row(line: line, run: entry.run.identity))
        if let first = failures.firsts[Place(run: result.run, leg: result.leg)], let number {
          rows.append(Row(line: words(on: first, number: number), run: entry.run.identity))
        }
      }
      if count <= Self.mostResults, let turn = turn(at: entry.run) { rows.append(Row(line: turn)) }
    }
    let rest = count - Self.mostResults
    if rest > 0 {
      rows.append(Row(line: Line("… \(CountText.of(rest, "older result")) not shown here", .truncated)))
    }
    return rows
  }

  /// The line below a run that a test turned in.
  private func turn(at run: RunRecord) -> Line? {
    guard let standing else { return nil }
    if standing.verdict.label == .broken, standing.since?.key == run.key, standing.lastPass != nil {
      return Line("── broke here ──", .fail, .bold)
    }
    if standing.verdict.label == .fixed, standing.fixedIn?.key == run.key {
      return Line("── fixed here ──", .pass, .bold)
    }
    return nil
  }

  private struct Place: Hashable {
    var run: RunKey
    var leg: String
  }

  /// The failures in the order in which they first came, from 1, and the results that they first came in.
  private var failures: (numbers: [SignatureKey: Int], firsts: [Place: SignatureKey]) {
    var numbers: [SignatureKey: Int] = [:]
    var firsts: [Place: SignatureKey] = [:]
    for entry in past.entries.reversed() {
      for result in entry.results where result.outcome.isFailing {
        guard let signature = result.signature, numbers[signature] == nil else { continue }
        numbers[signature] = numbers.count + 1
        if numbers.count > 1 { firsts[Place(run: result.run, leg: result.leg)] = signature }
      }
    }
    return (numbers, firsts)
  }

  private func words(on signature: SignatureKey, number: Int) -> Line {
    var line = Line("      ◆ another failure, number \(number)", .warning, .bold)
    if let title = past.titles[signature], !title.isEmpty {
      line.append(": " + Sanitizer.line(title, limit: 200), .warning)
    }
    line.indent = 8
    return line
  }

  private func line(of result: ResultRecord, _ run: RunRecord, _ widths: Widths) -> Line {
    let isHere = run.identity == current
    var line = Line([
      Span(isHere ? "▸ " : "  ", Style(.mark, on: .background, .bold)),
      Span("\(result.outcome.glyph) ", Style(result.outcome.role)),
      Span("\(result.outcome.letter) ", Style(result.outcome.role, on: .background, .bold)),
    ])
    if widths.attempts > 0 {
      let letters = result.attempts.count > 1 ? String(result.attempts.suffix(8).map(\.letter)) : ""
      line.append(letters.filled(to: widths.attempts) + " ", .flaky)
    }
    let duration = result.duration.flatMap { DurationText.of($0) } ?? ""
    line.append(duration.filledBefore(to: 8) + "  ")
    line.append((run.startedAt?.minuteText ?? "no time").filled(to: 16) + "  ", .dim)
    let id = Sanitizer.line(run.identity.id, limit: 16)
    line.append(id, isHere ? .bright : .link)
    line.append("".filled(to: widths.id - DisplayWidth.of(id)) + "  ")
    line.append((run.commit.map { Sanitizer.line(String($0.prefix(7))) } ?? "").filled(to: 7) + " ", .count)
    if widths.leg > 0 { line.append("[\(Sanitizer.line(result.leg, limit: 40))] ".filled(to: widths.leg + 3), .dim) }
    if let title = run.commitTitle { line.append(Sanitizer.line(title, limit: 200), .dim) }
    // A list that wraps cannot be read down.
    line.isTable = true
    return line
  }

  /// What the columns need.
  private struct Widths {
    var attempts = 0
    var id = 0
    var leg = 0

    init(_ entries: [TestPast.Entry]) {
      for entry in entries {
        id = max(id, DisplayWidth.of(Sanitizer.line(entry.run.identity.id, limit: 16)))
        for result in entry.results {
          if result.attempts.count > 1 { attempts = max(attempts, min(8, result.attempts.count)) }
          leg = max(leg, DisplayWidth.of(Sanitizer.line(result.leg, limit: 40)))
        }
      }
    }
  }
}

/// Finds a test of one run in others: by its name, its suite and, where it can be, its leg.
struct SameTest {
  private let name: [UInt8]
  private let id: String
  private let leg: String

  /// The test to find.
  init(_ test: TestIndex, in table: TestTable) {
    name = table.text.withBytes(of: table.nameRef(of: test)) { Array($0) }
    id = table.id(of: test)
    leg = table.leg(of: test)
  }

  /// The test in another run; a namesake in another leg is better than none.
  func find(in table: TestTable) -> TestIndex? {
    let namesakes = table.tests { _ in true }.filter { test in
      let ref = table.nameRef(of: test)
      return ref.count == name.count && table.text.withBytes(of: ref) { $0.elementsEqual(name) }
        && table.id(of: test) == id
    }
    return namesakes.first { table.leg(of: $0) == leg } ?? namesakes.first
  }
}
