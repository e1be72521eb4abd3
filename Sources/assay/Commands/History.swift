internal import ArgumentParser
internal import Foundation
internal import RunHistory
internal import SafeText
internal import SystemKit
internal import TriageModel
internal import TriageOutput
internal import TriageServices

/// `assay history TEST`, and what is done with the history as a whole.
struct History: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "What a test did before; prune, export, import and pull the history.",
    usage: """
      assay history TEST
      assay history prune|export|import|pull
      """,
    subcommands: [
      HistoryOfTest.self, HistoryPrune.self, HistoryExport.self, HistoryImport.self, HistoryPullCommand.self,
    ],
    defaultSubcommand: HistoryOfTest.self)
}

/// `assay history TEST`; `history of TEST` is the same, for a test whose name is a subcommand's.
struct HistoryOfTest: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "of", abstract: "A test's results, newest first (the default).")

  @Argument(help: "The test: an id, the end of one, or any part that only one test has.")
  var test: String

  @OptionGroup var options: HistoryOptions
  @OptionGroup var limit: LimitOption
  @OptionGroup var output: OutputOptions

  func run() throws {
    let context = try CommandContext(repository: options.repository)
    let service = try context.history()
    let runs = try CommandContext.asked { () throws(HistoryError) in try service.records(options.filter) }
    let series = try series(service)
    if series.results.isEmpty {
      let wanted = Sanitizer.line(test, limit: 200)
      throw CommandFailure.unreadable("could not find \(wanted) in the history of \(CountText.of(runs.count, "run"))")
    }
    let judged = try CommandContext.asked { () throws(HistoryError) in
      try service.verdict(
        on: service.series(of: series.test, options.filter.ofAllStreams), options.filter)
    }
    let report = HistoryReport(
      series, runs: runs, verdict: judged,
      owner: context.owner(ofTest: series.test), limit: limit.limit)
    try StandardOutput.write { sink in
      if options.json {
        report.writeJSON(to: sink)
      } else {
        report.writeText(style: output.textStyle(context.settings), to: sink)
      }
    }
  }

  /// What the test did that has the id, else the only one whose id ends in what was typed, or has it.
  private func series(_ service: HistoryService) throws(CommandFailure) -> TestSeries {
    func series(of test: String) throws(CommandFailure) -> TestSeries {
      try CommandContext.asked { () throws(HistoryError) in
        try service.series(of: test, options.filter)
      }
    }
    let whole = try series(of: test)
    guard whole.results.isEmpty else { return whole }
    let fitting = try CommandContext.asked { () throws(HistoryError) in try service.tests(fitting: test) }
    // A test whose whole id was typed and that did nothing in these runs is not taken for another one.
    if fitting.isEmpty || fitting.contains(whole.test) { return whole }
    guard fitting.count == 1 else {
      let shown = fitting.prefix(10).map { Sanitizer.line($0, limit: 200) }.joined(separator: ", ")
      let wanted = Sanitizer.line(test, limit: 200)
      throw .wrong("could not choose among the tests that \(wanted) fits: \(shown)\(fitting.count > 10 ? ", …" : "")")
    }
    return try series(of: fitting[0])
  }
}

/// `assay history prune --keep 400d`: forgets old runs.
struct HistoryPrune: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prune", abstract: "Forget runs that began long before the newest.")

  @Option(
    help: ArgumentHelp("Days to keep, back from the newest run: 400d or 400.", valueName: "days"),
    transform: HistoryOptions.days)
  var keep: Int

  @Flag(name: .customLong("dry-run"), help: "Say what would go, and do nothing.")
  var isDryRun = false

  @Option(name: .customShort("C"), help: "The repository that is meant.")
  var repository: String?

  func run() throws {
    let service = try CommandContext(repository: repository).history()
    let pruned = try CommandContext.asked { () throws(HistoryError) in
      try service.prune(keepDays: keep, isDryRun: isDryRun)
    }
    if pruned.runs > 0, !isDryRun { service.compact() }
    try StandardOutput.write { sink in
      sink.appendLine((isDryRun ? "would forget " : "forgot ") + pruned.words)
    }
  }
}

extension Pruned {
  /// `3 runs with 1,200 results`.
  var words: String {
    "\(CountText.of(runs, "run")) with \(CountText.of(results, "result"))"
  }
}

/// `assay history export`: runs as JSON lines.
struct HistoryExport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write the history as JSON lines to standard output.")

  @OptionGroup var options: HistoryOptions

  func run() throws {
    let service = try CommandContext(repository: options.repository).history()
    try StandardOutput.write { sink in
      try CommandContext.asked { () throws(HistoryError) in
        try service.export(options.filter) { lines in
          lines.withUnsafeBytes(sink.append(_:))
          return !sink.isClosed
        }
      }
    }
  }
}

/// `assay history import FILE`: adds what `export` wrote.
struct HistoryImport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Add runs that assay history export wrote; known ones change nothing.")

  @Argument(help: "The file; - is standard input.", completion: .file())
  var file: String

  @Option(name: .customShort("C"), help: "The repository that is meant.")
  var repository: String?

  func run() throws {
    let service = try CommandContext(repository: repository).history()
    guard let handle = file == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: file) else {
      throw CommandFailure.unreadable("could not read \(file): \(SystemWords.last)")
    }
    let size = try? FileManager.default.attributesOfItem(atPath: file)[.size] as? Int
    let progress = ProgressLine()
    defer { progress.erase() }
    var read = 0
    let count: Int
    do throws(HistoryError) {
      count = try service.importLines {
        progress.show("importing", megabytes: read >> 20, of: (size ?? 0) >> 20)
        let block = (try? handle.read(upToCount: 1 << 20)).flatMap { $0 }.map { [UInt8]($0) }
        read += block?.count ?? 0
        return block
      }
    } catch {
      progress.erase()
      throw CommandFailure.unreadable("could not import \(file): \(error)")
    }
    try StandardOutput.write {
      $0.appendLine("\(CountText.of(count, "run")) added or completed")
    }
  }
}
