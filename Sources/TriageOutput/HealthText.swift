internal import SafeText
internal import TerminalKit
package import TriageModel
internal import TriageStyle

/// The answer of `health`, in the words of whoever reads it.
package struct HealthText {
  private let report: HealthReport
  /// Whether what figures are made of is told too.
  private let isWhole: Bool

  /// A report as text, Markdown or JSON; of one figure alone with what it is made of.
  package init(_ report: HealthReport, only kind: HealthKind? = nil) {
    var report = report
    if let kind { report.figures.removeAll { $0.kind != kind } }
    self.report = report
    isWhole = kind != nil
  }

  /// `2 missed, 5 unknown, 4 met of 11`.
  private var sentence: String {
    let counts = HealthFigure.State.allCases.compactMap { state -> String? in
      let count = report.count(state)
      return count > 0 ? "\(count) \(state.rawValue)" : nil
    }
    return counts.joined(separator: ", ") + " of \(report.figures.count)"
  }

  /// The figures whose numbers are not known, a sentence each.
  package var unknown: [String] {
    report.figures.compactMap { figure in
      guard case .unknown(let why) = figure.number else { return nil }
      return "\(figure.id) \(figure.kind.title): \(why)"
    }
  }

  /// Whether a target is missed.
  package var isMissed: Bool { report.count(.missed) > 0 }

  // MARK: - Text

  /// Writes the table for people.
  package func writeText(style: TextStyle, to sink: OutputSink) {
    if let problem = report.problem { sink.appendLine(style.paint(Sanitizer.line(problem, limit: 400), .uneasy)) }
    sink.appendLine(
      style.fit(Sanitizer.line(report.scope, limit: 400).replacing(" · ", with: style.separator), after: 0))
    sink.appendLine(style.paint(sentence, isMissed ? .bad : report.count(.unknown) > 0 ? .uneasy : .good))
    sink.appendLine()
    let rows = report.worstFirst
    let widths = [
      rows.map { DisplayWidth.of($0.id) }.max() ?? 0, rows.map { DisplayWidth.of($0.kind.title) }.max() ?? 0,
      rows.map { DisplayWidth.of($0.numberText) }.max() ?? 0,
      rows.map { DisplayWidth.of(target($0, style)) }.max() ?? 0, 9,
    ]
    for figure in rows where !sink.isClosed {
      let cells = [figure.id, figure.kind.title, figure.numberText, target(figure, style), figure.state.label]
      let padded = zip(cells, widths).map { cell, width in
        cell + String(repeating: " ", count: max(0, width - DisplayWidth.of(cell)))
      }
      var line = padded[..<4].joined(separator: "  ") + "  " + style.paint(padded[4], figure.state.tone)
      let taken = widths.reduce(0, +) + 10
      if case .unknown(let why) = figure.number {
        line += "  " + style.paint(style.fit(Sanitizer.line(why, limit: 400), after: taken), .aside)
      } else {
        line += "  " + trend(figure, style)
      }
      sink.appendLine(line.trimmed)
      for words in notes(figure) {
        let indent = widths[0] + 2
        sink.appendLine(
          String(repeating: " ", count: indent) + style.paint(style.fit(words, after: indent), .aside))
      }
    }
    if isWhole { for figure in rows { writeParts(of: figure, style, to: sink) } }
    for remark in report.remarks { sink.appendLine(style.paint(Sanitizer.line(remark, limit: 400), .uneasy)) }
  }

  private func writeParts(of figure: HealthFigure, _ style: TextStyle, to sink: OutputSink) {
    if !figure.parts.isEmpty { sink.appendLine() }
    for part in figure.parts where !sink.isClosed {
      sink.appendLine(
        "  " + Sanitizer.line(part.title, limit: 1000) + "  "
          + style.paint(Sanitizer.line(part.text, limit: 400), .aside))
    }
  }

  private func target(_ figure: HealthFigure, _ style: TextStyle) -> String {
    guard let text = figure.targetText else { return "" }
    return style.isASCII ? text.replacing("≥", with: ">=").replacing("≤", with: "<=") : text
  }

  private func trend(_ figure: HealthFigure, _ style: TextStyle) -> String {
    let line = TrendPlot.sparkline(figure, width: 24)
    return style.isASCII ? String(line.map { AsciiFallback.character(for: $0) }) : line
  }

  private func notes(_ figure: HealthFigure) -> [String] {
    if case .unknown = figure.number { return [] }
    return [figure.alert].compactMap { $0.map { "ALERT " + Sanitizer.line($0, limit: 400) } }
      + figure.facts.map { "\($0.label): " + Sanitizer.line($0.text, limit: 400) }
  }

  // MARK: - Markdown

  /// Writes a table for a job's summary or a wiki.
  package func writeMarkdown(to sink: OutputSink) {
    sink.appendLine("### assay health: " + MarkdownText.plain(sentence))
    if let problem = report.problem { sink.appendLine("\n" + MarkdownText.plain(problem)) }
    sink.appendLine("\n" + MarkdownText.plain(report.scope) + "\n")
    sink.appendLine("| figure | now | target | | trend | made of |")
    sink.appendLine("|---|---|---|---|---|---|")
    for figure in report.worstFirst where !sink.isClosed {
      var words = figure.alert.map { [$0] } ?? []
      if case .unknown(let why) = figure.number { words.append(why) }
      words += figure.facts.map { "\($0.label): \($0.text)" }
      let cells = [
        "\(figure.id) \(figure.kind.title)", figure.numberText, figure.targetText ?? "none",
        figure.state == .missed ? "**missed**" : figure.state.label, TrendPlot.sparkline(figure, width: 24),
      ]
      let plain = cells.map { $0 == "**missed**" ? $0 : MarkdownText.plain($0) }
      let row = plain + [words.map { MarkdownText.plain($0) }.joined(separator: "<br>")]
      sink.appendLine("| " + row.joined(separator: " | ") + " |")
    }
    for remark in report.remarks { sink.appendLine("\n" + MarkdownText.plain(remark)) }
  }

  // MARK: - JSON

  /// Writes the documented object, version 1.
  package func writeJSON(to sink: OutputSink) {
    JSONStream.write(to: sink) { json in
      json.number("version", 1)
      json.string("window", report.window.words)
      json.string("stream", Sanitizer.line(report.stream))
      json.number("runs", report.runs)
      json.number("incomplete", report.incomplete)
      json.number("other_runs", report.otherRuns)
      json.string("newest_run", report.newest?.identity.id)
      json.object("counts") { json in
        for state in HealthFigure.State.allCases { json.number(state.word, report.count(state)) }
      }
      json.array("figures") { json in
        for figure in report.figures { json.object(onNewLine: true) { $0.members(of: figure) } }
      }
      json.strings("remarks", report.remarks.map { Sanitizer.line($0) } + [report.problem].compactMap(\.self))
    }
  }
}

extension JSONStream {
  /// Writes the members of a figure.
  fileprivate mutating func members(of figure: HealthFigure) {
    string("id", figure.id)
    string("name", figure.kind.name)
    string("title", figure.kind.title)
    string("unit", figure.kind.unit.word)
    string("state", figure.state.word)
    if case .known(let value) = figure.number { decimal("now", value) } else { decimal("now", nil) }
    if case .unknown(let why) = figure.number { string("unknown", Sanitizer.line(why)) }
    if let target = figure.target {
      object("target") { json in
        json.string("bound", target.bound == .atLeast ? "at-least" : "at-most")
        json.decimal("number", target.number)
      }
    } else {
      string("target", nil)
    }
    string("alert", figure.alert.map { Sanitizer.line($0) })
    array("facts") { json in
      for fact in figure.facts {
        json.object { json in
          json.string("label", fact.label)
          json.string("text", Sanitizer.line(fact.text))
        }
      }
    }
    array("points") { json in
      for point in figure.points {
        json.object { json in
          json.string("label", Sanitizer.line(point.label))
          json.string("time", point.time?.description)
          json.decimal("number", point.number)
        }
      }
    }
    array("parts") { json in
      for part in figure.parts {
        json.object { json in
          json.string("title", Sanitizer.line(part.title))
          json.string("text", Sanitizer.line(part.text))
        }
      }
    }
  }
}

extension HealthFigure.State {
  /// How it is painted.
  fileprivate var tone: TextStyle.Tone {
    switch self {
    case .missed: .bad
    case .unknown: .uneasy
    case .met: .good
    case .untargeted: .aside
    }
  }
}

extension String {
  /// Without blanks at its end.
  fileprivate var trimmed: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
