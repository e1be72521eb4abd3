internal import SafeText
internal import ReportFormats
internal import RunArtifacts
internal import TriageModel

/// Finds the files that look like results of tests and were not read, and whose tests no report that was read tells of.
///
/// A second account of the same tests is no loss: one that states as many tests and failures as were read.
struct UnreadReports {
  /// The files; those of one account and folder together.
  private(set) var files: [UnreadFile] = []

  init(_ group: RunGroup, _ table: TestTable, shown: (ArtifactFile, Int) -> String) {
    let hasReports = group.sources.contains { !$0.reports.isEmpty }
    for (number, source) in group.sources.enumerated() {
      for foreign in source.foreign where !hasReports || !Self.isSecondAccount(foreign.figures, of: table) {
        files.append(
          UnreadFile(
            path: shown(foreign.file, number), format: foreign.format.title, claim: Self.claim(foreign.figures)))
      }
    }
  }

  private static func isSecondAccount(_ figures: ForeignFigures, of table: TestTable) -> Bool {
    guard let total = figures.total, total > 0 else { return false }
    return total == table.counts.total && (figures.failed ?? 0) == table.counts.failing
      && (figures.saysFailed == (table.counts.failing > 0))
  }

  private static func claim(_ figures: ForeignFigures) -> String? {
    if let failed = figures.failed, failed > 0 { return "says that \(tests(failed)) failed" }
    return figures.saysFailed ? "says that tests failed" : nil
  }

  private static func tests(_ count: Int) -> String { count == 1 ? "1 test" : "\(CountText.of(count)) tests" }

  /// How many files are named one by one in a sentence.
  private static let named = 4

  /// `4 files were not read: TestResult.xml (NUnit 3), which says that 1 test failed; …`; nil when all were read.
  static func sentence(_ files: [UnreadFile]) -> String? {
    guard let first = files.first else { return nil }
    let count = files.reduce(0) { $0 + $1.count }
    if count == 1 {
      return "\(first.path) (\(first.format)) was not read" + (first.claim.map { ", and \($0)" } ?? "")
    }
    // What says that something failed must not stand where the rest is counted.
    let ordered = files.filter { $0.claim != nil } + files.filter { $0.claim == nil }
    let shown = ordered.prefix(named).map { file in
      let times = file.count > 1 ? " \(CountText.of(file.count)) times" : ""
      return "\(file.path) (\(file.format)\(times)" + (file.claim.map { "; \($0)" } ?? "") + ")"
    }
    let rest = ordered.dropFirst(named).reduce(0) { $0 + $1.count }
    return "\(CountText.of(count)) files were not read: " + shown.joined(separator: ", ")
      + (rest > 0 ? " and \(CountText.of(rest)) more" : "")
  }
}
