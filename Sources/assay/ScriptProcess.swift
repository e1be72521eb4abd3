internal import Foundation
internal import SafeText
internal import SystemKit
internal import TriageModel

/// Runs a block of a runbook on the terminal, as an editor is run.
enum ScriptProcess {
  /// Runs a block that was accepted, in the repository's folder.
  static func run(
    _ offer: ScriptOffer, in root: String, _ environment: [String: String]
  ) -> ForegroundProcess.End {
    ForegroundProcess.run(
      offer.script.arguments, environment: environment.merging(offer.variables) { $1 }, folder: root)
  }

  /// Shows a block on the terminal and asks whether it may run; nothing but `y` lets it.
  ///
  /// - Parameter isSure: Whether nobody is asked, which only a page that is trusted as it is allows.
  static func confirm(_ offer: ScriptOffer, isSure: Bool) throws(CommandFailure) {
    let place = Sanitizer.line(offer.script.place.words, limit: 300)
    let page = Sanitizer.line(offer.script.place.page, limit: 300)
    if isSure {
      guard offer.isTrusted else {
        throw .refused("could not run \(place) without asking: the page is not trusted as it is (assay trust \(page))")
      }
      return
    }
    guard isatty(STDIN_FILENO) == 1, isatty(STDERR_FILENO) == 1 else {
      throw .refused("could not run \(place) without a terminal to ask on (--yes, for a page that is trusted)")
    }
    StandardError.put("\(place), for \(offer.script.shell) -e:\n\n")
    for line in Sanitizer.lines(offer.script.text, limit: .max) { StandardError.put("    \(line)\n") }
    let trust = offer.isTrusted ? "" : " and trusts \(page) as it is now (\(offer.script.pageHash.short))"
    StandardError.put("\ny runs it\(trust): ")
    if readLine() != "y" { throw .refused("could not run \(place): it was not confirmed") }
  }

  /// Waits until a line was typed, or nothing more can be.
  static func waitForEnter() {
    // What was typed ahead was meant for the block.
    tcflush(STDIN_FILENO, TCIFLUSH)
    var byte: UInt8 = 0
    while true {
      let count = read(STDIN_FILENO, &byte, 1)
      if count == 1, byte != 0x0A { continue }
      if count < 0, errno == EINTR { continue }
      return
    }
  }
}

extension ForegroundProcess.End {
  /// The exit status as shells say it: of a signal 128 and its number; nil when it was not started.
  var status: Int? {
    switch self {
    case .exited(let code): Int(code)
    case .signalled(let signal): 128 + Int(signal)
    case .notStarted: nil
    }
  }

  /// How it ended, as a clause.
  var words: String {
    switch self {
    case .exited(let code): "ended with status \(code)"
    case .signalled(let signal): "was ended by signal \(signal)"
    case .notStarted(let reason): "could not be started: \(reason)"
    }
  }
}
