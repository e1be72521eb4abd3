internal import TriageMessages
internal import TriageModel

/// Finds the files that a test's output names among the files of its run.
enum Attachments {
  /// The named files, each once.
  static func named(by test: TestIndex, in run: Run) -> [FileLink] {
    var found: [FileLink] = []
    for attempt in run.table.attempts(of: test) {
      for path in run.table.attachments(of: attempt) {
        guard let file = run.info.files.first(where: { matches($0.path, path) }) else { continue }
        let link = FileLink(file)
        if !found.contains(link) { found.append(link) }
      }
    }
    return found
  }

  /// Whether a named path, absolute on another machine perhaps, means a file of the run.
  private static func matches(_ file: String, _ named: String) -> Bool {
    file == named || named.hasSuffix("/" + file) || file.hasSuffix("/" + named)
  }
}
