internal import CNcurses
internal import Foundation
internal import SafeText
internal import TerminalKit

/// Makes events of what ncurses reads: keys, pastes and the mouse.
struct InputReader {
  private static let pasteBegin: Int32 = 0o1000 + 100
  private static let pasteEnd: Int32 = 0o1000 + 101
  private static let pasteLimit = 1 << 20
  private static let sequenceLimit = 4096

  /// What ncurses gave: a function key's code or a character.
  private enum Input {
    case code(Int32)
    case scalar(Unicode.Scalar)
  }

  private var pasted: String?
  private var lastPress: (point: Point, time: UInt64)?

  /// Whether a paste has begun and not ended.
  var isPasting: Bool { pasted != nil }

  /// Teaches ncurses the sequences that terminfo has no names for.
  static func defineKeys() {
    define_key("\u{1B}[200~", pasteBegin)
    define_key("\u{1B}[201~", pasteEnd)
    let others: [(String, Int32)] = [
      ("\u{1B}[A", KEY_UP), ("\u{1B}[B", KEY_DOWN), ("\u{1B}[C", KEY_RIGHT), ("\u{1B}[D", KEY_LEFT),
      ("\u{1B}OA", KEY_UP), ("\u{1B}OB", KEY_DOWN), ("\u{1B}OC", KEY_RIGHT), ("\u{1B}OD", KEY_LEFT),
      ("\u{1B}[H", KEY_HOME), ("\u{1B}[F", KEY_END), ("\u{1B}OH", KEY_HOME), ("\u{1B}OF", KEY_END),
      ("\u{1B}[1~", KEY_HOME), ("\u{1B}[4~", KEY_END), ("\u{1B}[7~", KEY_HOME), ("\u{1B}[8~", KEY_END),
      ("\u{1B}[3~", KEY_DC), ("\u{1B}[5~", KEY_PPAGE), ("\u{1B}[6~", KEY_NPAGE), ("\u{1B}[Z", KEY_BTAB),
    ]
    for (sequence, code) in others where key_defined(sequence) == 0 { define_key(sequence, code) }
  }

  /// All events that wait, without waiting for more.
  mutating func drain() -> [TerminalEvent] {
    var events: [TerminalEvent] = []
    while let input = Self.next() {
      if pasted != nil {
        if let event = continuePaste(input) { events.append(event) }
      } else if let event = event(for: input) {
        events.append(event)
      }
    }
    return events
  }

  /// Ends a paste whose end mark did not come.
  mutating func abandonPaste() -> TerminalEvent? {
    defer { pasted = nil }
    return pasted.flatMap { $0.isEmpty ? nil : Self.paste($0) }
  }

  private static func next() -> Input? {
    var value: wint_t = 0
    switch wget_wch(nc_screen(), &value) {
    case KEY_CODE_YES: return .code(Int32(bitPattern: value))
    case OK: return .scalar(Unicode.Scalar(value) ?? "\u{FFFD}")
    default: return nil
    }
  }

  private mutating func continuePaste(_ input: Input) -> TerminalEvent? {
    switch input {
    case .code(Self.pasteEnd):
      defer { pasted = nil }
      return pasted.map(Self.paste)
    case .code:
      return nil
    case .scalar(let scalar):
      if let count = pasted?.utf8.count, count < Self.pasteLimit { pasted?.unicodeScalars.append(scalar) }
      return nil
    }
  }

  private static func paste(_ text: String) -> TerminalEvent {
    // Terminals send CR for a line end. "\r\n" is one Character, so this works on scalars.
    var lines = String.UnicodeScalarView()
    var afterReturn = false
    for scalar in text.unicodeScalars {
      if scalar == "\r" || scalar != "\n" || !afterReturn { lines.append(scalar == "\r" ? "\n" : scalar) }
      afterReturn = scalar == "\r"
    }
    return .paste(Sanitizer.output(String(lines)))
  }

  private mutating func event(for input: Input) -> TerminalEvent? {
    switch input {
    case .code(Self.pasteBegin):
      pasted = ""
      return nil
    case .code(KEY_MOUSE): return mouseEvent()
    case .code(let code): return Self.key(code: code).map(TerminalEvent.key)
    case .scalar("\u{1B}"): return Self.escape()
    case .scalar(let scalar): return .key(Self.key(scalar))
    }
  }

  /// After ESC: a lone one is the key; with more behind it, it is Alt or a sequence that nobody here knows, and ignored.
  private static func escape() -> TerminalEvent? {
    guard case .scalar(let second)? = next() else { return .key(.escape) }
    switch second {
    case "\u{1B}": return .key(.escape)
    case "[", "O": skip { (0x40...0x7E).contains($0.value) }
    case "]", "P", "_", "^", "X": skip { $0.value == 0x07 || $0.value == 0x5C || $0.value == 0x9C }
    default: break
    }
    return nil
  }

  private static func skip(until isLast: (Unicode.Scalar) -> Bool) {
    for _ in 0..<sequenceLimit {
      guard case .scalar(let scalar)? = next(), !isLast(scalar) else { return }
    }
  }

  private static func key(_ scalar: Unicode.Scalar) -> Key {
    switch scalar.value {
    case 9: .tab
    case 10, 13: .enter
    case 8, 127: .backspace
    case 0: .control(" ")
    case 1...26: .control(Character(Unicode.Scalar(UInt8(scalar.value) + 0x60)))
    case 28...31: .control(Character(Unicode.Scalar(UInt8(scalar.value) + 0x40)))
    default: .character(Character(scalar))
    }
  }

  private static func key(code: Int32) -> Key? {
    switch code {
    case KEY_UP: .up
    case KEY_DOWN: .down
    case KEY_LEFT: .left
    case KEY_RIGHT: .right
    case KEY_HOME: .home
    case KEY_END: .end
    case KEY_PPAGE: .pageUp
    case KEY_NPAGE: .pageDown
    case KEY_ENTER: .enter
    case KEY_BACKSPACE: .backspace
    case KEY_DC: .delete
    case KEY_BTAB: .backTab
    case nc_function_key(1)...nc_function_key(12): .function(Int(code - nc_function_key(0)))
    default: nil
    }
  }

  private mutating func mouseEvent() -> TerminalEvent? {
    var event = MEVENT()
    guard getmouse(&event) == OK else { return nil }
    let point = Point(x: Int(event.x), y: Int(event.y))
    if event.bstate & nc_wheel_up() != 0 { return .mouse(MouseEvent(.wheelUp, at: point)) }
    if event.bstate & nc_wheel_down() != 0 { return .mouse(MouseEvent(.wheelDown, at: point)) }
    guard event.bstate & nc_left_press() != 0 else { return nil }
    // ncurses would wait to tell a double press; here the first is acted on at once.
    let now = Self.milliseconds()
    let isDouble = lastPress.map { $0.point == point && now - $0.time < 400 } ?? false
    lastPress = isDouble ? nil : (point, now)
    return .mouse(MouseEvent(isDouble ? .doublePress : .press, at: point))
  }

  private static func milliseconds() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1000 + UInt64(time.tv_nsec) / 1_000_000
  }
}
