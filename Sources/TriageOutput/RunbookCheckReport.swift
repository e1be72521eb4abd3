internal import SafeText
internal import TriageModel
package import TriageServices

/// The answer of `runbook --check`.
package struct RunbookCheckReport {
  /// Findings of one kind that are listed for people.
  private static let mostOfKind = 100

  private let check: RunbookCheck

  /// What a check found.
  package init(_ check: RunbookCheck) { self.check = check }

  /// Writes it for people: a line a finding.
  package func write(_ style: TextStyle, to sink: OutputSink) {
    var counts: [RunbookCheck.Finding.Kind: Int] = [:]
    for finding in check.findings {
      counts[finding.kind, default: 0] += 1
      if counts[finding.kind, default: 0] > Self.mostOfKind { continue }
      let place = finding.subject.map { $0 + (finding.line.map { ":\($0)" } ?? "") + ": " } ?? ""
      let kind = style.paint(finding.kind.rawValue, finding.kind.isWrong ? .bad : .uneasy)
      sink.appendLine("\(kind)  \(Sanitizer.line(place + finding.words))")
    }
    for (kind, count) in counts.sorted(by: { $0.key.word < $1.key.word }) where count > Self.mostOfKind {
      let more = CountText.of(count - Self.mostOfKind)
      sink.appendLine("\(kind.rawValue)  \(style.ellipsis) and \(more) more (--json lists them)")
    }
    let pages = CountText.of(check.pages, "runbook")
    let failures = CountText.of(check.failures, "failure")
    let wrong = check.findings.count { $0.kind.isWrong }
    sink.appendLine("\(pages), \(failures): \(wrong == 0 ? "nothing is wrong" : "\(CountText.of(wrong)) wrong")")
  }

  /// Writes the documented object.
  package func writeJSON(to sink: OutputSink) {
    JSONStream.write(to: sink) { json in
      json.number("version", 1)
      json.number("runbooks", check.pages)
      json.number("failures", check.failures)
      json.bool("ok", !check.isWrong)
      json.array("findings") { json in
        for finding in check.findings {
          json.object(onNewLine: true) { json in
            json.string("kind", finding.kind.word)
            json.bool("wrong", finding.kind.isWrong)
            json.string("subject", finding.subject)
            json.number("line", finding.line)
            json.string("words", finding.words)
          }
        }
      }
    }
  }
}
