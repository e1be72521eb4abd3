/// How many columns text takes on a terminal.
///
/// The widths are those ncurses, libc and terminals agree on, scalar by scalar; `Sanitizer` turns the sequences they
/// disagree on (joined emoji, skin tones, keycaps, flags) into visible marks first.
package enum DisplayWidth {
  /// The columns of one character as assay draws it: the sum of its scalars, at least 1.
  ///
  /// A character of more than one spacing scalar (Devanagari clusters) can take more than two columns;
  /// `pieces(of:)` cuts it into cells.
  package static func of(_ character: Character) -> Int {
    let scalars = character.unicodeScalars
    var iterator = scalars.makeIterator()
    guard let first = iterator.next() else { return 1 }
    var width = ScalarKind(first) == .wide ? 2 : 1
    while let scalar = iterator.next() {
      switch ScalarKind(scalar) {
      case .narrow: width += 1
      case .wide: width += 2
      case .combining, .jamo, .hidden: break
      }
    }
    return width
  }

  /// The columns of a text.
  package static func of(_ text: some StringProtocol) -> Int {
    let ascii = text.utf8.withContiguousStorageIfAvailable { bytes in
      bytes.allSatisfy { $0 >= 0x20 && $0 < 0x7F } ? bytes.count : nil
    }
    if let ascii, let count = ascii { return count }
    return text.reduce(0) { $0 + of($1) }
  }

  /// A character as the one- and two-column pieces that cells hold, each with its columns.
  package static func pieces(of character: Character) -> [(character: Character, width: Int)] {
    let width = of(character)
    if width <= 2 { return [(character, width)] }
    var pieces: [(character: Character, width: Int)] = []
    var piece = ""
    for scalar in character.unicodeScalars {
      let kind = ScalarKind(scalar)
      if !piece.isEmpty, kind == .narrow || kind == .wide {
        pieces.append(joined(piece))
        piece = ""
      }
      piece.unicodeScalars.append(scalar)
    }
    if !piece.isEmpty { pieces.append(joined(piece)) }
    return pieces
  }

  /// A piece with one spacing scalar at its start.
  private static func joined(_ piece: String) -> (character: Character, width: Int) {
    let character = piece.count == 1 ? Character(piece) : piece.first ?? " "
    return (character, min(2, of(character)))
  }
}

/// Which part of a Hangul syllable a scalar is; only some parts join the one before (Unicode Annex 29, rules 6 to 8).
enum HangulPart {
  case none
  case initial
  /// A vowel, or a syllable that ends in one.
  case vowel
  /// A final consonant, or a syllable that ends in one.
  case final

  /// The part that a scalar ends with.
  init(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x1100...0x115F, 0xA960...0xA97C: self = .initial
    case 0x1160...0x11A7, 0xD7B0...0xD7C6: self = .vowel
    case 0x11A8...0x11FF, 0xD7CB...0xD7FB: self = .final
    case 0xAC00...0xD7A3: self = (scalar.value - 0xAC00) % 28 == 0 ? .vowel : .final
    default: self = .none
    }
  }

  /// Whether a vowel or final joins this part, and takes no column of its own.
  func takes(_ next: HangulPart) -> Bool {
    switch next {
    case .vowel: self == .initial || self == .vowel
    case .final: self == .vowel || self == .final
    case .none, .initial: false
    }
  }
}

extension String {
  /// The text with blanks behind it, up to a width.
  package func filled(to columns: Int) -> String { self + blanks(to: columns) }

  /// The text with blanks before it, up to a width.
  package func filledBefore(to columns: Int) -> String { blanks(to: columns) + self }

  private func blanks(to columns: Int) -> String {
    String(repeating: " ", count: max(0, columns - DisplayWidth.of(self)))
  }
}
