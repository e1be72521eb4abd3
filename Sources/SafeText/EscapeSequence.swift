/// One complete control sequence at the start of some bytes (ECMA-48).
struct EscapeSequence {
  enum Kind {
    /// SGR: its numbers.
    case graphics([Int])
    /// A sequence without text: moving, erasing, modes, hyperlinks.
    case ignored
    /// A string sequence with content (title, clipboard, device control).
    case string
  }

  /// The longest sequence that is looked for; longer ones are shown as text.
  private static let lengthLimit = 4096

  var kind: Kind
  /// Past its last byte.
  var end: Int

  /// Reads the sequence that begins with ESC at the start; nil when it does not end.
  init?(_ bytes: ArraySlice<UInt8>) {
    let bytes = bytes.prefix(Self.lengthLimit)
    let second = bytes.startIndex + 1
    guard second < bytes.endIndex else { return nil }
    switch bytes[second] {
    case 0x5B:
      self.init(control: bytes[(second + 1)...])
    case 0x5D, 0x50, 0x58, 0x5E, 0x5F:
      self.init(string: bytes[(second + 1)...], isCommand: bytes[second] == 0x5D)
    case 0x20...0x2F:
      guard let final = bytes[second...].firstIndex(where: { $0 >= 0x30 }), bytes[final] < 0x7F else { return nil }
      self.init(kind: .ignored, end: final + 1)
    case 0x30...0x7E:
      self.init(kind: .ignored, end: second + 1)
    default:
      return nil
    }
  }

  private init(kind: Kind, end: Int) {
    self.kind = kind
    self.end = end
  }

  /// The rest of a CSI sequence.
  private init?(control bytes: ArraySlice<UInt8>) {
    guard let final = bytes.firstIndex(where: { $0 < 0x20 || $0 >= 0x40 }), bytes[final] >= 0x40, bytes[final] < 0x7F
    else { return nil }
    let parameters = bytes[..<final]
    let isGraphics =
      bytes[final] == 0x6D && parameters.allSatisfy { ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x3B || $0 == 0x3A }
    self.init(kind: isGraphics ? .graphics(Self.numbers(parameters)) : .ignored, end: final + 1)
  }

  /// The rest of a string sequence, which BEL or ESC `\` ends.
  private init?(string bytes: ArraySlice<UInt8>, isCommand: Bool) {
    guard let end = bytes.firstIndex(where: { $0 == 0x07 || $0 == 0x1B }) else { return nil }
    let isHyperlink = isCommand && bytes.starts(with: [0x38, 0x3B])
    let kind: Kind = isHyperlink ? .ignored : .string
    if bytes[end] == 0x07 {
      self.init(kind: kind, end: end + 1)
    } else if end + 1 < bytes.endIndex, bytes[end + 1] == 0x5C {
      self.init(kind: kind, end: end + 2)
    } else {
      return nil
    }
  }

  private static func numbers(_ bytes: ArraySlice<UInt8>) -> [Int] {
    bytes.split(omittingEmptySubsequences: false) { $0 == 0x3B || $0 == 0x3A }.map { digits in
      digits.prefix(4).reduce(0) { $0 * 10 + Int($1 & 0x0F) }
    }
  }
}
