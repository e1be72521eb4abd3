import SafeText
import TerminalKit
import TriageModel

/// The first line of Triage: what became of tests since the person looked last.
enum NewsLine {
  /// Tests that are named of each kind; the others are counted.
  private static let namedCount = 3

  static func draw(_ look: LookDifference, in row: Rect, on grid: inout Grid) {
    var line = Line(" since you looked at run \(Sanitizer.line(look.run.identity.id, limit: 40)): ", .dim)
    if look.newlyFailing.isEmpty, look.fixed.isEmpty { line.append("nothing changed", .dim) }
    append(look.newlyFailing, "newly failing", .new, to: &line)
    if !look.newlyFailing.isEmpty, !look.fixed.isEmpty { line.append(" · ", .dim) }
    append(look.fixed, "fixed", .pass, to: &line)
    grid.write(line, in: row)
  }

  private static func append(_ tests: [String], _ words: String, _ role: Role, to line: inout Line) {
    guard !tests.isEmpty else { return }
    line.append("\(CountText.of(tests.count)) \(words)", role, .bold)
    let names = tests.prefix(namedCount).map { Sanitizer.line(TestIDParts($0).name, limit: 60) }
    line.append(" " + names.joined(separator: ", "))
    if tests.count > namedCount { line.append(" …", .dim) }
  }
}
