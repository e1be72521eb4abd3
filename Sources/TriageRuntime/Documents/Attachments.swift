internal import TriageMessages
internal import TriageModel

/// The files that a test's output names: `[[ATTACHMENT|path]]`, as Jenkins, GitLab, Playwright and mocha write it.
enum Attachments {
  /// The named files that are among the run's files, each once.
  static func named(by test: TestIndex, in run: Run) -> [FileLink] {
    var found: [FileLink] = []
    for attempt in run.table.attempts(of: test) {
      for output in [attempt.standardOutput, attempt.standardError] where !output.isEmpty {
        for path in paths(in: run.table.text.string(output)) {
          guard let file = run.info.files.first(where: { matches($0.path, path) }) else { continue }
          let link = FileLink(location: file.location, shown: file.path)
          if !found.contains(link) { found.append(link) }
        }
      }
    }
    return found
  }

  /// The paths between `[[ATTACHMENT|` and the next `|` or `]]`.
  static func paths(in text: String) -> [String] {
    text.split(separator: "[[ATTACHMENT|").dropFirst(text.hasPrefix("[[ATTACHMENT|") ? 0 : 1).prefix(1000)
      .compactMap { rest in
        guard let end = rest.firstIndex(where: { $0 == "]" || $0 == "|" || $0.isNewline }) else { return nil }
        return String(rest[..<end])
      }
  }

  /// Whether a named path, absolute on another machine perhaps, means a file of the run.
  private static func matches(_ file: String, _ named: String) -> Bool {
    file == named || named.hasSuffix("/" + file) || file.hasSuffix("/" + named)
  }
}
