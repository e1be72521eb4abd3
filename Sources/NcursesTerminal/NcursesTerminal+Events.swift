internal import CNcurses
internal import CTerminalGuard
internal import Foundation
package import TerminalKit

extension NcursesTerminal {
  /// A paste whose end mark does not come ends after this time without input.
  private static let pasteTimeout: Int32 = 1000

  /// Waits until there is something to do, using no processor time, and returns what the terminal said; nothing where
  /// only `wake` had a byte. The bytes of `wake` are read.
  ///
  /// ^Z is handled here: the process stops, and the call goes on when it is continued. When the terminal is gone, the
  /// process ends as from a hangup.
  package func waitForEvents(wake: Int32) -> [TerminalEvent] {
    // After an editor or a stop the size may be new.
    if newSize != nil { return takeResize() }
    var files = [
      pollfd(fd: input, events: Int16(POLLIN), revents: 0),
      pollfd(fd: wake, events: Int16(POLLIN), revents: 0),
      pollfd(fd: terminal_guard_notices(), events: Int16(POLLIN), revents: 0),
    ]
    let ready = poll(&files, nfds_t(files.count), reader.isPasting ? Self.pasteTimeout : -1)
    // A handler ran; its notice is in the pipe.
    if ready < 0 { return handleNotices() }
    if ready == 0 { return reader.abandonPaste().map { [$0] } ?? [] }
    errors?.trim()
    if files[1].revents & Int16(POLLIN) != 0 { _ = Self.readAvailable(wake) }
    var events = files[2].revents & Int16(POLLIN) != 0 ? handleNotices() : []
    if files[0].revents & Int16(POLLIN) != 0 {
      let drained = reader.drain()
      if drained.isEmpty, !reader.isPasting, isAtEnd { terminal_guard_hang_up() }
      events += drained
    } else if files[0].revents & Int16(POLLHUP | POLLERR | POLLNVAL) != 0 {
      terminal_guard_hang_up()
    }
    return events
  }

  /// Whether the terminal has closed its side: readable, with nothing to read.
  private var isAtEnd: Bool {
    var file = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
    var waiting: Int32 = 0
    return poll(&file, 1, 0) > 0 && (ioctl(input, UInt(FIONREAD), &waiting) != 0 || waiting == 0)
  }

  /// Acts on signals that came: a new size, ^Z, going on after a stop.
  private func handleNotices() -> [TerminalEvent] {
    let signals = Self.readAvailable(terminal_guard_notices())
    if signals.contains(UInt8(SIGTSTP)) {
      suspend()
      _ = Self.readAvailable(terminal_guard_notices())
    } else if signals.contains(UInt8(SIGCONT)) {
      takeOver()
    } else if !signals.isEmpty {
      adoptSize()
    }
    return takeResize()
  }

  /// The resize that nobody has been told of.
  private func takeResize() -> [TerminalEvent] {
    defer { newSize = nil }
    return newSize.map { [.resize($0)] } ?? []
  }

  /// Takes over the terminal's size where it has changed; the next events tell it.
  func adoptSize() {
    var window = winsize()
    guard ioctl(output, UInt(TIOCGWINSZ), &window) == 0, window.ws_row > 0, window.ws_col > 0 else { return }
    let new = Size(width: Int(window.ws_col), height: Int(window.ws_row))
    // ncurses may have followed by itself already, when it came back from another program.
    guard new != toldSize else { return }
    resize_term(Int32(window.ws_row), Int32(window.ws_col))
    nc_repaint_all()
    shown = nil
    newSize = new
    toldSize = new
  }

  /// Reads what is there now; the descriptor is known to be readable or does not block.
  static func readAvailable(_ descriptor: Int32) -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = read(descriptor, &buffer, buffer.count)
    return Array(buffer.prefix(max(0, count)))
  }
}
