internal import RunArtifacts
internal import TriageModel

/// What a CI system wrote at the end of a job's log when the job went wrong: the tests may know nothing of it.
///
/// Only the systems' own sentences count, not words that a program under test could print by the way.
struct JobLogEnd: Equatable {
  /// The log.
  let path: String
  /// What it says, as a clause.
  let words: String

  /// Bytes that are looked at from a log's end.
  private static let tail = 1 << 16
  /// Logs that are looked at in one run.
  private static let most = 50

  /// The sentences of GitHub, Azure, GitLab, CircleCI and Jenkins, and whether a number follows.
  private static let sentences: [(text: String, words: String, hasNumber: Bool)] = [
    ("##[error]Process completed with exit code ", "the job exited with status ", true),
    ("##[error]Bash exited with code '", "the job exited with status ", true),
    ("ERROR: Job failed: exit code ", "the job exited with status ", true),
    ("ERROR: Job failed: exit status ", "the job exited with status ", true),
    ("Exited with code exit status ", "the job exited with status ", true),
    ("##[error]The operation was canceled.", "the job was cancelled", false),
    ("has exceeded the maximum execution time of ", "the job ran out of time", false),
    ("ERROR: Job failed: execution took longer than ", "the job ran out of time", false),
    ("\nFinished: FAILURE", "the job failed", false),
    ("\nFinished: ABORTED", "the job was aborted", false),
  ]

  /// The first log of a run whose end tells of a failure; nil when none does.
  static func find(in files: [RunFile]) -> JobLogEnd? {
    for file in files.filter({ $0.kind == .log }).prefix(most) {
      guard let bytes = SmallFile.tail(file.location, count: tail) else { continue }
      if let words = words(in: String(decoding: bytes, as: UTF8.self)) {
        return JobLogEnd(path: file.path, words: words)
      }
    }
    return nil
  }

  /// What the end of a log says; nil when it tells of no failure.
  static func words(in text: String) -> String? {
    for sentence in sentences {
      guard let place = text.ranges(of: sentence.text).last else { continue }
      guard sentence.hasNumber else { return sentence.words }
      let number = text[place.upperBound...].prefix(9).prefix { $0.isASCII && $0.isNumber }
      if let status = Int(number), status != 0 { return sentence.words + String(status) }
    }
    return nil
  }
}
