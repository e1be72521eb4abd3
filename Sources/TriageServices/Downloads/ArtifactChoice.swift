internal import CIProviders
internal import SafeText

/// Chooses the artifacts of a run that may hold results of tests: by patterns of the repository, else by their names.
struct ArtifactChoice {
  /// Patterns for names; empty where names decide.
  let patterns: [Glob]

  /// Words in names of what tests leave.
  private static let words = [
    "test", "junit", "report", "result", "pytest", "allure", "golden", "snapshot", "spec", "e2e", "playwright",
    "cypress",
    "surefire", "failsafe", "xunit", "trx", "nunit", "log", "failure", "check", "bench", "assay", "diff", "coverage",
    "reg-", "robot", "behave", "cucumber", "karma", "jest", "mocha", "ctest", "gtest", "hypothesis",
  ]
  /// Bytes of an artifact that is taken although its name says nothing, where no name does.
  private static let small = 64 << 20

  /// What is taken, and what is left, of those that are there.
  func parted(_ artifacts: [CIArtifact]) -> (taken: [CIArtifact], left: [CIArtifact]) {
    let isTaken: (CIArtifact) -> Bool
    if !patterns.isEmpty {
      isTaken = { artifact in patterns.contains { $0.matches(artifact.name) } }
    } else if artifacts.contains(where: { looksLikeReport($0) }) {
      isTaken = looksLikeReport
    } else {
      isTaken = { $0.size ?? 0 <= Self.small && !$0.isFile }
    }
    return (artifacts.filter(isTaken), artifacts.filter { !isTaken($0) })
  }

  private func looksLikeReport(_ artifact: CIArtifact) -> Bool {
    if artifact.holdsReports { return true }
    let name = artifact.name.lowercased()
    if !artifact.isFile { return Self.words.contains { name.contains($0) } }
    // Of single files the names decide as in a folder; JSON that is not meant as a report may be anything.
    let file = PathText.name(name)
    return ReportCandidate.isMeantAsReport(file) || file.hasSuffix(".xml") || ReportCandidate.isPrint(file)
      || ReportCandidate.isArchive(file) && Self.words.contains { name.contains($0) } || file == "assay-goldens.jsonl"
  }
}
