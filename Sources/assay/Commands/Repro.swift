internal import ArgumentParser
internal import Foundation
internal import SafeText
internal import TriageActions
internal import TriageModel
internal import TriageOutput
internal import TriageServices

/// `assay repro TEST`: what the next engineer needs to see a failure again.
struct Repro: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "repro",
    abstract: "Print, or write into a folder, all that is needed to see a failure again.",
    discussion: """
      The command that runs it, the commit, the seed and the inputs it failed with, both sides of its goldens, the labels \
      of its environment, the versions installed here beside those that the run recorded (pip-freeze.txt among its \
      artifacts), and the runbook. Markdown; nothing is run but pip list.
      """)

  @Argument(help: "The test: an id, the end of one, or a part that only one test has.")
  var test: String

  @OptionGroup var options: EvidenceOptions

  @Option(help: ArgumentHelp("Write README.md and the files into this new folder.", valueName: "folder"))
  var out: String?

  func run() throws {
    let context = try CommandContext(repository: options.repository)
    let history = context.knownHistory
    guard let service = context.reruns(history) else {
      throw CommandFailure.wrong("could not tell how it is run: there is no repository here (-C)")
    }
    var evidence = FailureEvidence(context, options, history)
    let (dossier, index) = try evidence.failure(test)
    var order = RerunOrder()
    // The inputs stand beside the command: the plugin that replays them is assay's own.
    order.seed = .random
    let plan = service.plan([RerunTest(index, in: dossier)], order)
    let survey = context.goldenFinder.survey(dossier.run, others: [])
    let capsule = ReproCapsule(
      of: index, in: dossier, plan, survey: survey, runbooks: context.runbooks, packages: service.packages(for: plan))
    let secrets = SecretScan.findings(in: Array(capsule.text.utf8), since: [])
    if !secrets.isEmpty {
      throw CommandFailure.refused("could not print it: the text holds what looks like \(SecretFinding.words(secrets))")
    }
    guard let out else { return try StandardOutput.write { $0.append(capsule.text) } }
    try write(capsule, into: out)
    try StandardOutput.write { sink in
      sink.appendLine(
        "\(Sanitizer.line(out, limit: 1000)): \(CountText.of(capsule.files.count, "file")), README.md first")
    }
  }

  private func write(_ capsule: ReproCapsule, into folder: String) throws(CommandFailure) {
    guard mkdir(folder, 0o755) == 0 else {
      throw .wrong(
        "could not make the folder \(Sanitizer.line(folder, limit: 500)): \(String(cString: strerror(errno)))")
    }
    for file in capsule.files {
      guard FileManager.default.createFile(atPath: folder + "/" + file.name, contents: Data(file.bytes)) else {
        throw .unreadable("could not write \(Sanitizer.line(folder, limit: 500))/\(file.name)")
      }
    }
  }
}
