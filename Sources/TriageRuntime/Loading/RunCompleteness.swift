internal import RunArtifacts
internal import TriageModel

/// Judges whether a run's reports can be believed to hold all its tests: a job that crashed must not look green.
enum RunCompleteness {
  /// How many damaged reports are named one by one.
  private static let named = 5

  /// The completeness of a run whose reports were read.
  static func judge(_ group: RunGroup, _ info: RunInfo, _ counts: OutcomeCounts) -> Completeness {
    var reasons: [String] = []
    let reportCount = group.sources.reduce(0) { $0 + $1.reports.count }
    if reportCount == 0 { reasons.append("no test report was found") }
    reasons += info.partial.prefix(named).map(reason)
    if info.partial.count > named { reasons.append("\(info.partial.count - named) more losses in reports") }
    var lost: [String] = []
    for source in group.sources {
      if let damage = source.folder.damage { reasons.append("\(source.folder.shownPath): \(damage)") }
      lost += source.refusedReports.map { "\($0.path): \($0.reason)" }
      for file in source.unrecognised where isLostReport(file, isAlone: reportCount == 0) {
        let path = source.path(of: file)
        lost.append(file.size == 0 ? "\(path) is empty" : "\(path) is no report of a known format")
      }
    }
    reasons += lost.prefix(named)
    if lost.count > named { reasons.append("\(lost.count - named) more files that were to be reports") }
    if reportCount > 0, counts.total == 0, info.partial.isEmpty {
      reasons.append("the \(reportCount == 1 ? "report holds" : "reports hold") no tests")
    }
    if let status = info.exitCode, let reason = reason(status: status, counts: counts) {
      reasons.append(reason)
    } else if reportCount > 0, counts.failing == 0 {
      if let conclusion = group.manifest({ $0.conclusion }) {
        reasons.append("the job's conclusion is \(conclusion), but no test failed")
      } else if let end = JobLogEnd.find(in: info.files) {
        reasons.append("\(end.path): \(end.words), but no test failed")
      }
    }
    return reasons.isEmpty ? .complete : .incomplete(reasons: reasons)
  }

  /// Whether a file that no format knows was to be a report; other tools name their JSON `report.json` too.
  private static func isLostReport(_ file: ArtifactFile, isAlone: Bool) -> Bool {
    ReportCandidate.isMeantAsReport(file.name) && (isAlone || file.size == 0 || !file.name.contains(".json"))
  }

  private static func reason(_ damage: Damage) -> String {
    let line = damage.line.map { " (line \($0))" } ?? ""
    return "\(damage.path): \(damage.cause)\(line)"
  }

  /// What an exit status says that the tests do not.
  private static func reason(status: Int, counts: OutcomeCounts) -> String? {
    let signals = [6: "was aborted", 9: "was killed", 11: "crashed", 15: "was terminated"]
    if status > 128, status < 160 {
      let words = signals[status - 128] ?? "was ended by signal \(status - 128)"
      return "the job \(words) (status \(status))"
    }
    if status < 0 { return "the job was ended by signal \(status.magnitude)" }
    guard status != 0, counts.failing == 0 else { return nil }
    if status == 5, counts.total == 0 { return "the job exited with status 5: no tests were collected" }
    if status == 124 { return "the job ran out of time (status 124), and no test failed" }
    return "the job exited with status \(status), but no test failed"
  }
}
