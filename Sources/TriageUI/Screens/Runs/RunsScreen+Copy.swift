import SafeText
import TerminalKit
import TriageMessages
import TriageModel

extension RunsScreen {
  /// The text to copy, made harmless, and what to call it; nil when there is nothing of the kind.
  func copy(_ subject: CopySubject) -> (text: String, what: String)? {
    switch subject {
    case .id:
      if focus == .difference, let name = name(at: difference?.row(at: differenceCursor.index)) {
        return (Sanitizer.line(name, limit: .max), "test id")
      }
      return selected.map { (Sanitizer.line($0.identity.id, limit: .max), "run id") }
    case .commit: return selected?.commit.map { (Sanitizer.line($0, limit: .max), "commit") }
    case .pane: return differenceText.map { ($0, "the difference") }
    case .location, .message, .handover, .left, .right, .patch: return nil
    }
  }

  /// The difference as `assay compare` writes it, below the names of the runs.
  private var differenceText: String? {
    guard let compared, let comparison = answer?.comparison else { return nil }
    let names = [compared.earlier, compared.later].map { place in
      let run = roll.runs[place]
      return "\(run.shortName) \(run.commitWords)"
    }
    var lines = [Sanitizer.line(names.joined(separator: " → "), limit: 600)]
    for section in DifferenceRows.Section.allCases {
      let items = comparison.items(of: section)
      if items.isEmpty { continue }
      lines.append("\(section.title) ×\(section.fate.map { comparison.count($0) } ?? items.count)")
      lines += items.map { item in
        let leg = (item.after ?? item.before)?.leg ?? ""
        return "  " + Sanitizer.line(leg.isEmpty ? item.test : "\(item.test) [\(leg)]", limit: .max)
      }
    }
    if lines.count == 1 { lines.append("no test ended differently") }
    return lines.joined(separator: "\n")
  }
}
