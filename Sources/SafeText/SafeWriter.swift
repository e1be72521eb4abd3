/// Builds text that is safe to draw, scalar by scalar, and keeps count of its columns.
struct SafeWriter {
  /// The most combining marks a character keeps; a cell of ncurses has room for four beside its base.
  static let markLimit = 4
  private static let tabStop = 8

  private(set) var text = ""
  /// The columns the text takes so far; a new span of the same line may begin at another than 0.
  private(set) var column: Int
  /// Keeps line feeds and tabs as they are.
  private let keepsLayout: Bool
  private var marks = 0
  private var excess = 0
  private var hasBase = false
  private var syllable = HangulPart.none

  /// A writer whose text begins in a column.
  init(column: Int = 0, keepsLayout: Bool = false) {
    self.column = column
    self.keepsLayout = keepsLayout
  }

  /// Adds one scalar as it may be shown.
  mutating func append(_ scalar: Unicode.Scalar) {
    switch ScalarKind(scalar) {
    case .narrow: appendBase(scalar, columns: 1)
    case .wide: appendBase(scalar, columns: 2)
    case .combining: appendMark(scalar)
    case .jamo: appendJamo(scalar)
    case .hidden: appendHidden(scalar)
    }
  }

  /// Adds a tab as blanks up to the next stop.
  mutating func appendTab() {
    let count = Self.tabStop - column % Self.tabStop
    appendSafe(String(repeating: " ", count: count))
  }

  /// Adds printable ASCII made here.
  mutating func appendSafe(_ ascii: String) {
    finishMarks()
    text += ascii
    column += ascii.utf8.count
    hasBase = false
    syllable = .none
  }

  /// Ends the text, and hands it out.
  mutating func finish() -> String {
    finishMarks()
    return text
  }

  private mutating func appendBase(_ scalar: Unicode.Scalar, columns: Int) {
    finishMarks()
    text.unicodeScalars.append(scalar)
    column += columns
    hasBase = true
    syllable = HangulPart(scalar)
  }

  private mutating func appendMark(_ scalar: Unicode.Scalar) {
    if !hasBase {
      appendBase("\u{25CC}", columns: 1)
    }
    syllable = .none
    marks += 1
    if marks > Self.markLimit {
      excess += 1
    } else {
      text.unicodeScalars.append(scalar)
    }
  }

  private mutating func appendJamo(_ scalar: Unicode.Scalar) {
    let part = HangulPart(scalar)
    guard syllable.takes(part) else { return appendVisible(scalar) }
    text.unicodeScalars.append(scalar)
    syllable = part
  }

  private mutating func appendHidden(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x0A where keepsLayout, 0x09 where keepsLayout:
      finishMarks()
      text.unicodeScalars.append(scalar)
      column = scalar == "\n" ? 0 : column + Self.tabStop - column % Self.tabStop
      hasBase = false
      syllable = .none
    case 0x0A: appendPicture("\u{23CE}")
    case 0..<0x20: appendPicture(Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}")
    case 0x7F: appendPicture("\u{2421}")
    default: appendVisible(scalar)
    }
  }

  private mutating func appendPicture(_ picture: Unicode.Scalar) {
    appendBase(picture, columns: 1)
    hasBase = false
  }

  private mutating func appendVisible(_ scalar: Unicode.Scalar) {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    appendSafe("<U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + ">")
  }

  /// Says how many combining marks were left out, and makes ready for a new character.
  private mutating func finishMarks() {
    if excess > 0 {
      let note = "<+\(excess) marks>"
      text += note
      column += note.utf8.count
    }
    marks = 0
    excess = 0
  }
}
