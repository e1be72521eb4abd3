internal import CNcurses
internal import CTerminalGuard
internal import Foundation
internal import SafeText
package import TerminalKit

/// The terminal: shows grids and gives events. One at a time, used by the main thread only.
///
/// It sends no queries to the terminal, keeps standard error off the screen, and restores the terminal on `close`, on
/// signals and on traps (`CTerminalGuard`).
package final class NcursesTerminal {
  /// What a person asked for.
  package struct Options: Sendable {
    /// The theme to draw with.
    package var theme: Theme
    /// The colours that were asked for; nil leaves it to the terminal.
    package var color: ColorLevel?
    /// Draw with ASCII only.
    package var ascii: Bool
    /// The process's environment: TERM, ESCDELAY.
    package var environment: [String: String]

    /// Options, as they come from flags, configuration and the environment.
    package init(theme: Theme, color: ColorLevel? = nil, ascii: Bool = false, environment: [String: String]) {
      self.theme = theme
      self.color = color
      self.ascii = ascii
      self.environment = environment
    }
  }

  let input: Int32
  let output: Int32
  let screen: OpaquePointer
  let isAscii: Bool
  let errors: ErrorLog?
  var reader = InputReader()
  var painter: StylePainter
  var shown: Grid?
  /// A size the program has not been told of yet.
  var newSize: Size?
  /// The size the program draws for, `newSize` included.
  var toldSize = Size(width: 0, height: 0)
  var isMouseOn = false
  var isOpen = true
  private var writer = CellWriter()

  /// Takes over the terminal.
  package init(_ options: Options) throws(TerminalError) {
    guard isatty(1) == 1 else { throw .notATerminal }
    // They would freeze the size: ncurses trusts them more than the terminal.
    unsetenv("LINES")
    unsetenv("COLUMNS")
    isAscii = TerminalLocale.prepare() || options.ascii
    let name = options.environment["TERM"] ?? ""
    try Self.check(terminal: name)
    output = try Self.duplicate(1)
    input = try isatty(0) == 1 ? Self.duplicate(0) : Self.openTerminal()
    guard terminal_guard_install(output) == 0 else { throw .system(operation: "tcgetattr", code: errno) }
    Self.prepareRestore()
    errors = ErrorLog()
    terminal_guard_set_state(TERMINAL_GUARD_DRAWING)
    guard let screen = nc_newterm(try Self.duplicate(output), try Self.duplicate(input)) else {
      terminal_guard_remove()
      errors?.close()
      throw .unknownType(name)
    }
    self.screen = screen
    let isDirect = tigetflag("RGB") > 0 || tigetnum("RGB") > 0 || name.hasSuffix("-direct")
    let level = ColorLevel.choose(
      asked: options.color, terminfoColors: Int(tigetnum("colors")), hasDirectColor: isDirect)
    painter = StylePainter(theme: options.theme, level: level, isDirect: isDirect && level == .truecolor)
    setUpInput(options.environment)
    enterModes()
    toldSize = size
  }

  /// Its size now.
  package var size: Size { Size(width: Int(getmaxx(nc_screen())), height: Int(getmaxy(nc_screen()))) }

  /// Shows a screen; only cells that changed since the last one are touched.
  package func present(_ grid: Grid) {
    guard isOpen else { return }
    let grid = isAscii ? grid.ascii : painter.level < .palette256 ? grid.shaded : grid
    let size = size
    let width = min(size.width, grid.size.width)
    let old = shown?.size == grid.size ? shown : nil
    if old == nil { erase() }
    for y in 0..<min(size.height, grid.size.height) {
      if let range = old.map({ grid.changes(since: $0, row: y, width: width) }) ?? 0..<width {
        writer.write(grid, row: y, range, painter: &painter)
      }
    }
    placeCursor(grid, size)
    wrefresh(nc_screen())
    shown = grid
  }

  /// Puts the cursor where a person types, else, hidden, where they are: else it would stand where a cell was written
  /// last.
  private func placeCursor(_ grid: Grid, _ size: Size) {
    let place = grid.cursor ?? grid.focus ?? Point(x: 0, y: 0)
    let isInside = place.x >= 0 && place.y >= 0 && place.x < size.width && place.y < size.height
    if isInside { wmove(nc_screen(), Int32(place.y), Int32(place.x)) }
    curs_set(isInside && grid.cursor != nil ? 1 : 0)
  }

  /// Gives the terminal back for good.
  package func close() {
    guard isOpen else { return }
    isOpen = false
    leaveModes()
    endwin()
    terminal_guard_set_state(TERMINAL_GUARD_IDLE)
    delscreen(screen)
    errors?.close()
    terminal_guard_remove()
    Foundation.close(input)
    Foundation.close(output)
  }
}

/// Why no screen could be opened.
package enum TerminalError: Error, Equatable, CustomStringConvertible {
  /// Standard output is a file or a pipe.
  case notATerminal
  /// Terminfo has no such entry; the name is that of `TERM`.
  case unknownType(String)
  /// The terminal cannot place the cursor.
  case noCursor(String)
  case system(operation: String, code: Int32)

  /// The cause, with what to try.
  package var description: String {
    switch self {
    case .notATerminal:
      "standard output is not a terminal; `assay list` prints the same"
    case .unknownType(""):
      "TERM is not set; try: TERM=xterm-256color assay …"
    case .unknownType(let name):
      "the terminal type \(Sanitizer.line(name, limit: 80)) is not known here; try: TERM=xterm-256color assay …"
    case .noCursor(let name):
      "a terminal of type \(Sanitizer.line(name, limit: 80)) cannot place the cursor; `assay list` prints the same"
    case .system(let operation, let code):
      "\(operation): error \(code)"
    }
  }
}

/// What terminfo knows of a terminal type, without opening a screen.
package enum TerminalType {
  /// How many colours it has, 0 for none; nil when the type is not known here.
  package static func colors(of name: String) -> Int? {
    var status: Int32 = 0
    guard !name.isEmpty, setupterm(name, 1, &status) == OK else { return nil }
    return max(0, Int(tigetnum("colors")))
  }
}

/// The character encoding that libc, and ncurses with it, works in.
enum TerminalLocale {
  /// Sets a UTF-8 locale where there is one; returns whether the terminal is to be taken for one of ASCII only.
  ///
  /// A process begins in the C locale, where ncurses turns every character beyond ASCII into garbage.
  static func prepare() -> Bool {
    _ = setlocale(LC_CTYPE, "")
    if isUTF8 { return false }
    // `C` and `POSIX` say nothing about the terminal; a named other encoding does.
    let saysOther = !["ANSI_X3.4-1968", "US-ASCII", "646"].contains(codeset)
    for name in ["C.UTF-8", "C.utf8", "en_US.UTF-8", "UTF-8"] where setlocale(LC_CTYPE, name) != nil && isUTF8 {
      return saysOther
    }
    return true
  }

  private static var codeset: String { nl_langinfo(nl_item(CODESET)).map { String(cString: $0) } ?? "" }

  private static var isUTF8: Bool { codeset.uppercased() == "UTF-8" }
}
