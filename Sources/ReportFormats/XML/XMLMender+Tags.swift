extension XMLMender {
  /// Reads the end tag at the start of `bytes`; 0 when it is not whole.
  func readEndTag(_ bytes: UnsafeRawBufferPointer) -> Int {
    guard let close = place(of: .endTag, in: bytes) else { return 0 }
    var end = 2
    while end < close, XMLBytes.isName(bytes[end]) { end += 1 }
    let name = localName(UnsafeRawBufferPointer(rebasing: bytes[2..<end]))
    guard let place = open.lastIndex(of: name) else {
      if events.isCollectingText {
        mends.note(.tagInText, line: line)
        events.text(UnsafeRawBufferPointer(rebasing: bytes[...close]))
      } else {
        mends.note(.strayEnd, line: line)
      }
      return close + 1
    }
    while open.count > place {
      if open.count - 1 > place { mends.note(.missingEnd, line: line) }
      endInnermost()
    }
    return close + 1
  }

  /// Reads the start tag at the start of `bytes`; 0 when it is not whole.
  func readStartTag(_ bytes: UnsafeRawBufferPointer, isLast: Bool) -> Int {
    var tag = XMLTagReader(bytes: bytes, isLast: isLast)
    guard tag.read() else { return 0 }
    let element = localName(UnsafeRawBufferPointer(rebasing: bytes[1..<tag.nameEnd]))
    if element.word == XMLVocabulary.unknown, events.isCollectingText {
      mends.note(.tagInText, line: line)
      events.text(UnsafeRawBufferPointer(rebasing: bytes[..<tag.end]))
      return tag.end
    }
    if tag.isCut { mends.lose(isLast && tag.end == bytes.count ? Self.cutTag : "a tag never ends", line: line) }
    if tag.hasUnquoted { mends.note(.unquotedAttribute, line: line) }
    withAttributes(of: tag, in: bytes) { begin(element, $0) }
    if tag.isEmptyElement { endInnermost() }
    return tag.end
  }

  /// Decodes a tag's attributes for the time of a call.
  private func withAttributes(
    of tag: XMLTagReader, in bytes: UnsafeRawBufferPointer, _ body: (UnsafeBufferPointer<XMLAttribute>) -> Void
  ) {
    var decoded: [UInt8] = []
    var values: [(word: UInt8, name: Range<Int>, value: Range<Int>, isDecoded: Bool)] = []
    for attribute in tag.attributes.prefix(XMLLimits.attributes) {
      let name = UnsafeRawBufferPointer(rebasing: bytes[attribute.name])
      let colon = XMLBytes.first(0x3A, in: name)
      let local = attribute.name.lowerBound + (colon.map { $0 + 1 } ?? 0)..<attribute.name.upperBound
      let word = vocabulary.number(of: UnsafeRawBufferPointer(rebasing: bytes[local]))
      if word != XMLVocabulary.unknown {
        if colon != nil { continue }
        if values.contains(where: { $0.word == word }) {
          mends.note(.repeatedAttribute, line: line)
          continue
        }
      }
      let raw = UnsafeRawBufferPointer(rebasing: bytes[attribute.value])
      if XMLText.isPlain(raw), !raw.contains(where: { $0 == 0x3C || $0 == 0x0A || $0 == 0x09 }) {
        values.append((word, local, attribute.value, false))
        continue
      }
      let start = decoded.count
      text.append(raw, isAttribute: true, to: &decoded, mends: &mends, line: line)
      values.append((word, local, start..<decoded.count, true))
    }
    decoded.withUnsafeBytes { decoded in
      let attributes = values.map { value in
        XMLAttribute(
          word: value.word, name: UnsafeRawBufferPointer(rebasing: bytes[value.name]),
          value: UnsafeRawBufferPointer(rebasing: value.isDecoded ? decoded[value.value] : bytes[value.value]))
      }
      attributes.withUnsafeBufferPointer(body)
    }
  }

  private func localName(_ name: UnsafeRawBufferPointer) -> XMLOpenElement {
    let start = XMLBytes.first(0x3A, in: name).map { $0 + 1 } ?? 0
    let local = UnsafeRawBufferPointer(rebasing: name[start...])
    let word = vocabulary.number(of: local)
    return XMLOpenElement(word: word, unknownName: word == XMLVocabulary.unknown ? Array(local) : [])
  }
}

/// Finds the parts of one start tag, however it is written.
struct XMLTagReader {
  let bytes: UnsafeRawBufferPointer
  let isLast: Bool
  private(set) var nameEnd = 1
  /// Names and raw values, as places in `bytes`.
  private(set) var attributes: [(name: Range<Int>, value: Range<Int>)] = []
  /// The length of the tag.
  private(set) var end = 0
  private(set) var isEmptyElement = false
  /// The tag broke off: at the end of the document or where the next one begins.
  private(set) var isCut = false
  private(set) var hasUnquoted = false

  /// Reads the tag; false when more bytes must come first.
  mutating func read() -> Bool {
    var index = skipName(1)
    nameEnd = index
    while index < bytes.count {
      switch bytes[index] {
      case 0x3E:
        end = index + 1
        isEmptyElement = bytes[index - 1] == 0x2F
        return true
      case 0x3C:
        end = index
        isCut = true
        return true
      case let byte where XMLBytes.isNameStart(byte):
        guard let next = readAttribute(index) else { return cut() }
        index = next
      default: index += 1
      }
    }
    return cut()
  }

  private mutating func cut() -> Bool {
    end = bytes.count
    isCut = true
    return isLast
  }

  /// Reads one attribute and returns the place behind it; nil when it is not whole.
  private mutating func readAttribute(_ start: Int) -> Int? {
    let nameEnd = skipName(start)
    var index = skipSpace(nameEnd)
    guard index < bytes.count else { return nil }
    guard bytes[index] == 0x3D else { return nameEnd }
    index = skipSpace(index + 1)
    guard index < bytes.count else { return nil }
    let quote = bytes[index]
    if quote == 0x22 || quote == 0x27 {
      guard let close = closingQuote(quote, after: index) else { return nil }
      attributes.append((start..<nameEnd, index + 1..<close))
      return close + 1
    }
    hasUnquoted = true
    var close = index
    while close < bytes.count, !XMLBytes.isSpace(bytes[close]), bytes[close] != 0x3E { close += 1 }
    guard close < bytes.count else { return nil }
    attributes.append((start..<nameEnd, index..<close))
    return close
  }

  /// The quote that ends a value: the first behind which the tag ends or another attribute begins.
  private func closingQuote(_ quote: UInt8, after start: Int) -> Int? {
    var index = start + 1
    while let found = XMLBytes.first(quote, in: UnsafeRawBufferPointer(rebasing: bytes[index...])) {
      index += found
      if endsValue(index) { return index }
      index += 1
    }
    return nil
  }

  private func endsValue(_ quote: Int) -> Bool {
    let after = skipSpace(quote + 1)
    guard after < bytes.count else { return isLast }
    if bytes[after] == 0x3E { return true }
    if bytes[after] == 0x2F || bytes[after] == 0x3F { return after + 1 < bytes.count && bytes[after + 1] == 0x3E }
    guard after > quote + 1, XMLBytes.isNameStart(bytes[after]) else { return false }
    let equals = skipSpace(skipName(after))
    guard equals < bytes.count else { return isLast }
    guard bytes[equals] == 0x3D else { return false }
    let value = skipSpace(equals + 1)
    return value < bytes.count && (bytes[value] == 0x22 || bytes[value] == 0x27)
  }

  private func skipName(_ start: Int) -> Int {
    var index = start
    while index < bytes.count, XMLBytes.isName(bytes[index]) { index += 1 }
    return index
  }

  private func skipSpace(_ start: Int) -> Int {
    var index = start
    while index < bytes.count, XMLBytes.isSpace(bytes[index]) { index += 1 }
    return index
  }
}
