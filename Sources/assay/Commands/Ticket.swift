internal import ArgumentParser
internal import SafeText
internal import SystemKit
internal import ItemQueries
internal import RunHistory
internal import TriageActions
internal import TriageDocuments
internal import TriageModel
internal import TriageOutput
internal import TriageServices
internal import TriageStyle
internal import Workspace

/// `assay ticket TEST`: the text of a ticket, or with --create the ticket.
struct Ticket: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the text of a ticket on a failure; --create hands it to the configured command.",
    discussion: """
      The text is Markdown: what failed, since when, the verdict with its evidence, the signature, the command that runs it \
      again. --create runs ticket.command of .assay/config.yaml with the text as standard input ({title} in an argument is \
      the title), which the repository may do only after assay trust, and keeps the key that it prints as a note.
      """)

  @Argument(help: "The test: an id, the end of one, or a part that only one has.")
  var test: String

  @OptionGroup var options: EvidenceOptions

  @Flag(help: "Make the ticket.")
  var create = false

  @Flag(help: "Make it although the failure is known by a ticket.")
  var again = false

  func run() throws {
    let context = try CommandContext(repository: options.repository)
    var evidence = FailureEvidence(context, options, context.knownHistory)
    let (dossier, index) = try evidence.failure(test)
    let text = try text(dossier, index, context)
    let known = dossier.notes(on: index).last { $0.ticket != nil }
    if let known, let ticket = known.ticket {
      StandardError.write("assay: known as \(Sanitizer.line(ticket)) (\(known.author))")
    }
    let secrets = SecretScan.findings(in: Array(text.body.utf8), since: [])
    if !secrets.isEmpty {
      throw CommandFailure.refused(
        "could not compose a ticket: the text holds what looks like \(SecretFinding.words(secrets))")
    }
    guard create else { return try StandardOutput.write { $0.appendLine("# \(text.title)\n\n\(text.body)") } }
    if known != nil, !again {
      throw CommandFailure.refused("could not make a ticket: the failure is known by one (--again)")
    }
    let output = try make(text, context)
    try StandardOutput.write { sink in for line in Sanitizer.lines(output) { sink.appendLine(line) } }
    try keep(output, dossier, index, context)
  }

  private func text(
    _ dossier: RunDossier, _ index: TestIndex, _ context: CommandContext
  ) throws(CommandFailure) -> (title: String, body: String) {
    let run = dossier.run
    var sources = DocumentSources(ownFiles: OwnFiles { context.repository?.has($0) ?? false })
    sources.runs = [run]
    sources.standing = { dossier.standings[$0] }
    sources.causes = dossier.names
    sources.owner = { dossier.owner(of: $0) }
    let document = DocumentBuilder.text(about: .message(index), of: run, at: 0, from: sources)
    guard let handover = document.handover else {
      throw .unreadable("could not compose a ticket: the test did not fail")
    }
    let id = Sanitizer.line(run.table.id(of: index), limit: 300)
    var body = handover
    if let signature = dossier.signature(of: index) {
      body += "\n- signature: \(signature.text)"
      body += Self.seen(signature, context.knownHistory)
    }
    if let owner = dossier.owner(of: index) { body += "\n- owner: \(MarkdownText.plain(owner))" }
    let files = run.table.attempts(of: index).flatMap { run.table.attachments(of: $0) }
    for file in files.prefix(20) { body += "\n- file: \(MarkdownText.code(file))" }
    for note in dossier.notes(on: index) where !note.text.isEmpty {
      body += "\n- note of \(MarkdownText.plain(note.author)): \(MarkdownText.plain(note.text, limit: 600))"
    }
    let cause = dossier.cause(of: index)?.title ?? run.table.text.string(run.table.headline(of: index))
    return (Sanitizer.line("\(id): \(cause)", limit: 200), body)
  }

  /// When the failure was seen first and last.
  private static func seen(_ signature: SignatureKey, _ history: HistoryService?) -> String {
    guard let history, let span = try? history.spans(of: [signature])[signature],
      let records = try? history.records()
    else { return "" }
    let runs = [span.first, span.last].compactMap { key in records.first { $0.key == key } }
    let words = runs.map { MarkdownText.code("run \($0.identity.id)" + ($0.startedAt.map { " \($0.dayText)" } ?? "")) }
    guard words.count == 2 else { return "" }
    return "\n- seen: \(CountText.of(span.count, "time")), first in \(words[0]), last in \(words[1])"
  }

  /// Runs the configured command; its output.
  private func make(_ text: (title: String, body: String), _ context: CommandContext) throws(CommandFailure)
    -> String
  {
    let command = context.configuration.ticket.command
    guard !command.isEmpty else {
      throw .wrong("could not make a ticket: ticket.command of \(Configuration.file) is not set (assay manual mutes)")
    }
    guard context.trustsConfiguration else {
      throw .refused("could not make a ticket: the commands of \(Configuration.file) are not trusted (assay trust)")
    }
    var request = ProcessRequest(
      command.map { $0.replacing("{title}", with: text.title) }, environment: CommandContext.environment, timeLimit: 60)
    request.input = Array((text.body + "\n").utf8)
    request.mergesErrors = true
    request.hasOwnSession = true
    request.grace = 2
    request.folder = context.repository?.root
    let result: ProcessResult
    do throws(ProcessError) { result = try ProcessRunner.run(request) } catch {
      throw .unreadable("could not make a ticket: \(error)")
    }
    let output = String(decoding: result.output, as: UTF8.self)
    guard result.end == .exited(0) else {
      let said = Sanitizer.lines(output).suffix(3).joined(separator: " · ")
      throw .unreadable("could not make a ticket: \(command[0]) \(result.end.words)\(said.isEmpty ? "" : ": \(said)")")
    }
    return output
  }

  /// Keeps the key that the command printed with the failure.
  private func keep(
    _ output: String, _ dossier: RunDossier, _ index: TestIndex, _ context: CommandContext
  ) throws(CommandFailure) {
    let words = output.split { $0.isWhitespace }.map(String.init)
    let settings = context.configuration.ticket
    guard let key = words.last(where: { settings.pattern == nil ? $0.hasPrefix("http") : settings.isTicket($0) }) else {
      return StandardError.write(
        "assay: no ticket's key was found in what it printed (assay note TEST --ticket KEY keeps one)")
    }
    let service = context.decisions(isReadOnly: false, allowsCI: options.allowsCI)
    let subject = service.subjects(dossier).subject(of: index)
    let order = FailureOrder(
      KeepNote(), [subject], inputs: ["ticket": key], options: [], run: dossier.run.info.name)
    do throws(JournalError) {
      _ = try service.carryOut(service.plan(order))
    } catch {
      throw .refused("could not keep the ticket with the failure: \(error)")
    }
  }
}
