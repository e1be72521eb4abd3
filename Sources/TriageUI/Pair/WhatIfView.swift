import Goldens
import TerminalKit
import TriageModel

/// The panel of a tolerance that is tried: what it is, and what it would leave.
enum WhatIfView {
  static func draw(_ whatIf: WhatIfState, of comparison: Comparison?, on grid: inout Grid) {
    let names: [WhatIfState.Part: String] = [.relative: "rtol", .absolute: "atol", .ulps: "ULP "]
    var lines = [remaining(whatIf, comparison), Line("")]
    for part in WhatIfState.Part.allCases {
      let isChosen = part == whatIf.part
      lines.append(
        Line([
          Span(isChosen ? "> " : "  ", .titleFocus, .bold),
          Span("\(names[part] ?? "")  ", isChosen ? .title : .dim, isChosen ? .bold : []),
          Span(isChosen ? "‹ \(whatIf.text(of: part)) ›" : "  \(whatIf.text(of: part))", isChosen ? .text : .dim),
        ]))
    }
    lines.append(Line(""))
    if let summary = comparison?.summary { lines.append(smallest(summary)) }
    lines.append(
      Line([
        Span("h l", .key, .bold), Span(" 1-2-5  ", .dim), Span("H L", .key, .bold), Span(" ×10  ", .dim),
        Span("j k", .key, .bold), Span(" which  ", .dim), Span("0", .key, .bold), Span(" off  ", .dim),
        Span("=", .key, .bold), Span(" smallest  ", .dim), Span("esc", .key, .bold), Span(" leaves", .dim),
      ]))
    let chosen = WhatIfState.Part.allCases.firstIndex(of: whatIf.part).map { $0 + 2 }
    Panel.draw(title: "What if the tolerance were …", lines, focus: chosen, on: &grid)
  }

  private static func remaining(_ whatIf: WhatIfState, _ comparison: Comparison?) -> Line {
    let total = CountText.of(whatIf.total)
    let left = whatIf.tolerance.isExact ? whatIf.total : whatIf.remaining
    guard let left else { return Line("counting what is left of \(total)…", .dim) }
    let text = "\(CountText.of(left)) of \(total) differences remain"
    return Line(text, left == 0 ? .pass : .title, .bold)
  }

  private static func smallest(_ summary: ChangeSummary) -> Line {
    var parts: [String] = []
    if let relative = summary.smallestRelative { parts.append("rtol \(FigureText.notBelow(relative))") }
    if let absolute = summary.smallestAbsolute { parts.append("atol \(FigureText.notBelow(absolute))") }
    if parts.isEmpty { return Line("no tolerance accepts all of it", .warning) }
    return Line("all of it passes from " + parts.joined(separator: ", or ") + " on", .dim)
  }
}
