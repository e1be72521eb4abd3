/// A report of a run: which file, which format, which leg of a matrix.
package struct ReportInfo: Sendable, Equatable {
  /// The path shown to people, relative to what was opened.
  package var path: String
  /// The folder (inside folders or archives) that the report lies in: reports of other formats in it tell of the same attempts.
  package var folder: String
  /// The format's id in the registry (`junit`).
  package var format: String
  /// What tells this leg of a matrix from the others: shard, platform, python …
  package var labels: [String: String]
  /// When the report says its tests began.
  package var startedAt: Timestamp?
  /// From 1: which one it is of the reports in one file.
  var part = 1
  /// What the report says of the machine it ran on.
  package var host = ""

  /// A report before it was read.
  package init(path: String, folder: String, format: String, labels: [String: String] = [:]) {
    self.path = path
    self.folder = folder
    self.format = format
    self.labels = labels
  }
}

/// What was lost of a report, and why.
package struct Damage: Sendable, Equatable {
  /// The report.
  package let path: String
  /// The line the cause was met at, from 1; nil where lines mean nothing.
  package let line: Int?
  /// What happened, in lower case, naming a limit where one was reached.
  package let cause: String

  /// A loss in the report at `path`.
  package init(path: String, line: Int?, cause: String) {
    self.path = path
    self.line = line
    self.cause = cause
  }
}
