import SafeText
import TerminalKit
import TriageMessages
import TriageModel

extension FlakesScreen {
  /// Marks the test under the cursor, and goes on.
  mutating func mark() -> String? {
    let test = selected?.flake.test
    moveCursor(to: cursor.index + 1)
    return toggle([test].compactMap(\.self))
  }

  /// Begins a range at the cursor, or marks all up to it.
  mutating func markRange() -> String? {
    guard let start = rangeStart else {
      rangeStart = cursor.index
      return "marking from here; V again marks up to the cursor"
    }
    rangeStart = nil
    let range = min(start, cursor.index)...max(start, cursor.index)
    marks.formUnion(range.compactMap { row(at: $0)?.flake.test })
    return "\(marks.count) marked"
  }

  /// Marks all of the tests; unmarks them when all were marked.
  mutating func toggle(_ tests: [String]) -> String? {
    if tests.allSatisfy(marks.contains) { marks.subtract(tests) } else { marks.formUnion(tests) }
    return marks.isEmpty ? "nothing is marked" : "\(marks.count) marked"
  }

  /// Goes to the next test, or the next line of the text, that has what was searched for.
  mutating func nextMatch(_ step: Int, _ openRuns: Set<RunIdentity>) -> String? {
    let needle = focus == .list ? find : textSearch
    guard !needle.isEmpty else { return "nothing was searched for yet: f finds, / filters" }
    let search = ByteSearch(needle)
    func matches(_ text: String) -> Bool {
      var text = text
      return text.withUTF8 { search.matches(UnsafeRawBufferPointer($0)) }
    }
    let lines = focus == .list ? [] : FlakePane(self, openRuns: openRuns).lines
    let count = focus == .list ? rows.count : lines.count
    var place = focus == .list ? cursor.index : pane.line
    for _ in 0..<count {
      place = (place + step + count) % count
      if focus == .list, matches(row(at: place)?.flake.test ?? "") {
        moveCursor(to: place)
        return nil
      } else if focus == .attempt, matches(lines[place].text) {
        let text = layout.text
        pane.move(to: place, in: lines, size: Size(width: text.width, height: text.height))
        return nil
      }
    }
    return "“\(Sanitizer.line(needle))” is not here"
  }

  /// The text to copy, made harmless, and what to call it; nil when there is nothing of the kind.
  func copy(_ subject: CopySubject, openRuns: Set<RunIdentity>) -> (text: String, what: String)? {
    switch subject {
    case .id:
      let marked = (list?.rows ?? []).map(\.flake.test).filter(marks.contains)
      if !marked.isEmpty {
        return (marked.map { Sanitizer.line($0, limit: .max) }.joined(separator: "\n"), "\(marked.count) test ids")
      }
      return selected.map { (Sanitizer.line($0.flake.test, limit: .max), "test id") }
    case .location:
      return location.map { place in
        (Sanitizer.line(place.file, limit: .max) + (place.line.map { ":\($0)" } ?? ""), "path:line")
      }
    case .pane:
      let lines = FlakePane(self, openRuns: openRuns).lines
      return lines.isEmpty ? nil : (lines.map(\.text).joined(separator: "\n"), "\(lines.count) lines")
    case .message:
      guard isAttemptKnown, let text = attempt?.text else { return nil }
      return (Sanitizer.output(text), "message")
    case .left, .right, .patch, .commit, .handover: return nil
    }
  }
}
