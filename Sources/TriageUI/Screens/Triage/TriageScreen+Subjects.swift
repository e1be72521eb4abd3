import SafeText
import TerminalKit
import TriageMessages
import TriageModel
import TriageStyle

extension TriageScreen {
  var copySubjects: [CopySubject] { currentGolden == nil ? CopySubject.ofTests : CopySubject.ofGoldens }

  /// What the editor should open: the frame or file under the cursor, the file that is looked at, else where the test
  /// failed or is defined.
  func location(_ context: AppContext) -> SourceLocation? {
    if let currentGolden { return context.pair.location(of: currentGolden) }
    guard let run = context.currentRun else { return nil }
    if let openedFile { return SourceLocation(file: openedFile.location, line: nil) }
    if let page = openedPages.last { return SourceLocation(file: page, line: nil) }
    switch focus == .detail ? document?.links[pane.line] : nil {
    case .source(let location): return location
    case .file(let file): return SourceLocation(file: file.location, line: nil)
    case .page(let path): return SourceLocation(file: path, line: nil)
    case .run, .commit, .web, .line, nil: break
    }
    guard let test = selectedTest else { return nil }
    if let source = document?.source { return source }
    return run.location(of: test)
  }

  /// The text to copy, made harmless, and what to call it; nil when there is nothing of the kind.
  func copy(_ subject: CopySubject, _ context: AppContext) -> (text: String, what: String)? {
    if let currentGolden { return context.pair.copy(subject, of: currentGolden) }
    guard let run = context.currentRun else { return nil }
    switch subject {
    case .id:
      return copyMarked("test ids", marks.sorted().map { run.table.id(of: $0) })
        ?? selectedTest.map { (Sanitizer.line(run.table.id(of: $0), limit: .max), "test id") }
    case .location:
      return copyLocation(context)
    case .message:
      guard let test = selectedTest else { return nil }
      let text = Sanitizer.output(run.table.text.string(run.table.headline(of: test)))
      return text.isEmpty ? nil : (text, "message")
    case .pane:
      return copyLines(document?.lines ?? [])
    case .handover: return document?.handover.map { ($0, "hand-over") }
    case .left, .right, .patch, .commit: return nil
    }
  }
}
