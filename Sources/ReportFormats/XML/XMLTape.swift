/// One element laid out flat with what is in it, in memory that is used again for the next one.
final class XMLTape {
  fileprivate struct Node {
    /// The element's name in the vocabulary; `XMLTape.text` for a piece of text.
    let word: UInt8
    let attributes: Range<Int>
    let text: Range<Int>
    /// The index behind the node and all that is in it.
    var end: Int
  }

  fileprivate static let text: UInt8 = 254
  fileprivate let vocabulary: XMLVocabulary
  fileprivate var nodes: [Node] = []
  fileprivate var attributes: [(word: UInt8, value: Range<Int>)] = []
  fileprivate var bytes: [UInt8] = []
  private var open: [Int] = []
  /// Whether the document broke off inside of the element.
  fileprivate(set) var isCut = false

  init(_ vocabulary: XMLVocabulary) {
    self.vocabulary = vocabulary
  }

  /// The element.
  var root: XMLNode { XMLNode(tape: self, index: nodes.isEmpty ? -1 : 0) }

  /// How many elements are open.
  var depth: Int { open.count }

  /// Forgets everything.
  func clear() {
    nodes.removeAll(keepingCapacity: nodes.count < 1 << 16)
    attributes.removeAll(keepingCapacity: attributes.count < 1 << 16)
    bytes.removeAll(keepingCapacity: bytes.count < 1 << 20)
    open.removeAll()
    isCut = false
  }

  /// Begins an element.
  func start(_ word: UInt8, _ found: UnsafeBufferPointer<XMLAttribute>) {
    let first = attributes.count
    for attribute in found where attribute.word != XMLVocabulary.unknown {
      attributes.append((attribute.word, append(attribute.value)))
    }
    open.append(nodes.count)
    append(word, first..<attributes.count, 0..<0)
  }

  /// Adds text to the element that is open.
  func text(_ bytes: UnsafeRawBufferPointer) {
    if let last = nodes.last, last.word == Self.text, last.end == nodes.count, last.text.upperBound == self.bytes.count
    {
      let range = append(bytes)
      nodes[nodes.count - 1] = Node(
        word: Self.text, attributes: 0..<0, text: last.text.lowerBound..<range.upperBound, end: nodes.count)
    } else {
      append(Self.text, 0..<0, append(bytes))
    }
  }

  /// Ends the element that is open.
  func end() {
    if let last = open.popLast() { nodes[last].end = nodes.count }
  }

  /// Ends all that is open, where the document broke off.
  func cut() {
    isCut = true
    while !open.isEmpty { end() }
  }

  private func append(_ word: UInt8, _ attributes: Range<Int>, _ text: Range<Int>) {
    nodes.append(Node(word: word, attributes: attributes, text: text, end: nodes.count + 1))
  }

  private func append(_ text: UnsafeRawBufferPointer) -> Range<Int> {
    let start = bytes.count
    bytes.append(contentsOf: text)
    return start..<bytes.count
  }
}

/// A place on a tape: an element, or the absence of one, so that a chain of names needs no unwrapping.
struct XMLNode: Sequence {
  fileprivate let tape: XMLTape
  fileprivate let index: Int

  /// Whether there is one.
  var exists: Bool { index >= 0 }

  /// Whether the document broke off inside of the unit.
  var isCut: Bool { tape.isCut }

  /// The number of the name in the vocabulary.
  fileprivate var word: UInt8 { index < 0 ? XMLVocabulary.unknown : tape.nodes[index].word }

  /// Whether the element is called so.
  func isCalled(_ name: StaticString) -> Bool { word == number(of: name) && word != XMLVocabulary.unknown }

  /// An attribute's value; empty when there is none.
  subscript(name: StaticString) -> ArraySlice<UInt8> {
    guard index >= 0 else { return [] }
    let wanted = number(of: name)
    for attribute in tape.attributes[tape.nodes[index].attributes] where attribute.word == wanted {
      return tape.bytes[attribute.value]
    }
    return []
  }

  /// An attribute as a number.
  func number(_ name: StaticString) -> Int? { Int(String(decoding: self[name], as: UTF8.self)) }

  /// The first child called so; absent when there is none.
  func child(_ name: StaticString) -> XMLNode {
    first { $0.isCalled(name) } ?? XMLNode(tape: tape, index: -1)
  }

  /// The text directly in the element, without blank lines around it.
  var text: ArraySlice<UInt8> {
    guard index >= 0 else { return [] }
    var pieces: [Range<Int>] = []
    var next = index + 1
    while next < tape.nodes[index].end {
      if tape.nodes[next].word == XMLTape.text { pieces.append(tape.nodes[next].text) }
      next = tape.nodes[next].end
    }
    guard let first = pieces.first else { return [] }
    return Self.trimmed(pieces.count == 1 ? tape.bytes[first] : pieces.flatMap { tape.bytes[$0] }[...])
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var start = bytes.startIndex
    var index = start
    while index < bytes.endIndex, XMLBytes.isSpace(bytes[index]) {
      index += 1
      if bytes[index - 1] == 0x0A { start = index }
    }
    var end = bytes.endIndex
    while end > start, XMLBytes.isSpace(bytes[end - 1]) { end -= 1 }
    return bytes[start..<end]
  }

  private func number(of name: StaticString) -> UInt8 {
    tape.vocabulary.number(of: UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
  }

  /// The elements in it, in their order.
  func makeIterator() -> Iterator {
    index < 0
      ? Iterator(tape: tape, position: 0, end: 0)
      : Iterator(tape: tape, position: index + 1, end: tape.nodes[index].end)
  }

  /// Goes through the elements in an element.
  struct Iterator: IteratorProtocol {
    fileprivate let tape: XMLTape
    fileprivate var position: Int
    fileprivate let end: Int

    mutating func next() -> XMLNode? {
      while position < end {
        let node = XMLNode(tape: tape, index: position)
        position = tape.nodes[position].end
        if node.word != XMLTape.text { return node }
      }
      return nil
    }
  }
}
