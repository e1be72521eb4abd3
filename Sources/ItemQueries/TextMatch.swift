internal import SafeText

/// A text that a term of a filter looks for.
enum TextMatch: Sendable {
  /// A word or a phrase, whatever its case.
  case word(String, ByteSearch)
  /// Letters in this order.
  case letters(FuzzyMatch)
  case pattern(Pattern)

  /// Calls `body` with what finds it in bytes, made ready once for many of them.
  func find(_ body: ((UnsafeRawBufferPointer) -> Bool) -> Void) {
    switch self {
    case .word(_, let search): body(search.matches(_:))
    case .letters(let letters): body { letters.score($0) != nil }
    case .pattern(let pattern):
      let matcher = pattern.matcher()
      body { matcher.firstMatch(in: $0) != nil }
    }
  }

  /// The word or phrase; nil for letters and patterns.
  var word: String? { if case .word(let word, _) = self { word } else { nil } }

  /// Whether it can lie across the `::` between a suite and a name.
  var mayCrossColons: Bool { word?.utf8.contains(0x3A) ?? true }
}

extension String {
  /// Whether its bytes satisfy a search.
  func has(_ isFound: (UnsafeRawBufferPointer) -> Bool) -> Bool {
    var text = self
    return text.withUTF8 { isFound(UnsafeRawBufferPointer($0)) }
  }
}
