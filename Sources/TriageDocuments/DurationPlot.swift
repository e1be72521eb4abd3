internal import TerminalKit
internal import TriageModel
internal import TriageStyle

/// A test's durations, or an item's measures, over its runs as bars, oldest left; a bar is coloured as the run ended.
///
/// Bars of eighths of a cell read well in ASCII too, and leave each run a column of its own colour, which dots of
/// braille would share between two. Where there are more runs than columns, a column is the worst of its runs.
struct DurationPlot {
  /// One run.
  struct Bar: Equatable {
    /// Seconds, or the measure; nil when unknown.
    var duration: Double?
    var outcome: Outcome
  }

  /// Cells a bar is high.
  static let height = 4
  /// Bars side by side at most: what stays whole in the narrowest pane.
  static let width = 60
  private static let blocks: [Character] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  private let bars: [Bar]
  /// Writes a number of the axis.
  private let text: (Double) -> String
  /// What the axis goes from and to.
  private let floor: Double
  private let ceiling: Double
  /// Runs that a column stands for, at most.
  let runsAColumn: Int

  /// A plot of runs, oldest first; nil when none of them says how long it took.
  init?(_ runs: [Bar], text: @escaping (Double) -> String = { DurationText.of($0) ?? "" }) {
    self.text = text
    let known = runs.compactMap(\.duration)
    guard let least = known.min(), let most = known.max() else { return nil }
    ceiling = most
    // Noise of a few hundredths must not look like a mountain: the axis spans half of the longest at least.
    floor = most > 0 ? min(least, most / 2) : least
    runsAColumn = (runs.count + Self.width - 1) / Self.width
    let step = runsAColumn
    bars = stride(from: 0, to: runs.count, by: step).map { start in
      let part = runs[start..<min(start + step, runs.count)]
      return Bar(
        duration: part.compactMap(\.duration).max(),
        outcome: part.map(\.outcome).min { $0.severity < $1.severity } ?? .skipped)
    }
  }

  /// The plot, top to bottom, without the time axis.
  var lines: [Line] {
    let labels = [text(ceiling), text(floor)]
    let margin = max(8, labels.map(\.count).max() ?? 0)
    return (0..<Self.height).map { row in
      let label = row == 0 ? labels[0] : row == Self.height - 1 ? labels[1] : ""
      var line = Line(String(repeating: " ", count: margin - label.count) + label, .dim)
      line.append(label.isEmpty ? " │" : " ┤", .dim)
      for bar in bars { line.add(cell(bar, row)) }
      return line
    }
  }

  /// The time axis under the plot, from the oldest run's day to the newest's.
  static func axis(from first: String, to last: String, columns: Int, margin: Int) -> Line {
    let room = max(1, columns - first.count - last.count)
    let words = first + (columns > first.count + last.count ? String(repeating: " ", count: room) : " – ") + last
    return Line(String(repeating: " ", count: margin) + " └ " + words, .dim)
  }

  /// Columns that the bars take.
  var columns: Int { bars.count }

  /// Columns left of the axis.
  var margin: Int { max(8, text(ceiling).count, text(floor).count) }

  private func cell(_ bar: Bar, _ row: Int) -> Span {
    let role: Role = bar.outcome == .passed ? .pass : bar.outcome.role
    guard let duration = bar.duration else { return Span(row == Self.height - 1 ? "·" : " ", Style(role)) }
    let share = ceiling > floor ? (duration - floor) / (ceiling - floor) : 1
    // The least is one eighth, so that every run is seen.
    let eighths = 1 + Int((share * Double(Self.height * 8 - 1)).rounded())
    let own = min(8, max(0, eighths - (Self.height - 1 - row) * 8))
    return Span(String(Self.blocks[own]), Style(role))
  }
}

extension Line {
  /// Adds a span, to the last one where that looks the same.
  fileprivate mutating func add(_ span: Span) {
    if let last = spans.last, last.style == span.style {
      spans[spans.count - 1].text += span.text
    } else {
      spans.append(span)
    }
  }
}
