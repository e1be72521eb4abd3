internal import CNcurses
internal import CTerminalGuard
internal import Foundation
internal import TerminalKit

extension NcursesTerminal {
  /// What turns off the modes that assay turns on: bracketed paste and all mouse reports.
  static let modesOff = "\u{1B}[?2004l\u{1B}[?1000l\u{1B}[?1002l\u{1B}[?1003l\u{1B}[?1006l"
  static let pasteOn = "\u{1B}[?2004h"

  /// Refuses a terminal type that is unknown or cannot be drawn on, before anything is written.
  static func check(terminal name: String) throws(TerminalError) {
    var status: Int32 = 0
    guard !name.isEmpty, setupterm(name, 1, &status) == OK else { throw .unknownType(name) }
    guard nc_terminfo_string("cup") != nil else { throw .noCursor(name) }
  }

  /// Another descriptor of an open file, closed in programs that are started.
  static func duplicate(_ descriptor: Int32) throws(TerminalError) -> Int32 {
    let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
    guard copy >= 0 else { throw .system(operation: "dup", code: errno) }
    return copy
  }

  /// The terminal itself, for keys, where standard input is a report.
  static func openTerminal() throws(TerminalError) -> Int32 {
    let descriptor = open("/dev/tty", O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { throw .notATerminal }
    return descriptor
  }

  /// Gives the crash guard the bytes that bring this type of terminal back.
  static func prepareRestore() {
    var bytes = Array(modesOff.utf8)
    for name in ["rmkx", "sgr0", "op", "cnorm", "rmcup"] {
      if let text = nc_terminfo_string(name) { bytes += withoutPadding(String(cString: text)) }
    }
    bytes.withUnsafeBytes { raw in
      guard let start = raw.baseAddress else { return }
      terminal_guard_set_restore(start.assumingMemoryBound(to: CChar.self), raw.count)
    }
  }

  /// A terminfo string without its `$<5>` pauses.
  private static func withoutPadding(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      if byte == 0x24, rest.first == 0x3C, let end = rest.firstIndex(of: 0x3E) {
        rest = rest[rest.index(after: end)...]
      } else {
        bytes.append(byte)
      }
    }
    return bytes
  }

  /// Keys one at a time, without echo; ^C and ^Z stay signals, ^S and ^V become keys.
  func setUpInput(_ environment: [String: String]) {
    cbreak()
    noecho()
    nonl()
    intrflush(nc_screen(), false)
    keypad(nc_screen(), true)
    nodelay(nc_screen(), true)
    if environment["ESCDELAY"] == nil { set_escdelay(25) }
    var settings = termios()
    if tcgetattr(input, &settings) == 0 {
      settings.c_iflag &= ~tcflag_t(IXON | IXOFF)
      settings.c_lflag &= ~tcflag_t(IEXTEN)
      tcsetattr(input, TCSADRAIN, &settings)
    }
    def_prog_mode()
    InputReader.defineKeys()
  }

  /// Turns on what assay wants beyond ncurses.
  func enterModes() {
    send(Self.pasteOn)
    applyMouse()
  }

  /// Turns it off again.
  func leaveModes() {
    mousemask(0, nil)
    send(Self.modesOff)
  }

  /// Tells ncurses which mouse reports are wanted.
  func applyMouse() {
    mouseinterval(0)
    mousemask(isMouseOn ? nc_left_press() | nc_wheel_up() | nc_wheel_down() : 0, nil)
  }

  /// Writes to the terminal past ncurses.
  func send(_ text: String) {
    write(outOfBand: Array(text.utf8))
  }
}
