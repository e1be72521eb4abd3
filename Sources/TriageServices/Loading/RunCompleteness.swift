internal import ReportFormats
internal import RunArtifacts
internal import TriageModel

/// Judges whether a run's reports can be believed to hold all its tests: a job that crashed must not look green.
struct RunCompleteness {
  /// How many damaged reports are named one by one.
  private static let named = 5

  private let group: RunGroup
  private let info: RunInfo
  private let table: TestTable
  private var counts: OutcomeCounts { table.counts }
  private var reportCount: Int { group.sources.reduce(0) { $0 + $1.reports.count } }

  /// What is known of a run whose reports were read.
  init(_ group: RunGroup, _ info: RunInfo, _ table: TestTable) {
    self.group = group
    self.info = info
    self.table = table
  }

  /// The completeness of the run, with what its logs say; what cannot be looked at is added to the warnings.
  func judge(_ logs: JobLogs, _ warnings: inout [String]) -> Completeness {
    warnings += logs.warnings
    var reasons: [String] = []
    if reportCount == 0 || isWithoutTests(logs) { reasons.append("no test report was found") }
    reasons += info.partial.prefix(Self.named).map(reason)
    if info.partial.count > Self.named { reasons.append("\(info.partial.count - Self.named) more losses in reports") }
    reasons += lostFiles + group.sources.flatMap { $0.manifest?.losses ?? [] }
    if let unread = UnreadReports.sentence(info.unread) { reasons.append(unread) }
    reasons += FailsafeRuns.reasons(group, counts)
    if reportCount > 0, table.count == 0, info.partial.isEmpty {
      reasons.append("the \(reportCount == 1 ? "report holds" : "reports hold") no tests")
    }
    if counts.total > 0, counts.total == counts.failing, counts.total <= Self.mostLooked, onlyFilesThatDidNotLoad {
      reasons.append("no test ran: \(counts.total == 1 ? "a file" : "\(counts.total) files") could not be loaded")
    }
    reasons += ends(logs)
    return reasons.isEmpty ? .complete : .incomplete(reasons: reasons)
  }

  /// Whether a job that ran left reports of other items alone: coverage is written where no report of tests was.
  private func isWithoutTests(_ logs: JobLogs) -> Bool {
    let hasTests = table.reports.contains { report in ReportFormats.tests.contains { $0.id == report.format } }
    return !hasTests && (info.exitCode != nil || info.files.contains { $0.kind == .log })
  }

  /// Tests that are looked at one by one for that.
  private static let mostLooked = 1000

  /// Whether each test stands for a file, or what is outside of any one test.
  private var onlyFilesThatDidNotLoad: Bool {
    (0..<table.count).allSatisfy { table.kind(of: TestIndex($0)) == .suite }
  }

  /// Damaged archives, and files that were to be reports.
  private var lostFiles: [String] {
    var reasons: [String] = []
    var lost: [String] = []
    for source in group.sources {
      if let damage = source.folder.damage { reasons.append("\(source.folder.shownPath): \(damage)") }
      lost += source.refusedReports.map { "\($0.path): \($0.reason)" }
      for file in source.unrecognised where isLostReport(file, isAlone: reportCount == 0) {
        let path = source.path(of: file)
        lost.append(file.size == 0 ? "\(path) is empty" : "\(path) is no report of a known format")
      }
    }
    reasons += lost.prefix(Self.named)
    if lost.count > Self.named { reasons.append("\(lost.count - Self.named) more files that were to be reports") }
    return reasons
  }

  /// How the job ended: its exit status, what its CI system calls that, and what its logs say last.
  private func ends(_ logs: JobLogs) -> [String] {
    var reasons: [String] = []
    let status = info.exitCode.flatMap { reason(status: $0, isMake: logs.isMake) }
    if let status { reasons.append(status) }
    if let interruption = logs.interruption {
      reasons.append("\(interruption.path): pytest stopped early: \(interruption.end.interruption ?? "")")
    }
    let isSilent = status == nil && table.failing == 0
    if isSilent, reportCount > 0, let conclusion = group.manifest({ $0.conclusion }) {
      reasons.append("the job's conclusion is \(conclusion), but no test failed")
    } else if let ending = logs.ending, let words = ending.end.words {
      if ending.end.isCut || reportCount == 0 {
        reasons.append("\(ending.path): \(words)")
      } else if isSilent, reasons.isEmpty || logs.interruption == nil {
        reasons.append("\(ending.path): \(words), but no test failed")
      }
    }
    return reasons
  }

  /// Whether a file that no format knows was to be a report; other tools name their JSON `report.json` too.
  private func isLostReport(_ file: ArtifactFile, isAlone: Bool) -> Bool {
    ReportCandidate.isMeantAsReport(file.name) && (isAlone || file.size == 0 || !file.name.contains(".json"))
  }

  private func reason(_ damage: Damage) -> String {
    let line = damage.line.map { " (line \($0))" } ?? ""
    return "\(damage.path): \(damage.cause)\(line)"
  }

  /// What an exit status says that the tests do not.
  private func reason(status: Int, isMake: Bool) -> String? {
    let signals = [6: "was aborted", 9: "was killed", 11: "crashed", 15: "was terminated"]
    if status > 128, status < 160 {
      let words = signals[status - 128] ?? "was ended by signal \(status - 128)"
      return "the job \(words) (status \(status))"
    }
    if status < 0 { return "the job was ended by signal \(status.magnitude)" }
    if !isMake, let pytest = PytestStatus.reason(status, table) { return pytest }
    guard status != 0, table.failing == 0 else { return nil }
    if status == 5, counts.total == 0 { return "the job exited with status 5: no tests were collected" }
    if status == 124 { return "the job ran out of time (status 124), and no test failed" }
    return "the job exited with status \(status), but no test failed"
  }
}

/// What pytest's own exit statuses say: from 2 on, not all tests ran.
enum PytestStatus {
  /// Why a status means that tests did not run; nil where it does not, or where not only pytest made the reports.
  static func reason(_ status: Int, _ table: TestTable) -> String? {
    guard !table.reports.isEmpty, table.reports.allSatisfy({ $0.format.hasPrefix("pytest-") }) || isPytest(table) else {
      return nil
    }
    switch status {
    // make gives 2 for whatever failed below it.
    case 2 where table.counts.failing > 0: return "pytest was interrupted (status 2): not all tests ran"
    case 3: return "pytest had an internal error (status 3)"
    case 4: return "pytest was called wrongly (status 4)"
    default: return nil
    }
  }

  /// Whether the tests carry pytest's names: files of Python and what is in them.
  private static func isPytest(_ table: TestTable) -> Bool {
    guard table.count > 0 else { return false }
    return (0..<min(table.count, 20)).allSatisfy { place in
      let id = table.id(of: TestIndex(place))
      return id.hasSuffix(".py") || id.contains(".py::")
    }
  }
}

/// What Maven Failsafe's summaries say that the reports do not.
enum FailsafeRuns {
  /// Why the reports beside a summary cannot hold all its tests.
  static func reasons(_ group: RunGroup, _ counts: OutcomeCounts) -> [String] {
    group.sources.flatMap { source in
      source.summaries.compactMap { file, summary in
        reason(summary, counts).map { source.path(of: file) + ": " + $0 }
      }
    }
  }

  private static func reason(_ summary: FailsafeSummary, _ counts: OutcomeCounts) -> String? {
    if let message = summary.message {
      let crashed = summary.crashed.isEmpty ? "" : " (crashed: \(summary.crashed.prefix(5).joined(separator: ", ")))"
      return message + crashed
    }
    if summary.isTimeout { return "the tests ran out of time" }
    if summary.failing > counts.failing {
      return "it tells of \(summary.failing) failing tests, and the reports hold \(counts.failing)"
    }
    if summary.completed > counts.total {
      return "it tells of \(summary.completed) tests, and the reports hold \(counts.total)"
    }
    return nil
  }
}
