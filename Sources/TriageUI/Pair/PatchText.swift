import Goldens

/// A comparison of lines as a unified patch with three lines of context.
enum PatchText {
  static func of(_ text: TextComparison, path: String) -> String {
    let lines = ["--- a/\(path)", "+++ b/\(path)"] + hunks(of: text.alignment).flatMap { hunk(text, $0) }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Rows of the alignment that belong together: differences, and what is less than seven rows between them.
  private static func hunks(of alignment: Alignment) -> [Range<Int>] {
    var hunks: [Range<Int>] = []
    for (place, run) in alignment.runs.enumerated() where !run.kind.isQuiet || run.kind == .tolerated {
      let start = max(0, alignment.starts[place] - 3)
      let end = min(alignment.count, alignment.starts[place + 1] + 3)
      if let last = hunks.last, start <= last.upperBound {
        hunks[hunks.count - 1] = last.lowerBound..<end
      } else {
        hunks.append(start..<end)
      }
    }
    return hunks
  }

  private static func hunk(_ text: TextComparison, _ range: Range<Int>) -> [String] {
    var body: [String] = []
    var minus: [String] = []
    var plus: [String] = []
    let rows = range.compactMap { text.alignment.row(at: $0) }
    for row in rows {
      if row.kind == .equal, let line = row.expected {
        body += minus + plus + lines(text.expected, line, " ")
        (minus, plus) = ([], [])
        continue
      }
      if let line = row.expected { minus += lines(text.expected, line, "-") }
      if let line = row.actual { plus += lines(text.actual, line, "+") }
    }
    return [header(rows)] + body + minus + plus
  }

  private static func header(_ rows: [Alignment.Row]) -> String {
    func part(_ lines: [Int]) -> String { lines.isEmpty ? "0,0" : "\((lines.min() ?? 0) + 1),\(lines.count)" }
    return "@@ -\(part(rows.compactMap(\.expected))) +\(part(rows.compactMap(\.actual))) @@"
  }

  private static func lines(_ side: TextLines, _ line: Int, _ sign: String) -> [String] {
    let text = sign + String(decoding: side.line(line), as: UTF8.self)
    let isUnended = line == side.count - 1 && side.lacksFinalNewline
    return isUnended ? [text, "\\ No newline at end of file"] : [text]
  }
}
