internal import ArgumentParser
internal import Foundation
internal import SafeText
internal import TriageModel
internal import TriageServices
internal import Workspace

/// `assay trust`: accepts the commands that a repository's configuration names.
struct Trust: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Accept the commands that the repository's configuration names, as they are written now.",
    discussion: """
      A repository runs nothing before: its configuration may come from a stranger. What is accepted are these very bytes \
      of .assay/config.yaml; a change has to be accepted again. --revoke takes it back.
      """)

  @Option(name: .customShort("C"), help: "The repository that is meant.")
  var repository: String?

  @Flag(help: "Accept without being asked, where no terminal is.")
  var yes = false

  @Flag(help: "Accept them no longer.")
  var revoke = false

  func run() throws {
    let context = try CommandContext(repository: repository)
    let trusted = context.trust
    guard let file = trusted.file else {
      throw CommandFailure.wrong("could not trust: the repository has no \(Configuration.file)")
    }
    let commands = context.configuration.commands
    if !revoke {
      for (key, words) in commands {
        print("\(key): " + Sanitizer.line(words.map { "[\($0)]" }.joined(separator: " "), limit: 2000))
      }
      if commands.isEmpty { print("\(Configuration.file) names no commands; what it may name later is not accepted") }
      try confirm()
    }
    do throws(JournalError) {
      try trusted.set(isAccepted: !revoke)
    } catch {
      throw CommandFailure.refused("could not keep it: \(error)")
    }
    print(revoke ? "\(file) is trusted no longer" : "\(file) is trusted as it is now (\(trusted.hash?.short ?? ""))")
  }

  private func confirm() throws(CommandFailure) {
    if yes { return }
    guard isatty(STDIN_FILENO) == 1 else { throw .refused("could not trust without a terminal (--yes)") }
    StandardError.put("may these run? y ends yes: ")
    if readLine() != "y" { throw .refused("could not trust: it was not confirmed") }
  }
}

/// Whether the commands of a repository's configuration may run.
struct RepositoryTrust {
  /// The configuration's file, an absolute path; nil where there is none.
  let file: String?
  /// The hash of its bytes.
  let hash: ContentHash?
  private let store: TrustStore

  init(_ repository: Repository?, _ directories: Directories) {
    store = TrustStore(directories)
    let path = repository.map { $0.root + "/" + Configuration.file }
    let text = path.flatMap { try? TextFile.read($0, shownAs: Configuration.file) }
    file = text == nil ? nil : path
    hash = text.map { ContentHash(of: $0.utf8) }
  }

  /// Whether a person accepted these very bytes.
  var isAccepted: Bool {
    guard let file, let hash else { return false }
    return store.accepts(file, hash)
  }

  /// Accepts them, or no longer.
  func set(isAccepted: Bool) throws(JournalError) {
    guard let file else { return }
    try store.set(file, isAccepted ? hash : nil)
  }
}

extension CommandContext {
  /// Whether the commands of the repository's configuration may run.
  var trust: RepositoryTrust { RepositoryTrust(repository, Self.directories) }
}
