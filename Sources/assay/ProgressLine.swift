internal import SafeText
internal import Synchronization
internal import TriageModel
internal import TriageServices

/// One line on standard error that says how far a long read is; only at a terminal, only after half a second.
final class ProgressLine: Sendable {
  private struct State {
    var next = ContinuousClock.now + .milliseconds(500)
    var isShown = false
  }

  private let isWanted = StandardError.isTerminal
  private let state = Mutex(State())

  /// Shows how far it is, at most ten times a second.
  func show(_ progress: LoadProgress) {
    var words = progress.phase.rawValue
    if progress.bytesTotal > 0 {
      words += " \(progress.bytes >> 20) of \(progress.bytesTotal >> 20) MB"
    } else if progress.bytes > 0 {
      words += " \(progress.bytes >> 20) MB"
    }
    if progress.filesTotal > 0 {
      words += ", \(progress.files) of \(progress.filesTotal) reports"
    } else if progress.files > 0 {
      words += ", \(progress.files) files"
    }
    if progress.tests > 0 {
      words += ", \(CountText.of(progress.tests, "test")), \(CountText.of(progress.failing)) failing"
    }
    show(words)
  }

  /// Shows how many of a number of things are done, at most ten times a second.
  func show(_ words: String, _ done: Int, of total: Int) { show("\(words) \(done) of \(total)") }

  /// Shows how many megabytes are read; of how many, where that is known.
  func show(_ words: String, megabytes: Int, of total: Int) {
    show("\(words) \(megabytes)" + (total > 0 ? " of \(total) MB" : " MB"))
  }

  /// Shows some words, at most ten times a second.
  func show(_ words: String) {
    guard isWanted else { return }
    state.withLock { state in
      guard ContinuousClock.now >= state.next else { return }
      state.next = ContinuousClock.now + .milliseconds(100)
      state.isShown = true
      StandardError.put("\r\u{1B}[K" + Sanitizer.line(words))
    }
  }

  /// Takes the line away.
  func erase() {
    state.withLock { state in
      if state.isShown { StandardError.put("\r\u{1B}[K") }
      state.isShown = false
    }
  }
}
