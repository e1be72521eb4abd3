internal import ArgumentParser
internal import Foundation
internal import SafeText
internal import TriageDocuments
internal import TriageModel
internal import TriageOutput
internal import TriageServices
internal import Workspace

/// `assay ticket TEST`: the text of a ticket, or with --create the ticket.
struct Ticket: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ticket",
    abstract: "Print the text of a ticket on a failure; --create hands it to the configured command.",
    discussion: """
      The text is Markdown: what failed, since when, the verdict with its evidence, the signature, the command that runs it \
      again. On a terminal --create shows it in the editor first ($VISUAL, $EDITOR): the first line is the title, and an \
      emptied text makes no ticket. It runs ticket.command of .assay/config.yaml with the text as standard input ({title} in an argument is \
      the title), which the repository may do only after assay trust, and keeps the key that it prints as a note.
      """)

  @Argument(help: "The test: an id, the end of one, or a part that only one has.")
  var test: String

  @OptionGroup var options: EvidenceOptions

  @Flag(help: "Make the ticket.")
  var create = false

  @Flag(help: "Make it although the failure is known by a ticket.")
  var again = false

  @Flag(name: .customLong("no-edit"), help: "Hand the text over as it is composed, without the editor.")
  var leavesText = false

  @OptionGroup var output: OutputOptions

  func run() throws {
    let context = try CommandContext(repository: options.repository)
    var evidence = FailureEvidence(context, options, context.knownHistory)
    let (dossier, test) = try evidence.failure(test)
    let draft = try draft(dossier, test, context)
    if let known = draft.known, let ticket = known.ticket {
      StandardError.write("assay: known as \(Sanitizer.line(ticket)) (\(known.author))")
    }
    try TicketFiling.check(draft)
    guard create else { return try StandardOutput.write { $0.append(draft.text) } }
    if draft.known != nil, !again {
      throw CommandFailure.refused("could not make a ticket: the failure is known by one (--again)")
    }
    try make(draft, context)
  }

  private func draft(
    _ dossier: RunDossier, _ test: TestIndex, _ context: CommandContext
  ) throws(CommandFailure) -> TicketDraft {
    var sources = DocumentSources(ownFiles: OwnFiles { context.repository?.has($0) ?? false })
    sources.runs = [dossier.run]
    sources.standing = { dossier.standings[$0] }
    sources.causes = dossier.names
    sources.owner = { dossier.owner(of: $0) }
    guard let draft = TicketDraft(on: test, in: dossier, from: sources, history: context.knownHistory) else {
      throw .unreadable("could not compose a ticket: the test did not fail")
    }
    return draft
  }

  /// Shows the text in the editor, hands it to the command, and keeps the key that is printed with the failure.
  private func make(_ draft: TicketDraft, _ context: CommandContext) throws {
    let filing = TicketFiling(context: context)
    let service = context.decisions(isReadOnly: output.isReadOnly, allowsCI: options.allowsCI)
    if let refusal = service.refusal { throw CommandFailure.refused("could not make a ticket: \(refusal)") }
    let command = try filing.command()
    let isAtTerminal = isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1
    let edited = leavesText || !isAtTerminal ? nil : try filing.edited(draft)
    let printed = try filing.keeping(edited) { () throws(CommandFailure) in
      try filing.file(edited?.draft ?? draft, by: command)
    }
    edited?.discard()
    try StandardOutput.write { sink in for line in Sanitizer.lines(printed) { sink.appendLine(line) } }
    guard let key = filing.key(in: printed) else { return StandardError.write("assay: \(TicketFiling.noKey)") }
    do throws(JournalError) {
      _ = try service.keep(ticket: key, on: draft.subject)
    } catch {
      throw CommandFailure.refused("could not keep the ticket with the failure: \(error)")
    }
  }
}
