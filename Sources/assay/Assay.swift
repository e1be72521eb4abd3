internal import ArgumentParser
internal import Foundation

/// The root command: what is shared by all, and the way out.
@main
struct Assay: ParsableCommand {
  /// The version of the program.
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "assay",
    abstract: "Triage of test runs: what failed, where, and what it said.",
    usage: """
      assay [PATH …]
      assay <subcommand>
      """,
    discussion: """
      assay PATH… opens reports on disk, in folders or in archives (.zip, .tar.gz, .tar.zst, .tar.xz); - reads one \
      from standard input. Without a path it looks in the usual places of the current directory. Into a pipe it \
      prints the list instead of opening the screen.

      Exit status: 0 done, 1 something differs, 2 the command or configuration is wrong, 3 input could not be read \
      or nothing was there to read, 4 refused for safety.
      """,
    version: version,
    subcommands: [
      Open.self, Demo.self, List.self, Show.self, GoldenChanges.self, Diff.self, Approve.self, Reject.self, Undo.self,
      Log.self, Ingest.self, Runs.self, Flaky.self, History.self, Compare.self, Cause.self, Capture.self, Doctor.self,
    ],
    defaultSubcommand: Open.self)

  /// Parses the command line, carries it out and ends with the status that says how it went.
  static func main() {
    // A reader that has gone, of a pipe or a clipboard tool, is an error of `write` and not the end of the process.
    signal(SIGPIPE, SIG_IGN)
    // So is a file that may not grow: what was half written is taken back.
    signal(SIGXFSZ, SIG_IGN)
    setlocale(LC_CTYPE, "")
    if String(cString: nl_langinfo(nl_item(CODESET))) != "UTF-8" { setlocale(LC_CTYPE, "C.UTF-8") }
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let failure as CommandFailure {
      leave(failure)
    } catch {
      leave(parserError: error)
    }
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
    let words = message(for: error).split(whereSeparator: \.isNewline).first.map(String.init) ?? "no such command"
    leave(.usage(words))
  }
}
