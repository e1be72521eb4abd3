internal import ArgumentParser
internal import Foundation
internal import SafeText
internal import SystemKit

/// The root command: what is shared by all, and the way out.
@main
struct Assay: ParsableCommand {
  /// The version of the program.
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "assay",
    abstract: "Triage of test runs: what failed, where, and what it said.",
    usage: """
      assay [PATH … | LINK …]
      assay <subcommand>
      """,
    discussion: """
      assay PATH… opens reports on disk, in folders or in archives (.zip, .tar.gz, .tar.zst, .tar.xz); - reads one \
      from standard input. A link of a CI service, as copied from the browser, or github:OWNER/REPO#PR, is downloaded \
      first. Without a path it looks in the usual places of the current directory. Into a pipe it \
      prints the list instead of opening the screen.

      Exit status: 0 done, 1 something differs, 2 the command or configuration is wrong, 3 input could not be read \
      or nothing was there to read, 4 refused for safety.
      """,
    version: version,
    subcommands: [
      Open.self, Demo.self, List.self, Show.self, GoldenChanges.self, Diff.self,
    ] + GoldenActions.commands + FailureActions.commands + [
      Undo.self, Log.self, Fetch.self, Ingest.self, Runs.self, Flaky.self, Health.self, History.self, Compare.self,
      Cause.self,
      Mutes.self,
      RerunTests.self, Repro.self,
      GateCommand.self, RunbookCommand.self, Ticket.self, Handoff.self, Review.self, Trust.self, Capture.self,
      Manual.self, Doctor.self,
    ],
    defaultSubcommand: Open.self)

  /// Parses the command line, carries it out and ends with the status that says how it went.
  static func main() {
    // Before anything else: a supervisor is no assay, and is started once for each process that is rerun.
    Supervisor.workIfAsked()
    // A reader that has gone, of a pipe or a clipboard tool, is an error of `write` and not the end of the process.
    signal(SIGPIPE, SIG_IGN)
    // So is a file that may not grow: what was half written is taken back.
    signal(SIGXFSZ, SIG_IGN)
    setlocale(LC_CTYPE, "")
    if String(cString: nl_langinfo(nl_item(CODESET))) != "UTF-8" { setlocale(LC_CTYPE, "C.UTF-8") }
    let given = Array(CommandLine.arguments.dropFirst())
    // What asks for no more is not kept waiting by the names of all commands, which take the longest of a start.
    if given == ["--version"] { return print(version) }
    do {
      let arguments = arranged(given)
      if let slip = mistyped(arguments) { throw slip }
      var command = try parseAsRoot(arguments)
      try command.run()
    } catch let failure as CommandFailure {
      leave(failure)
    } catch {
      leave(parserError: error)
    }
  }

  /// The arguments with a `-C REPO` that stands before the subcommand, where git has it, behind its own arguments.
  private static func arranged(_ arguments: [String]) -> [String] {
    guard arguments.count > 2, arguments[0] == "-C",
      configuration.subcommands.contains(where: { $0._commandName == arguments[2] })
    else { return arguments }
    let end = arguments.firstIndex(of: "--") ?? arguments.endIndex
    return Array(arguments[2..<max(end, 2)] + arguments[..<2] + arguments[max(end, 2)...])
  }

  /// A first word that is nearly a subcommand's name, and no file's: a missing file would be the wrong complaint.
  private static func mistyped(_ arguments: [String]) -> CommandFailure? {
    guard let word = arguments.first, word.allSatisfy({ $0.isASCII && ($0.isLetter || $0 == "-") }), word.first != "-",
      access(word, F_OK) != 0
    else { return nil }
    let names = configuration.subcommands.map { $0._commandName } + ["help"]
    guard !names.contains(word), let near = NearNames.nearest(to: word, among: names, count: 1).first,
      NearNames.distance(word, near) <= 2
    else { return nil }
    return .wrong("could not find a subcommand or a file named \(word): did you mean \(near)?")
  }

  private static func leave(_ failure: CommandFailure) -> Never {
    if !failure.description.isEmpty { StandardError.write("assay: \(failure)") }
    Foundation.exit(failure.status)
  }

  /// Help and versions go to standard output; what the parser could not understand is one line and status 2.
  private static func leave(parserError error: any Error) -> Never {
    let status = exitCode(for: error)
    if status.isSuccess {
      print(fullMessage(for: error))
      Foundation.exit(0)
    }
    if let code = error as? ExitCode { Foundation.exit(code.rawValue) }
    leave(.usage(words(of: message(for: error).split(whereSeparator: \.isNewline).map(String.init))))
  }

  /// The parser's message in one line: the first, and the choices where it ends with a colon.
  private static func words(of lines: [String]) -> String {
    guard let first = lines.first else { return "no such command" }
    guard first.hasSuffix(":") else { return first }
    let choices = lines.dropFirst().map { $0.trimmingCharacters(in: CharacterSet(charactersIn: " -")) }
    return first + " " + choices.joined(separator: ", ")
  }
}
