internal import SafeText
internal import SystemKit
internal import TriageModel
internal import TriageOutput
internal import TriageServices
internal import Workspace

/// Tells the configured commands what the gate stops for, or wants a ticket for: each cause once, until it changes.
struct GateAlerts {
  let context: CommandContext

  /// Sends what was not sent before; what could not be is said on standard error, and changes no status.
  func send(_ answer: GateAnswer) {
    let commands = context.configuration.notify
    let root = context.repository?.root ?? ""
    if commands.isEmpty {
      return StandardError.write("assay: nobody is told: notify: of \(Configuration.file) is not set")
    }
    guard context.trustsConfiguration else {
      return StandardError.write(
        "assay: nobody is told: the commands of \(Configuration.file) are not trusted (assay trust)")
    }
    let table = StateTable("notified.json", CommandContext.directories)
    let alerts = answer.lines.filter { $0.ruling.stops || $0.ruling == .ticket }
    let old = table.entries
    let prefix = root + "\u{1F}"
    // What no longer fails is told again when it comes back.
    var new = old.filter { !$0.key.hasPrefix(prefix) }
    var changed = answer
    changed.lines = []
    for alert in alerts {
      let key = prefix + (alert.cause.isEmpty ? alert.title : alert.cause)
      let words = ([alert.ruling.word] + alert.tests.map(\.id).sorted()).joined(separator: "\n")
      new[key] = ContentHash(of: words.utf8).hex
      if old[key] != new[key] { changed.lines.append(alert) }
    }
    if !changed.lines.isEmpty, !commands.allSatisfy({ run($0, changed) }) { return }
    do throws(JournalError) {
      if new != old { try table.write(new) }
    } catch {
      StandardError.write("assay: could not keep what was told: \(error)")
    }
  }

  /// Runs a command with the documented object as its input; whether it went well.
  private func run(_ command: [String], _ answer: GateAnswer) -> Bool {
    var request = ProcessRequest(command, environment: CommandContext.environment, timeLimit: 60)
    request.input = GateReport(answer, allowsPartial: false).jsonBytes
    request.mergesErrors = true
    request.hasOwnSession = true
    request.grace = 2
    request.folder = context.repository?.root
    do throws(ProcessError) {
      let result = try ProcessRunner.run(request)
      if result.end == .exited(0) { return true }
      let said = Sanitizer.lines(String(decoding: result.output, as: UTF8.self)).suffix(3).joined(separator: " · ")
      StandardError.write(
        "assay: could not tell \(command[0]): it \(result.end.words)\(said.isEmpty ? "" : ": " + said)")
    } catch {
      StandardError.write("assay: could not tell \(command[0]): \(error)")
    }
    return false
  }
}
