internal import SafeText
package import TriageModel

/// The answer of `gate`, in the words of whoever reads it.
package struct GateReport {
  /// Who reads it.
  package enum Format: String, Sendable, CaseIterable {
    /// A person at a terminal or in a log.
    case text
    /// The summary of a job.
    case markdown
    /// GitHub's annotations at the lines.
    case github
    /// The documented object.
    case json
    /// JUnit with what counts alone.
    case junit
  }

  private let answer: GateAnswer
  private let allowsPartial: Bool

  /// A report.
  package init(_ answer: GateAnswer, allowsPartial: Bool) {
    self.answer = answer
    self.allowsPartial = allowsPartial
  }

  /// Writes the report.
  package func write(_ format: Format, style: TextStyle, to sink: OutputSink) {
    switch format {
    case .text: writeText(style: style, to: sink)
    case .markdown: writeMarkdown(to: sink)
    case .github: writeAnnotations(to: sink)
    case .json: writeJSON(to: sink)
    case .junit: writeJUnit(to: sink)
    }
  }

  /// `STOPPED: 2 page, 1 fail · 3 muted`; what cannot be known is never called passed.
  package var sentence: String {
    let counts = GateLine.Ruling.allCases.compactMap { ruling -> String? in
      let count = answer.count(ruling)
      return count > 0 ? "\(CountText.of(count)) \(ruling.rawValue)" : nil
    }
    let tests = answer.runs.reduce(0) { $0 + $1.tests }
    let head =
      answer.stops
      ? "STOPPED" : answer.isPartial ? (allowsPartial ? "PASSED AS FAR AS IS KNOWN" : "INCOMPLETE") : "PASSED"
    let items = answer.runs.reduce(0) { $0 + $1.items }
    let others = items > 0 ? " and \(CountText.of(items, "other item"))" : ""
    let what = "\(CountText.of(tests, "test"))\(others) of \(CountText.of(answer.runs.count, "run"))"
    return "\(head): " + ([what] + counts).joined(separator: " · ")
  }

  /// Why it cannot be known that nothing fails, a sentence each.
  package var incomplete: [String] {
    answer.runs.flatMap { run -> [String] in
      if run.tests == 0 { return ["\(run.name) has no tests"] + run.incomplete.map { "\(run.name): \($0)" } }
      return run.incomplete.map { "\(run.name): \($0)" }
    }
  }

  // MARK: - For people

  private func writeText(style: TextStyle, to sink: OutputSink) {
    sink.appendLine(style.paint(sentence, answer.stops ? .bad : answer.isPartial ? .uneasy : .good))
    for words in incomplete { sink.appendLine(style.paint("incomplete", .bad) + " " + Sanitizer.line(words)) }
    for line in answer.lines where !sink.isClosed {
      let tone: TextStyle.Tone = line.ruling.stops ? .bad : .aside
      let word = line.ruling.rawValue + String(repeating: " ", count: max(0, 11 - line.ruling.rawValue.count))
      let times = line.tests.count > 1 ? "  \(style.times(line.tests.count))" : ""
      sink.appendLine(style.paint(word, tone) + " " + Sanitizer.line(line.title, limit: 400) + times)
      var facts = [line.why]
      if let verdict = line.verdict, verdict != .muted, line.ruling != .known {
        facts.append(verdict.rawValue + (line.since.map { " since run \($0)" } ?? ""))
      }
      facts += [line.owner, line.ticket.flatMap { line.ruling == .muted ? nil : $0 }].compactMap(\.self)
      if line.ruling.stops || line.runbook != nil {
        facts.append(line.runbook.map { "runbook \($0.path)" } ?? "no runbook")
      }
      sink.appendLine("            " + facts.map { Sanitizer.line($0, limit: 400) }.joined(separator: style.separator))
      for test in line.tests.prefix(line.ruling.stops ? 10 : 3) {
        sink.appendLine("            " + Sanitizer.line(test.id, limit: 1000))
      }
      let more = line.tests.count - (line.ruling.stops ? 10 : 3)
      if more > 0 { sink.appendLine("            and \(CountText.of(more)) more") }
      if line.ruling.stops, let command = line.reproduce {
        sink.appendLine("            " + style.paint("run " + Sanitizer.line(command, limit: 2000), .aside))
      }
    }
    for problem in answer.problems { sink.appendLine(style.paint(Sanitizer.line(problem), .aside)) }
  }

  private func writeMarkdown(to sink: OutputSink) {
    sink.appendLine("### assay gate: " + MarkdownText.plain(sentence))
    for words in incomplete { sink.appendLine("- **incomplete** " + MarkdownText.plain(words)) }
    guard !answer.lines.isEmpty else { return }
    sink.appendLine()
    sink.appendLine("| ruling | cause | tests | why | owner | runbook |")
    sink.appendLine("|---|---|---|---|---|---|")
    for line in answer.lines where !sink.isClosed {
      let word = line.ruling.stops ? "**\(line.ruling.rawValue)**" : line.ruling.rawValue
      let tests = line.tests.prefix(3).map { MarkdownText.plain($0.id) }.joined(separator: "<br>")
      let more = line.tests.count > 3 ? "<br>and \(CountText.of(line.tests.count - 3)) more" : ""
      let page = line.runbook.map { "[\(MarkdownText.plain($0.title))](\(Self.address($0.path)))" } ?? "none"
      let cells = [
        word, MarkdownText.plain(line.title), tests + more, MarkdownText.plain(line.why),
        MarkdownText.plain(line.owner ?? ""), page,
      ]
      sink.appendLine("| " + cells.joined(separator: " | ") + " |")
    }
    for line in answer.lines where line.ruling.stops {
      if let command = line.reproduce { sink.appendLine("\n    " + Sanitizer.line(command, limit: 2000)) }
    }
  }

  private static func address(_ path: String) -> String {
    path.utf8.map { byte in
      let isPlain = byte.isPlainInAddresses
      return isPlain
        ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }.joined()
  }

  // MARK: - For machines

  /// GitHub's workflow commands: one at each test that stops the release, a notice for the rest.
  private func writeAnnotations(to sink: OutputSink) {
    for words in incomplete { sink.appendLine("::error title=assay gate: incomplete::" + Self.command(words)) }
    for line in answer.lines where !sink.isClosed {
      let level = line.ruling.stops ? "error" : line.ruling == .retried ? "warning" : "notice"
      for test in line.tests.prefix(line.ruling.stops ? 50 : 1) {
        var properties = ["title=" + Self.property("\(line.ruling.rawValue): \(line.title)")]
        if let location = test.location {
          properties.append("file=" + Self.property(location.file))
          if let line = location.line { properties.append("line=\(line)") }
        }
        let words = [test.id, line.why, line.runbook.map { "runbook: \($0.path)" }].compactMap(\.self)
        sink.appendLine(
          "::\(level) \(properties.joined(separator: ","))::" + Self.command(words.joined(separator: " · ")))
      }
    }
    sink.appendLine(Sanitizer.line(sentence))
  }

  private static func command(_ text: String) -> String {
    Sanitizer.line(text, limit: 1000).map { $0 == "%" ? "%25" : String($0) }.joined()
  }

  private static func property(_ text: String) -> String {
    Sanitizer.line(text, limit: 300).map { $0 == "%" ? "%25" : $0 == ":" ? "%3A" : $0 == "," ? "%2C" : String($0) }
      .joined()
  }

  /// Whether an incomplete run may pass.
  package var isPartialAllowed: Bool { allowsPartial }

  /// The documented object in memory, for a command's input.
  package var jsonBytes: [UInt8] { bytes { writeJSON(to: $0) } }

  /// The Markdown in memory, for a comment.
  package var markdown: String { String(decoding: bytes { writeMarkdown(to: $0) }, as: UTF8.self) }

  private func bytes(_ write: (OutputSink) -> Void) -> [UInt8] {
    var bytes: [UInt8] = []
    let sink = OutputSink { bytes.append(contentsOf: $0) }
    write(sink)
    try? sink.finish()
    return bytes
  }

  private func writeJSON(to sink: OutputSink) {
    JSONStream.write(to: sink) { json in
      json.number("version", 1)
      json.string("result", answer.stops ? "stopped" : answer.isPartial ? "incomplete" : "passed")
      json.object("counts") { json in
        for ruling in GateLine.Ruling.allCases { json.number(ruling.word, answer.count(ruling)) }
      }
      json.array("runs") { json in
        for run in answer.runs { json.object(onNewLine: true) { $0.members(of: run) } }
      }
      json.array("causes") { json in
        for line in answer.lines where !sink.isClosed { json.object(onNewLine: true) { $0.members(of: line) } }
      }
      json.strings("problems", answer.problems)
    }
  }

  /// JUnit in which only what stops the release fails; the rest passes, or is skipped with the reason.
  private func writeJUnit(to sink: OutputSink) {
    let failing = answer.lines.filter { $0.ruling.stops }.reduce(0) { $0 + $1.tests.count }
    let listed = answer.lines.reduce(0) { $0 + $1.tests.count }
    let errors = answer.isPartial && !allowsPartial ? max(1, incomplete.count) : 0
    sink.appendLine(#"<?xml version="1.0" encoding="UTF-8"?>"#)
    let skipped = listed - failing
    sink.appendLine(
      "<testsuite name=\"assay gate\" tests=\"\(listed + errors)\" failures=\"\(failing)\" errors=\"\(errors)\" skipped=\"\(skipped)\">"
    )
    if errors > 0 {
      for words in incomplete.isEmpty ? ["nothing was read"] : incomplete {
        sink.appendLine("  <testcase name=\"complete\"><error message=\"\(Self.xml(words))\"/></testcase>")
      }
    }
    for line in answer.lines where !sink.isClosed {
      let tag = line.ruling.stops ? "failure" : "skipped"
      let message = Self.xml("\(line.ruling.rawValue): \(line.title) (\(line.why))")
      for test in line.tests {
        sink.appendLine("  <testcase name=\"\(Self.xml(test.id))\"><\(tag) message=\"\(message)\"/></testcase>")
      }
    }
    sink.appendLine("</testsuite>")
  }

  private static func xml(_ text: String) -> String {
    let marks: [Character: String] = ["&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;"]
    return Sanitizer.line(text, limit: 1000).map { marks[$0] ?? String($0) }.joined()
  }
}

extension UInt8 {
  /// Whether it stands for itself in an address.
  fileprivate var isPlainInAddresses: Bool {
    (0x2D...0x39).contains(self) || (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self) || self == 0x5F
  }
}

extension JSONStream {
  /// Writes the members of a run that the gate judged.
  mutating func members(of run: GateAnswer.JudgedRun) {
    string("run", run.name)
    number("tests", run.tests)
    number("failing", run.failing)
    strings("incomplete", run.incomplete)
  }

  /// Writes the members of a cause as the gate rules it.
  mutating func members(of line: GateLine) {
    string("ruling", line.ruling.word)
    string("cause", line.cause.isEmpty ? nil : line.cause)
    string("title", line.title)
    string("why", line.why)
    string("verdict", line.verdict?.word)
    string("since", line.since)
    string("owner", line.owner)
    string("runbook", line.runbook?.path)
    string("ticket", line.ticket)
    string("reproduce", line.reproduce)
    strings("tests", line.tests.map(\.id))
  }
}
