internal import ArgumentParser
internal import Foundation
internal import RunHistory
internal import SafeText
internal import SystemKit
internal import TriageModel
internal import TriageServices
internal import Workspace

/// `assay trust [PAGE]`: accepts the commands that a repository's configuration names, or the blocks of a runbook.
struct Trust: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trust",
    abstract: "Accept the commands of the repository's configuration, or of a runbook, as they are written now.",
    discussion: """
      A repository runs nothing before: its files may come from a stranger. What is accepted are these very bytes of \
      .assay/config.yaml, or of the page that is named; a change has to be accepted again. --revoke takes it back, and so \
      does assay undo.
      """)

  @Argument(help: "A runbook, whose blocks may run then; else the configuration.")
  var page: String?

  @Option(name: .customShort("C"), help: "The repository that is meant.")
  var repository: String?

  @Flag(help: "Accept without being asked, where no terminal is.")
  var yes = false

  @Flag(help: "Accept them no longer.")
  var revoke = false

  @OptionGroup var output: OutputOptions

  func run() throws {
    let context = try CommandContext(repository: repository)
    guard let repository = context.repository else {
      throw CommandFailure.wrong("could not trust: there is no repository here (-C)")
    }
    let service = context.decisions(isReadOnly: output.isReadOnly, allowsCI: true)
    if let refusal = service.refusal { throw CommandFailure.refused("could not trust: \(refusal)") }
    for notice in service.recover() { StandardError.write("assay: \(notice)") }
    let path = try page.map { page throws(CommandFailure) in try Self.path(page, in: repository) } ?? Configuration.file
    var hash: ContentHash?
    if !revoke {
      hash = try page == nil ? showConfiguration(context, repository) : showBlocks(of: path, context)
      try confirm()
    }
    let entry: JournalEntry?
    do throws(JournalError) {
      entry = try service.trust(path, hash)
    } catch {
      throw CommandFailure.refused("could not keep it: \(error)")
    }
    let name = Sanitizer.line(path)
    let state = hash.map { "is trusted as it is now (\($0.short))" } ?? "is trusted no longer"
    print("\(name) \(state)" + (entry == nil ? ", as before" : " (assay undo takes it back)"))
  }

  /// A page's path relative to the repository: as it is seen from here, else from the repository.
  private static func path(_ page: String, in repository: Repository) throws(CommandFailure) -> String {
    for place in [page, repository.root + "/" + page] {
      guard let real = FilePath.resolved(place), real.hasPrefix(repository.root + "/") else { continue }
      return String(real.dropFirst(repository.root.count + 1))
    }
    throw .wrong("could not trust \(Sanitizer.line(page)): the repository has no such page")
  }

  private func showConfiguration(
    _ context: CommandContext, _ repository: Repository
  ) throws(CommandFailure) -> ContentHash {
    guard let hash = ContentHash(ofFile: Configuration.file, in: repository) else {
      throw .wrong("could not trust: the repository has no \(Configuration.file)")
    }
    let commands = context.configuration.commands
    for (key, words) in commands {
      print("\(key): " + Sanitizer.line(words.map { "[\($0)]" }.joined(separator: " "), limit: 2000))
    }
    let store = context.configuration.history.store
    if let store {
      let name = (try? PostgresAddress(store))?.name ?? "what is no address of PostgreSQL"
      print("history.store: \(Sanitizer.line(name, limit: 2000)) hears of runs and tests, and is shown who you are")
    }
    if commands.isEmpty, store == nil {
      print("\(Configuration.file) names no commands; what it may name later is not accepted")
    }
    return hash
  }

  private func showBlocks(of page: String, _ context: CommandContext) throws(CommandFailure) -> ContentHash {
    do throws(ScriptRefusal) {
      let (hash, scripts) = try context.runbooks.scripts(of: page)
      for script in scripts {
        print("block \(script.place.number), for \(script.shell) -e:")
        for line in Sanitizer.lines(script.text, limit: .max) { print("    \(line)") }
      }
      if scripts.isEmpty { print("\(Sanitizer.line(page)) has no block that can be run (sh, bash and shell)") }
      return hash
    } catch {
      throw .wrong("could not trust: \(error)")
    }
  }

  private func confirm() throws(CommandFailure) {
    if yes { return }
    guard isatty(STDIN_FILENO) == 1 else { throw .refused("could not trust without a terminal (--yes)") }
    StandardError.put("may these run? y ends yes: ")
    if readLine() != "y" { throw .refused("could not trust: it was not confirmed") }
  }
}

extension CommandContext {
  /// Whether a person accepted these very bytes of the repository's configuration, so that its commands may run.
  var trustsConfiguration: Bool {
    guard let repository, let hash = ContentHash(ofFile: Configuration.file, in: repository) else { return false }
    return TrustStore(Self.directories).accepted(repository.root + "/" + Configuration.file) == hash
  }
}

extension ContentHash {
  /// The hash of a file of a repository; nil when it cannot be read.
  fileprivate init?(ofFile path: String, in repository: Repository) {
    guard let text = try? TextFile.read(repository.root + "/" + path, shownAs: path) else { return nil }
    self.init(of: text.utf8)
  }
}
