import SafeText
import TerminalKit
import TriageModel
import TriageStyle

/// The text beside the list: a figure's number and target, its trend as a plot, and what it is made of.
struct HealthPane {
  /// The lines, and which of them are parts that lead somewhere.
  struct Text {
    var lines: [Line] = []
    var parts: [Int] = []
  }

  private let figure: HealthFigure?
  private let report: HealthReport?
  private let size: Size

  init(_ screen: HealthScreen) {
    figure = screen.selected
    report = screen.report
    size = Size(width: screen.textArea.width, height: screen.textArea.height)
  }

  var text: Text {
    var text = Text()
    guard let figure else { return text }
    text.lines = head(figure) + plot(figure)
    for fact in figure.facts {
      text.lines.append(Line(fact.label, label: 16, Span(Sanitizer.line(fact.text, limit: 400), .text)))
    }
    text.lines.append(Line("counted", label: 16, Span(figure.kind.meaning, .dim)))
    for remark in report?.remarks ?? [] { text.lines.append(Line(Sanitizer.line(remark, limit: 400), .warning)) }
    if figure.parts.isEmpty { return text }
    text.lines += [Line(), Line("\(heading(figure)), enter opens", .heading, .bold)]
    for part in figure.parts {
      text.parts.append(text.lines.count)
      text.lines.append(line(part))
    }
    return text
  }

  private func head(_ figure: HealthFigure) -> [Line] {
    var line = Line("\(figure.kind.title)  ", .title, .bold)
    line.append(figure.numberText, figure.state.role, .bold)
    line.append("  \(figure.state.label)", figure.state.role)
    if let target = figure.targetText { line.append(", target \(target)", .dim) }
    line.append("  \(figure.id)", .dim)
    var lines = [line]
    if let alert = figure.alert { lines.append(Line("ALERT " + Sanitizer.line(alert, limit: 400), .danger, .bold)) }
    if case .unknown(let why) = figure.number {
      lines.append(Line("unknown because " + Sanitizer.line(why, limit: 400), .warning))
    }
    return lines
  }

  private func heading(_ figure: HealthFigure) -> String {
    switch figure.parts[0].reference {
    case .run: "runs"
    case .test: "tests"
    case .golden: "goldens"
    case .source: "test functions"
    case .nowhere: "parts"
    }
  }

  private func line(_ part: HealthFigure.Part) -> Line {
    let text = Sanitizer.line(part.text, limit: 200)
    let room = max(12, size.width - DisplayWidth.of(text) - 4)
    var line = Line("  " + Sanitizer.line(part.title, limit: 400).keepingEnd(columns: room), .text)
    if case .run = part.reference {
      line = Line("  " + Sanitizer.line(part.title, limit: 400).keepingStart(columns: room), .text)
    }
    line.append("  " + text, .dim)
    line.isTable = true
    return line
  }

  // MARK: - The plot

  private func plot(_ figure: HealthFigure) -> [Line] {
    let height = size.height < 14 ? 4 : size.height < 24 ? 6 : 9
    guard figure.points.count > 1, let full = TrendPlot(figure, columns: max(8, size.width - 12)) else { return [] }
    let unit = figure.kind.unit
    var labels: [Int: String] = [:]
    if let row = full.targetRow(of: height), let target = figure.target { labels[row] = unit.axisText(target.number) }
    labels[height - 1] = labels[height - 1] ?? unit.axisText(full.low)
    labels[0] = labels[0] ?? unit.axisText(full.high)
    let margin = labels.values.map { DisplayWidth.of($0) }.max() ?? 0
    guard let plot = TrendPlot(figure, columns: max(8, size.width - margin - 3)) else { return [] }
    var lines = [Line()]
    for row in 0..<height {
      var line = Line((labels[row] ?? "").filledBefore(to: margin), .dim)
      line.append(labels[row] == nil ? " │" : " ┤", .dim)
      let isWide = plot.columns.count * 2 <= size.width - margin - 3
      for cell in plot.row(row, of: height) { append(cell, isWide: isWide, to: &line) }
      line.isTable = true
      lines.append(line)
    }
    lines.append(axis(figure, plot, margin: margin))
    return lines + [Line()]
  }

  private func append(_ cell: TrendPlot.Cell, isWide: Bool, to line: inout Line) {
    let role: Role =
      switch cell {
      case .empty, .target: .dim
      case .unknown: .warning
      case .bar(_, let isGood): figure?.target == nil ? .info : isGood ? .pass : .fail
      }
    let text = String(repeating: TrendPlot.character(cell), count: isWide ? 2 : 1)
    if let last = line.spans.indices.last, line.spans[last].style == Style(role) {
      line.spans[last].text += text
    } else {
      line.append(text, role)
    }
  }

  /// What the first and the last column are of.
  private func axis(_ figure: HealthFigure, _ plot: TrendPlot, margin: Int) -> Line {
    func name(_ point: HealthFigure.Point?) -> String {
      guard let point else { return "" }
      return Sanitizer.line(point.label, limit: 24) + (point.time.map { " \($0.dayText)" } ?? "")
    }
    var words = name(figure.points.first) + " – " + name(figure.points.last)
    if plot.pointsAColumn > 1 { words += ", a column the worst of \(plot.pointsAColumn)" }
    var line = Line(String(repeating: " ", count: margin) + " └ " + words, .dim)
    line.isTable = true
    return line
  }
}
