/// One JSON value laid out flat: its nodes in the order they are written, all text in one piece of memory that is used again
/// for the next value. For streams of a million objects, of which each is looked into and none is kept.
package final class JSONTape {
  fileprivate struct Node {
    let kind: JSONNode.Kind
    let key: Range<Int>
    let value: Range<Int>
    /// The index behind the node and all that is in it.
    var end: Int
  }

  /// The most nodes that one value may have.
  package static let mostNodes = 4_000_000

  fileprivate var nodes: [Node] = []
  fileprivate var bytes: [UInt8] = []
  /// The objects and arrays around the place, and the key before it.
  private var open: [Int] = []
  private var key = 0..<0
  /// Whether the value broke off: what was read of it stays.
  package private(set) var isCut = false

  /// A tape with nothing on it.
  package init() {}

  /// The value; absent when nothing of it was read.
  package var root: JSONNode { JSONNode(tape: self, index: nodes.isEmpty ? -1 : 0) }

  /// Reads the value that begins with `first`, or the one that comes next.
  ///
  /// On an error what was read of it stays, its open objects and arrays ended there.
  package func read(
    _ tokenizer: inout JSONTokenizer, from first: JSONTokenizer.Token? = nil
  ) throws(JSONError) {
    nodes.removeAll(keepingCapacity: nodes.count < 1 << 16)
    bytes.removeAll(keepingCapacity: bytes.count < 1 << 20)
    isCut = false
    open.removeAll(keepingCapacity: true)
    key = 0..<0
    do throws(JSONError) {
      if let first { append(first, tokenizer) }
      while !open.isEmpty || nodes.isEmpty, let token = try tokenizer.next() {
        append(token, tokenizer)
        if nodes.count > Self.mostNodes {
          throw JSONError(
            cause: .limit("values in one", Self.mostNodes), line: tokenizer.line, offset: tokenizer.offset)
        }
      }
    } catch {
      isCut = true
      for index in open { nodes[index].end = nodes.count }
      throw error
    }
  }

  private func append(_ token: JSONTokenizer.Token, _ tokenizer: borrowing JSONTokenizer) {
    switch token {
    case .key:
      key = appendText(tokenizer)
      return
    case .endObject, .endArray:
      if let last = open.popLast() { nodes[last].end = nodes.count }
      return
    case .beginObject, .beginArray:
      open.append(nodes.count)
      append(token == .beginObject ? .object : .array, 0..<0)
    case .string: append(.string, appendText(tokenizer))
    case .number: append(.number, appendText(tokenizer))
    case .true, .false: append(token == .true ? .true : .false, 0..<0)
    case .null: append(.null, 0..<0)
    }
  }

  private func append(_ kind: JSONNode.Kind, _ value: Range<Int>) {
    nodes.append(Node(kind: kind, key: key, value: value, end: nodes.count + 1))
    key = 0..<0
  }

  private func appendText(_ tokenizer: borrowing JSONTokenizer) -> Range<Int> {
    let start = bytes.count
    tokenizer.appendText(to: &bytes)
    return start..<bytes.count
  }
}

/// A place on a tape: a value, or the absence of one, so that a chain of keys needs no unwrapping.
package struct JSONNode: Sequence {
  /// What a value is.
  package enum Kind: Equatable, Sendable {
    case absent, object, array, string, number, `true`, `false`, null
  }

  fileprivate let tape: JSONTape
  fileprivate let index: Int

  /// What it is.
  package var kind: Kind { index < 0 ? .absent : tape.nodes[index].kind }

  /// Whether something is there that is not null.
  package var exists: Bool { kind != .absent && kind != .null }

  /// The text of a string, or a number as it is written; empty for all others.
  package var bytes: ArraySlice<UInt8> { index < 0 ? [] : tape.bytes[tape.nodes[index].value] }

  /// The key that the value stands under; empty in an array.
  package var key: ArraySlice<UInt8> { index < 0 ? [] : tape.bytes[tape.nodes[index].key] }

  /// A string's text; nil for all others.
  package var string: String? { kind == .string ? String(decoding: bytes, as: UTF8.self) : nil }

  /// A number; nil for all others.
  package var double: Double? { kind == .number ? Double(String(decoding: bytes, as: UTF8.self)) : nil }

  /// A whole number; nil for all others and for what does not fit.
  package var int: Int? { double.flatMap { Int(exactly: $0) } }

  /// Whether it is `true`.
  package var isTrue: Bool { kind == .true }

  /// Whether it is a string with this text.
  package func says(_ text: StaticString) -> Bool { kind == .string && JSONNode.equal(bytes, text) }

  /// The value under a key, of several the last; absent when there is none.
  package subscript(key: StaticString) -> JSONNode {
    var found = -1
    if kind == .object { for child in self where JSONNode.equal(child.key, key) { found = child.index } }
    return JSONNode(tape: tape, index: found)
  }

  /// The values of an array or an object, in their order; none for all others.
  package func makeIterator() -> Iterator {
    index < 0
      ? Iterator(tape: tape, position: 0, end: 0)
      : Iterator(tape: tape, position: index + 1, end: tape.nodes[index].end)
  }

  /// Goes through the values of an array or an object.
  package struct Iterator: IteratorProtocol {
    fileprivate let tape: JSONTape
    fileprivate var position: Int
    fileprivate let end: Int

    /// The next value; nil behind the last.
    package mutating func next() -> JSONNode? {
      guard position < end else { return nil }
      let node = JSONNode(tape: tape, index: position)
      position = tape.nodes[position].end
      return node
    }
  }

  private static func equal(_ bytes: ArraySlice<UInt8>, _ text: StaticString) -> Bool {
    bytes.count == text.utf8CodeUnitCount
      && bytes.elementsEqual(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }
}
