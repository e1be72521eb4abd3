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
