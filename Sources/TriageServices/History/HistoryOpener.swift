internal import RunHistory
internal import Synchronization

/// Opens the history when it is first asked, on the thread that asks: never before the first screen.
package final class HistoryOpener: Sendable {
  private let open: HistoryOpening
  private let say: @Sendable (String) -> Void
  /// nil until it was tried; then what came of it.
  private let opened = Mutex<Opened?>(nil)

  /// What came of opening.
  private struct Opened {
    var service: HistoryService?
    var failure: String?
  }

  /// An opener that has not opened yet.
  ///
  /// - Parameter say: Told once why there is none, or what opening had to say.
  package init(open: @escaping HistoryOpening, say: @escaping @Sendable (String) -> Void) {
    self.open = open
    self.say = say
  }

  /// The history; nil where there is none, or it cannot be opened.
  package var service: HistoryService? { outcome.service }

  /// Why the history cannot be opened, as a sentence; nil when it can, or there is none.
  package var failure: String? { outcome.failure }

  private var outcome: Opened {
    opened.withLock { opened in
      if let opened { return opened }
      let outcome = tryToOpen()
      // Where there is none yet, another program may make it meanwhile.
      if outcome.service != nil || outcome.failure != nil { opened = outcome }
      return outcome
    }
  }

  private func tryToOpen() -> Opened {
    do throws(HistoryError) {
      let service = try open()
      if let notice = service?.notice { say(notice) }
      return Opened(service: service)
    } catch {
      let words = "could not open the history: \(error)"
      say(words)
      return Opened(failure: words)
    }
  }
}
