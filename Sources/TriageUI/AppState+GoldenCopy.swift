import Goldens
import SafeText
import TriageMessages
import TriageModel

extension AppState {
  /// What can be copied here.
  var copySubjects: [CopySubject] {
    if screen == .runs { return CopySubject.ofRuns }
    if screen == .flakes { return CopySubject.ofFlakes }
    return currentGolden == nil ? CopySubject.ofTests : CopySubject.ofGoldens
  }

  /// The text to copy of the golden that is looked at, and what to call it; nil when there is nothing of the kind.
  func copyOfGolden(_ subject: CopySubject) -> (text: String, what: String)? {
    guard let change = currentGolden else { return nil }
    switch subject {
    case .id:
      let marked = screen == .goldens ? goldens.marks.sorted() : []
      if marked.isEmpty { return (Sanitizer.line(change.id, limit: .max), "golden id") }
      return (marked.map { Sanitizer.line($0.description, limit: .max) }.joined(separator: "\n"), "\(marked.count) ids")
    case .location: return (Sanitizer.line(change.place.path, limit: .max), "path")
    case .left: return text { $0.expected }.map { ($0, "expected text") }
    case .right: return text { $0.actual }.map { ($0, "actual text") }
    case .patch: return patch(of: change).map { ($0, "patch") }
    case .message, .pane, .commit, .handover: return nil
    }
  }

  private func text(_ side: (TextComparison) -> TextLines) -> String? {
    guard case .text(let text) = pair.body else { return nil }
    return Sanitizer.output(String(decoding: side(text).bytes, as: UTF8.self))
  }

  private func patch(of change: GoldenChange) -> String? {
    guard case .text(let text) = pair.body else { return nil }
    return Sanitizer.output(PatchText.of(text, path: change.place.path))
  }
}
