internal import SafeText
internal import TriageModel

/// Texts as they are kept: a message and a stack have no colours, so that a coloured one and a plain one are one; what
/// a test printed keeps them as the terminal would see them.
extension TestTableBuilder {
  /// Keeps a text without its colour codes.
  mutating func plainText(_ bytes: UnsafeRawBufferPointer) -> TextRef {
    guard let plain = ColourCodes.dropped(from: bytes) else { return text(bytes) }
    return plain.withUnsafeBytes { text($0) }
  }

  /// Keeps a text without its colour codes.
  mutating func plainText(_ string: String) -> TextRef {
    var string = string
    return string.withUTF8 { plainText(UnsafeRawBufferPointer($0)) }
  }

  /// Keeps what a test printed, with its colour codes behind ESC.
  mutating func outputText(_ bytes: UnsafeRawBufferPointer) -> TextRef {
    guard let coloured = ColourCodes.restored(in: bytes) else { return text(bytes) }
    return coloured.withUnsafeBytes { text($0) }
  }

  /// Keeps what a test printed, with its colour codes behind ESC.
  mutating func outputText(_ string: String) -> TextRef {
    var string = string
    return string.withUTF8 { outputText(UnsafeRawBufferPointer($0)) }
  }
}
