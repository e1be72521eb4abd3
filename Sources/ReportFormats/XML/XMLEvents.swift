/// Follows an XML document as a reader meets it. Pointers are valid only during the call.
protocol XMLEvents: AnyObject {
  /// Whether text at this place is kept: a mending reader then takes unknown tags for text.
  var isCollectingText: Bool { get }

  /// An element begins; `word` is its local name in the format's vocabulary.
  func start(_ word: UInt8, _ attributes: UnsafeBufferPointer<XMLAttribute>)

  /// Some of the text at this place; long text comes in pieces.
  func text(_ bytes: UnsafeRawBufferPointer)

  /// The element that began last and has not ended, ends.
  func end(_ word: UInt8)
}

/// An attribute, its value decoded.
struct XMLAttribute {
  /// The name in the format's vocabulary.
  let word: UInt8
  /// The local name of an attribute the vocabulary does not have.
  let name: UnsafeRawBufferPointer
  let value: UnsafeRawBufferPointer
}

/// The element and attribute names a format knows, numbered, so that hot paths compare numbers.
struct XMLVocabulary: Sendable {
  /// The number of every name the format does not know.
  static let unknown = UInt8.max

  /// The names, by number.
  let words: [[UInt8]]
  private let byLength: [[UInt8]]

  /// A vocabulary of at most 255 different names.
  init(_ words: [String]) {
    self.words = words.map { Array($0.utf8) }
    var byLength: [[UInt8]] = Array(repeating: [], count: 64)
    for (number, word) in self.words.enumerated() {
      byLength[word.count & 63].append(UInt8(truncatingIfNeeded: number))
    }
    self.byLength = byLength
  }

  /// The number of a name.
  func number(of name: UnsafeRawBufferPointer) -> UInt8 {
    for candidate in byLength[name.count & 63] where words[Int(candidate)].elementsEqual(name) { return candidate }
    return Self.unknown
  }
}

/// Limits on every XML document, whichever reader reads it.
enum XMLLimits {
  /// Elements inside one another.
  static let depth = 2000
  /// Attributes of one element; further ones are left out.
  static let attributes = 1000
}
