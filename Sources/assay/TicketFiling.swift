internal import Foundation
internal import SafeText
internal import SystemKit
internal import TriageActions
internal import TriageModel
internal import Workspace

/// Makes a ticket of a draft: the person reads it in their editor, and the configured command gets it.
struct TicketFiling {
  let context: CommandContext
  private static let longest = 1 << 20

  /// The command that gets the text; throws why there is none, or none that may run.
  func command() throws(CommandFailure) -> [String] {
    let command = context.configuration.ticket.command
    guard !command.isEmpty else {
      throw .wrong("could not make a ticket: ticket.command of \(Configuration.file) is not set (assay manual mutes)")
    }
    guard context.trustsConfiguration else {
      throw .refused("could not make a ticket: the commands of \(Configuration.file) are not trusted (assay trust)")
    }
    return command
  }

  /// Refuses a text that holds what looks like a secret.
  static func check(_ draft: TicketDraft) throws(CommandFailure) {
    let secrets = SecretScan.findings(in: Array(draft.text.utf8), since: [])
    guard secrets.isEmpty else {
      throw .refused("could not compose a ticket: the text holds what looks like \(SecretFinding.words(secrets))")
    }
  }

  // MARK: - The editor

  /// A text that was edited, and the folder where it lies until the ticket is made.
  struct Edited {
    let draft: TicketDraft
    let folder: String

    /// Lets go of the text.
    func discard() { try? FileManager.default.removeItem(atPath: folder) }
  }

  /// Shows a draft in the person's editor, which has the terminal; what was left of it.
  ///
  /// What was written there is kept, and said where, unless the ticket is made or the text was emptied.
  func edited(_ draft: TicketDraft) throws(CommandFailure) -> Edited {
    guard let editor = Editor.chosen(settings: context.settings, environment: CommandContext.environment) else {
      throw .wrong("could not show the ticket: no editor is set ($EDITOR, or --no-edit)")
    }
    let folder = NSTemporaryDirectory() + "/assay-ticket-\(UUID().uuidString)"
    let file = folder + "/ticket.md"
    guard mkdir(folder, 0o700) == 0, (try? draft.text.write(toFile: file, atomically: false, encoding: .utf8)) != nil
    else { throw .refused("could not show the ticket: no file can be written in \(NSTemporaryDirectory())") }
    let end = ForegroundProcess.run(editor.arguments(file: file, line: 1))
    guard end == .exited(0) else {
      throw .refused("could not make a ticket: \(editor.name) \(end.words); the text is kept in \(file)")
    }
    if !editor.needsTerminal {
      // It may have opened a window and ended at once.
      StandardError.put("press enter when the ticket's text is saved: ")
      ScriptProcess.waitForEnter()
    }
    let bytes: [UInt8]
    do throws(FileReadError) { bytes = try RegularFile.bytes(file, limit: Self.longest) } catch {
      throw .unreadable("could not read the ticket's text in \(file): \(error)")
    }
    guard let left = draft.edited(String(decoding: bytes, as: UTF8.self)) else {
      try? FileManager.default.removeItem(atPath: folder)
      throw .refused("no ticket is made: its text was emptied")
    }
    let edited = Edited(draft: left, folder: folder)
    try keeping(edited) { () throws(CommandFailure) in try Self.check(left) }
    return edited
  }

  /// Does something with a text that was edited; when that fails, it says where the text is kept.
  func keeping<Result>(
    _ edited: Edited?, _ body: () throws(CommandFailure) -> Result
  ) throws(CommandFailure) -> Result {
    do throws(CommandFailure) {
      return try body()
    } catch {
      guard let edited else { throw error }
      let words = "\(error); the text is kept in \(edited.folder)/ticket.md"
      switch error {
      case .unreadable: throw .unreadable(words)
      case .wrong: throw .wrong(words)
      case .usage, .refused, .closedOutput: throw .refused(words)
      }
    }
  }

  // MARK: - The command

  /// Runs the command with a draft as its input; its output.
  func file(_ draft: TicketDraft, by command: [String]) throws(CommandFailure) -> String {
    let title = Sanitizer.line(draft.title, limit: 200)
    var request = ProcessRequest(
      command.map { $0.replacing("{title}", with: title) }, environment: CommandContext.environment, timeLimit: 60)
    request.input = Array((draft.body + "\n").utf8)
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

  /// The ticket's key in what the command printed; nil when there is none.
  func key(in output: String) -> String? {
    let settings = context.configuration.ticket
    let words = output.split { $0.isWhitespace }.map(String.init)
    return words.last { settings.pattern == nil ? $0.hasPrefix("http") : settings.isTicket($0) }
  }

  /// What is said where no key was found.
  static let noKey = "no ticket's key was found in what it printed (assay note TEST --ticket KEY keeps one)"
}

/// Makes a ticket from the screen, on the terminal that was given up for it.
extension TicketFiling {
  /// Shows the draft in the editor, asks whether it is handed over, and says what came of it.
  ///
  /// - Returns: The ticket's key; nil when none was printed.
  func fileFromScreen(_ draft: TicketDraft) throws(CommandFailure) -> String? {
    let command = try command()
    try Self.check(draft)
    let edited = try edited(draft)
    let name = Sanitizer.line(command.joined(separator: " "), limit: 200)
    StandardError.put("\n\(Sanitizer.line(edited.draft.title, limit: 200))\n\ny hands the ticket to \(name): ")
    let output = try keeping(edited) { () throws(CommandFailure) in
      guard readLine() == "y" else { throw .refused("no ticket is made: it was not confirmed") }
      return try file(edited.draft, by: command)
    }
    edited.discard()
    for line in Sanitizer.lines(output) { StandardError.put(line + "\n") }
    StandardError.put("\npress enter to return ")
    ScriptProcess.waitForEnter()
    return key(in: output)
  }
}
