internal import ArgumentParser
internal import RunHistory
internal import TriageModel
internal import TriageOutput
internal import TriageServices
internal import Workspace

/// `assay history pull`: copies the shared history of this repository to this machine.
struct HistoryPullCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pull", abstract: "Copy the shared history of this repository to this machine, for when it is offline."
  )

  @Option(name: .customShort("C"), help: "The repository that is meant.")
  var repository: String?

  func run() throws {
    let context = try CommandContext(repository: repository)
    if context.distrust != nil {
      throw CommandFailure.refused("could not pull: \(Configuration.file) is not trusted here (assay trust)")
    }
    let service = try context.history()
    let progress = ProgressLine()
    defer { progress.erase() }
    let pull: HistoryPull
    do throws(HistoryError) {
      pull = try service.pull { progress.show("copying runs", $0, of: $1) }
    } catch {
      progress.erase()
      throw CommandFailure.unreadable("could not pull the shared history: \(error)")
    }
    progress.erase()
    try StandardOutput.write { sink in
      sink.appendLine(
        "\(CountText.of(pull.copied, "run")) with \(CountText.of(pull.results, "result")) copied from \(pull.source); "
          + "the copy has \(CountText.of(pull.runs, "run"))")
    }
  }
}
