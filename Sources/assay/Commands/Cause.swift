internal import ArgumentParser
internal import SafeText
internal import TriageActions
internal import TriageModel
internal import TriageOutput
internal import TriageServices
internal import Workspace

/// `assay cause`: people's word on which failures are one.
struct Cause: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cause",
    abstract: "Merge causes of failures, or split one; list the rules.",
    discussion: """
      A cause is named by its id, a failure by its signature: assay list --json and assay history TEST --json say both. \
      Rules stand in .assay/causes.yaml and win over how close the texts are; assay undo takes a rule back.
      """,
    subcommands: [CauseMerge.self, CauseSplit.self, CauseRules.self], defaultSubcommand: CauseRules.self)
}

/// Where and how a rule is written.
struct CauseOptions: ParsableArguments {
  @Option(name: .customShort("C"), help: "The repository that is meant.")
  var repository: String?

  @Flag(name: .customLong("allow-ci"), help: "Write although CI is set.")
  var allowsCI = false

  /// Reads a key as people write it.
  static func key(_ text: String) throws -> SignatureKey {
    guard let key = SignatureKey(text: text) else {
      if CauseNames.isOfSeveralTexts(text) {
        throw ValidationError("\(text) stands for failures of several texts: name the signatures of their failures")
      }
      throw ValidationError("\(text) is no key: 16 digits and letters a to f")
    }
    return key
  }

  /// Writes a rule and says so.
  func add(_ rule: CauseRule) throws {
    let context = try CommandContext(repository: repository)
    let service = context.decisions(isReadOnly: false, allowsCI: allowsCI)
    do throws(CauseRuleError) {
      let entry = try service.add(rule)
      try? StandardOutput.write {
        $0.appendLine("added to \(CauseFile.path) (entry \(entry); assay undo takes it back)")
      }
    } catch {
      if case .refused = error { throw CommandFailure.refused("could not change the causes: \(error)") }
      throw CommandFailure.wrong("could not change the causes: \(error)")
    }
  }
}

/// `assay cause merge KEY KEY…`: these failures are one.
struct CauseMerge: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: MergeCauses.description.abstract)

  @Argument(help: "Ids of causes, or signatures of failures.", transform: CauseOptions.key)
  var keys: [SignatureKey]

  @Option(help: "What the cause is called.")
  var title: String

  @Option(help: "Why.")
  var reason: String?

  @OptionGroup var options: CauseOptions

  func run() throws {
    guard Set(keys).count > 1 else { throw CommandFailure.wrong("could not merge: at least two keys are needed") }
    try options.add(CauseRule(.merge(keys), title: title, reason: reason))
  }
}

/// `assay cause split KEY`: this failure is another thing.
struct CauseSplit: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "split", abstract: SplitCause.description.abstract)

  @Argument(help: "The signature of the failure.", transform: CauseOptions.key)
  var key: SignatureKey

  @Option(help: "Why.")
  var reason: String

  @OptionGroup var options: CauseOptions

  func run() throws { try options.add(CauseRule(.split(key), reason: reason)) }
}

/// `assay cause`: the rules, oldest first.
struct CauseRules: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "rules", abstract: "List the rules (the default).")

  @Option(name: .customShort("C"), help: "The repository that is meant.")
  var repository: String?

  func run() throws {
    let context = try CommandContext(repository: repository)
    let file: CauseFile
    do throws(ConfigurationError) {
      file = try CauseFile(repository: context.repository)
    } catch {
      throw CommandFailure.wrong("could not read the rules on causes: \(error)")
    }
    try StandardOutput.write { sink in
      if file.rules.isEmpty { sink.appendLine("no causes are merged or split in this repository") }
      for rule in file.rules { sink.appendLine(Self.line(rule)) }
    }
  }

  private static func line(_ rule: CauseRule) -> String {
    let what =
      switch rule.kind {
      case .merge(let keys): "merge \(keys.map(\.text).joined(separator: " "))"
      case .split(let key): "split \(key.text)"
      }
    let words = [rule.title.map { "“\($0)”" }, rule.reason, rule.who.map { "by \($0)" }].compactMap { $0 }
    return words.isEmpty ? what : what + "  " + Sanitizer.line(words.joined(separator: " · "), limit: 400)
  }
}
