internal import ArgumentParser
internal import TriageOutput
internal import TriageServices
internal import Workspace

/// `assay log`: what was decided.
struct Log: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log",
    abstract: "List what was decided, newest first, and check the decisions on goldens.",
    discussion: """
      Decisions on goldens are everybody's, of the ledger .assay/approvals.jsonl; mutes, notes and rules on causes are \
      those of your own journal. #N is the entry of your own journal that assay undo N takes back. --verify \
      checks each line's hash, and that each golden is what its newest decision says; it ends with status 1 when \
      something is not.
      """)

  @Option(
    name: .customShort("C"),
    help: ArgumentHelp(
      "The repository that is meant; else the one around the current directory.", valueName: "repository"))
  var repository: String?

  @OptionGroup var output: OutputOptions

  @Flag(help: "Check the lines and the goldens.")
  var verify = false

  @Flag(help: "One JSON object instead of text; its shape is documented and versioned.")
  var json = false

  func run() throws {
    let context = try CommandContext(repository: repository)
    guard let repository = context.repository else {
      throw CommandFailure.unreadable("could not find a repository around the current directory (-C)")
    }
    let service = context.decisions(isReadOnly: output.isReadOnly, allowsCI: false)
    for notice in service.recover() { StandardError.write("assay: \(notice)") }
    let approvals = try Self.approvals(repository)
    let problems = verify ? LedgerCheck.problems(approvals, in: repository) : nil
    let log = DecisionLog(
      approvals, journal: (try? service.journal?.entries()) ?? [],
      problems: problems?.map { DecisionLog.Problem(line: $0.line, words: $0.words) })
    if problems == nil, !approvals.damages.isEmpty {
      StandardError.write("assay: \(approvals.damages.count) lines of the ledger could not be read (--verify)")
    }
    try StandardOutput.write { sink in
      if json {
        log.writeJSON(to: sink)
      } else {
        log.writeText(style: output.textStyle(context.settings), to: sink)
      }
    }
    if let problems, !problems.isEmpty { throw ExitCode(1) }
  }

  private static func approvals(_ repository: Repository) throws(CommandFailure) -> Approvals {
    do throws(FileError) {
      return try Approvals(repository)
    } catch {
      throw .unreadable("could not read .assay/approvals.jsonl: \(error)")
    }
  }
}
