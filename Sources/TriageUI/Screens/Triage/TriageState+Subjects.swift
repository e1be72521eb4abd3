import SafeText
import TerminalKit
import TriageMessages
import TriageModel
import TriageStyle

extension TriageState {
  /// What the editor should open: the frame or file under the cursor, the file that is looked at, else where the test
  /// failed or is defined.
  func sourceUnderCursor(in run: Run) -> SourceLocation? {
    if let openedFile { return SourceLocation(file: openedFile.location, line: nil) }
    switch focus == .detail ? document?.links[pane.line] : nil {
    case .source(let location): return location
    case .file(let file): return SourceLocation(file: file.location, line: nil)
    case .run, .commit, nil: break
    }
    guard let test = selectedTest else { return nil }
    if let source = document?.source { return source }
    let failed = run.table.attempts(of: test).first { $0.outcome.isFailing }?.failures.first?.location
    let own = failed.flatMap { $0.isOfLibrary ? nil : $0 }?.inPackage(
      of: run.table.suiteName(run.table.suite(of: test)))
    return own ?? run.table.definition(of: test)
  }

  /// The text to copy, made harmless, and what to call it; nil when there is nothing of the kind.
  ///
  /// A test's name is one line: what is pasted into a shell must not run.
  func copy(_ subject: CopySubject, in run: Run) -> (text: String, what: String)? {
    switch subject {
    case .id:
      if !marks.isEmpty {
        return (marks.sorted().map { id(of: $0, in: run) }.joined(separator: "\n"), "\(marks.count) test ids")
      }
      return selectedTest.map { (id(of: $0, in: run), "test id") }
    case .location:
      return sourceUnderCursor(in: run).map {
        (Sanitizer.line($0.file, limit: .max) + ($0.line.map { ":\($0)" } ?? ""), "path:line")
      }
    case .message:
      guard let test = selectedTest else { return nil }
      let text = Sanitizer.output(run.table.text.string(run.table.headline(of: test)))
      return text.isEmpty ? nil : (text, "message")
    case .pane:
      guard let document, !document.lines.isEmpty else { return nil }
      return (document.lines.map(\.text).joined(separator: "\n"), "\(document.lines.count) lines")
    case .handover: return document?.handover.map { ($0, "hand-over") }
    case .left, .right, .patch, .commit: return nil
    }
  }

  private func id(of test: TestIndex, in run: Run) -> String { Sanitizer.line(run.table.id(of: test), limit: .max) }

  /// Does what the mouse did: a press selects, a second one opens, the wheel scrolls the pane it is over.
  mutating func mouse(_ event: MouseEvent, run: Run?) {
    let layout = self.layout
    let isOverList = layout.list.contains(event.point)
    switch event.action {
    case .press, .doublePress:
      if isOverList {
        focus = .list
        moveCursor(to: cursor.offset + event.point.y - layout.list.y)
        if event.action == .doublePress { _ = perform(.open, run: run) }
      } else if layout.detail.contains(event.point) {
        focus = .detail
      }
    case .wheelUp, .wheelDown:
      let step = event.action == .wheelUp ? -3 : 3
      if isOverList {
        cursor.scroll(by: step, count: rows.count, height: layout.list.height)
      } else if let document {
        pane.move(by: step, in: document.lines, size: layout.textSize)
      }
    }
  }
}
