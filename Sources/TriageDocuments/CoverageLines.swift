internal import SafeText
package import TerminalKit
internal import TriageModel
package import TriageServices
internal import TriageStyle

/// A source file with the lines that tests ran, ran before, and never ran.
package struct CoverageLines {
  /// Lines of the source that are shown at most.
  private static let mostSourceLines = 120
  /// Lines around each that is meant.
  private static let around = 1

  /// The numbers of the lines that did not run, those first that were changed since the run before.
  package private(set) var summary: [Line] = []
  /// What stands there, below a blank line; nothing where nobody knows.
  package private(set) var source: [Line] = []

  /// All of it.
  package var lines: [Line] { summary + source }

  /// The lines of a file.
  package init(of file: FileCoverage) {
    let coverage = file.lines
    let before = file.base.map { Sanitizer.line($0.info.name, limit: 80) }
    for fate in [LineCoverage.Fate.changed, .lost, .never] {
      let lines = coverage.text(of: fate)
      if lines.isEmpty { continue }
      let why =
        switch fate {
        case .changed: "  changed since \(before ?? "?"), and not run"
        case .lost: "  ran in \(before ?? "?")"
        case .never, .covered: file.base == nil ? "  did not run" : "  did not run, nor is it known to have run before"
        }
      summary.append(Line(fate.word, label: 9, Span(lines, Style(fate.role)), Span(why, .dim)))
    }
    if let unknown = coverage.unknown {
      summary.append(Line("lost", label: 9, Span("not known: \(unknown)", .dim)))
    }
    if coverage.isCut { summary.append(Line("the report has more ranges of lines than are kept here", .warning)) }
    file.source.map { addSource($0, coverage) }
  }

  /// The lines that changed, else those that were lost, else all that did not run, with what stands around them.
  private mutating func addSource(_ bytes: [UInt8], _ coverage: LineCoverage) {
    let text = OutputLines.lines(of: String(decoding: bytes, as: UTF8.self), limit: DocumentBuilder.longestText).lines
    let meant = coverage.lines(of: .changed) + coverage.lines(of: .lost)
    var shown: Set<Int> = []
    for line in meant.isEmpty ? coverage.lines(of: .never) : meant where shown.count < Self.mostSourceLines {
      shown.formUnion(max(1, line - Self.around)...(line + Self.around))
    }
    let numbers = shown.filter { $0 <= text.count }.sorted()
    guard let last = numbers.last else { return }
    add(Line())
    var before = 0
    for number in numbers {
      if before > 0, number > before + 1 { add(Line("…".filledBefore(to: String(last).count), .dim)) }
      before = number
      let fate = coverage.fate(of: number)
      var line = Line(String(number).filledBefore(to: String(last).count) + " ", .dim)
      line.append((fate?.mark ?? " ") + " ", fate?.role ?? .dim)
      line.append(text[number - 1].text, fate == nil ? .dim : fate?.role ?? .text)
      add(line)
    }
    add(Line("! changed and not run   - ran before   · never ran   + ran", .dim))
  }

  private mutating func add(_ line: Line) { source.append(line) }
}

extension LineCoverage.Fate {
  fileprivate var word: String {
    switch self {
    case .covered: "ran"
    case .changed: "changed"
    case .lost: "lost"
    case .never: "never"
    }
  }

  fileprivate var mark: String {
    switch self {
    case .covered: "+"
    case .changed: "!"
    case .lost: "-"
    case .never: "·"
    }
  }

  fileprivate var role: Role {
    switch self {
    case .covered: .text
    case .changed: .danger
    case .lost: .minus
    case .never: .warning
    }
  }
}
