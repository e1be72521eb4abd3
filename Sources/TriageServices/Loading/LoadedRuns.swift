package import RunArtifacts
package import TriageModel

/// What a load led to: the runs, and what `doctor` tells of how they were found.
package struct LoadedRuns: Sendable {
  /// Newest first.
  package var runs: [Run] = []
  /// The reports that were read.
  package var recognised: [RecognisedReport] = []
  /// Files that could be reports by their name and are of no known format.
  package var unrecognised: [RunFile] = []
  /// What was left alone in folders and archives.
  package var refusals: [Refusal] = []
  /// Things that look wrong and belong to no run, a sentence each.
  package var warnings: [String] = []

  /// Nothing yet.
  package init() {}
}

/// A report that was read.
package struct RecognisedReport: Sendable, Equatable {
  /// The path as it is shown.
  package let path: String
  /// The format's id.
  package let format: String
  /// How many results it holds as it counts them itself.
  package let cases: Int
}
