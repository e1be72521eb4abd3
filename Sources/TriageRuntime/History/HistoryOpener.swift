internal import RunHistory
internal import Synchronization

/// Opens the history when it is first asked, on the thread that asks: never before the first screen.
final class HistoryOpener: Sendable {
  private let open: HistoryOpening
  private let say: @Sendable (String) -> Void
  /// nil until it was tried; then what came of it.
  private let opened = Mutex<HistoryService??>(nil)

  /// - Parameter say: Told once why there is none, or what opening had to say.
  init(open: @escaping HistoryOpening, say: @escaping @Sendable (String) -> Void) {
    self.open = open
    self.say = say
  }

  /// The history; nil where there is none, or it cannot be opened.
  var service: HistoryService? {
    opened.withLock { opened in
      if let opened { return opened }
      let service = tryToOpen()
      opened = .some(service)
      return service
    }
  }

  private func tryToOpen() -> HistoryService? {
    do throws(HistoryError) {
      let service = try open()
      if let notice = service?.store.notice { say(notice) }
      return service
    } catch {
      say("could not open the history: \(error)")
      return nil
    }
  }
}
