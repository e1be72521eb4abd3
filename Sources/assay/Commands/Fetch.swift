internal import ArgumentParser
internal import CIProviders
internal import Foundation
internal import TriageModel
internal import TriageOutput
internal import TriageServices

/// `assay fetch LINK…`: downloads runs of CI, and opens nothing.
struct Fetch: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch",
    abstract: "Download runs of a CI service.",
    discussion: """
      What links are taken, where tokens come from and what is kept: assay manual ci. A download that broke off goes on \
      where it ended.
      """)

  @Argument(help: "Links, as copied from the browser, or as github:OWNER/REPO#PR.")
  var links: [String]

  @OptionGroup var choice: FetchOptions

  @Option(help: "Only runs of this branch, where a link leads to several.")
  var branch: String?

  @Option(help: ArgumentHelp("The folder to put the runs in, one each, instead of the cache.", valueName: "folder"))
  var out: String?

  @Option(
    name: .customShort("C"),
    help: ArgumentHelp(
      "The repository that is meant; else the one around the current directory.", valueName: "repository"))
  var repository: String?

  @Flag(help: "One JSON object instead of text; its shape is documented and versioned.")
  var json = false

  func run() throws {
    let context = try CommandContext(repository: repository)
    let folder = out.map { $0.hasPrefix("/") ? $0 : FileManager.default.currentDirectoryPath + "/" + $0 }
    let fetching = LinkFetching(context: context, folder: folder)
    var wanted = choice.choice(WallClock.now(environment: CommandContext.environment))
    wanted.branch = branch
    var report = FetchReport()
    for link in links { report.runs += try fetching.fetch(link, wanted) }
    let written = report
    try StandardOutput.write { sink in
      if json { written.writeJSON(to: sink) } else { written.writeText(to: sink) }
    }
  }
}

/// Which of the runs that a link leads to are wanted.
struct FetchOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The newest so many runs, where a link leads to several.", valueName: "count"))
  var last: Int?

  @Flag(help: "Only runs that did not succeed.")
  var failed = false

  @Option(
    help: ArgumentHelp("Only runs that began in the last days: 30d or 30.", valueName: "days"),
    transform: HistoryOptions.days)
  var since: Int?

  func validate() throws {
    if let last, last < 1 { throw ValidationError("--last needs at least 1") }
  }

  /// The same as a value; days count back from `now`.
  func choice(_ now: Timestamp) -> CIChoice {
    var choice = CIChoice()
    choice.last = last
    choice.isFailedOnly = failed
    choice.since = since.map { Timestamp(milliseconds: now.milliseconds - Int64($0) * 86_400_000) }
    return choice
  }
}
