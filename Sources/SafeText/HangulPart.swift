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
