internal import ArgumentParser
internal import TriageActions
internal import TriageMessages
internal import TriageOutput
internal import TriageServices
internal import Workspace

/// `assay undo [N]`: takes a decision back.
struct Undo: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "undo",
    abstract: "Take a decision back: the goldens get the bytes that they had before.",
    discussion: """
      Without a number it is the newest of your own decisions in this repository (assay log names them). A golden that \
      was changed since is left alone, and so is the whole entry. 1000 entries and 2 GiB of replaced bytes are kept.
      """)

  @Argument(help: ArgumentHelp("The number of an entry of the journal.", valueName: "n"))
  var number: Int?

  @Flag(help: "Do again what was taken back.")
  var redo = false

  @Option(
    name: .customShort("C"),
    help: ArgumentHelp(
      "The repository that is meant; else the one around the current directory.", valueName: "repository"))
  var repository: String?

  @OptionGroup var output: OutputOptions

  @Flag(name: .customLong("dry-run"), help: "Say what would be taken back, and do nothing.")
  var isDryRun = false

  @Flag(name: .customLong("allow-ci"), help: "Write although CI is set.")
  var allowsCI = false

  @Flag(help: "One JSON object instead of text.")
  var json = false

  func run() throws {
    let context = try CommandContext(repository: repository)
    let service = context.decisions(isReadOnly: output.isReadOnly, allowsCI: allowsCI)
    if let refusal = service.refusal { throw CommandFailure.refused("could not undo: \(refusal)") }
    for notice in service.recover() { StandardError.write("assay: \(notice)") }
    let offer: UndoOffer
    var entry: Int?
    do throws(JournalError) {
      offer = try service.offer(isRedo: redo, number: number)
      if !isDryRun { entry = try service.undo(offer).number }
    } catch {
      throw CommandFailure.refused("\(error)")
    }
    let report = UndoReport(offer, entry: entry)
    try StandardOutput.write { sink in
      if json {
        report.writeJSON(to: sink)
      } else {
        report.writeText(style: output.textStyle(context.settings), to: sink)
      }
    }
  }
}
