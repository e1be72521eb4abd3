internal import TriageModel

/// Reads the XML that libxml2 refuses, as a person would: what can be understood is told, the rest is noted.
///
/// It knows no DTD and no entities but XML's five; several roots, log lines around and between them, raw `<` and
/// `&`, control characters, wrong encodings and missing end tags lose nothing. Elements still open at the end
/// stay open: whoever follows the events knows what that means.
final class XMLMender {
  /// The longest tag, comment or instruction, in bytes: reading ends at a longer tag, the others are taken for text.
  static let longestTag = 1 << 26

  let events: any XMLEvents
  let vocabulary: XMLVocabulary
  private var decoder = XMLDecoder()
  private var buffer: [UInt8] = []
  private var position = 0
  /// The bytes that must be there before an unfinished tag is tried again.
  private var awaited = 0
  /// Ends of markup that do not stand in what is left of the buffer: looking again at every `<` would never finish.
  private var missingEnds: Set<MarkupEnd> = []
  private var isInCDATA = false
  private var rootCount = 0
  /// Whether there was any element.
  var hasRoot: Bool { rootCount > 0 }
  var open: [XMLOpenElement] = []
  var scratch: [UInt8] = []
  var text = XMLText()
  var line = 1
  var mends = XMLMends()
  /// Set when a limit was met: nothing more is read.
  private(set) var isStopped = false

  /// A reader that tells `events`, with names numbered by `vocabulary`.
  init(vocabulary: XMLVocabulary, events: any XMLEvents) {
    self.vocabulary = vocabulary
    self.events = events
  }

  /// Reads some more of the document.
  func push(_ bytes: UnsafeRawBufferPointer) {
    if isStopped { return }
    buffer.removeFirst(position)
    position = 0
    decode(bytes, isLast: false)
    if buffer.count >= awaited { scan(isLast: false) }
  }

  private func decode(_ bytes: UnsafeRawBufferPointer, isLast: Bool) {
    decoder.append(bytes, isLast: isLast, to: &buffer)
    text.highBytes = decoder.highBytes
  }

  /// Ends the document.
  func finish() {
    if isStopped { return }
    decode(UnsafeRawBufferPointer(start: nil, count: 0), isLast: true)
    scan(isLast: true)
    if isInCDATA || !open.isEmpty, mends.losses.last?.cause != Self.cutTag {
      let name = open.last.map { String(decoding: $0.name(vocabulary), as: UTF8.self) } ?? "CDATA"
      mends.lose("the report ends inside <\(name)>", line: line)
    }
  }

  static let cutTag = "the report ends inside a tag"

  private func scan(isLast: Bool) {
    awaited = 0
    missingEnds = []
    buffer.withUnsafeBytes { bytes in
      while position < bytes.count, !isStopped {
        let length = step(UnsafeRawBufferPointer(rebasing: bytes[position...]), isLast: isLast)
        if length == 0 { break }
        position += length
      }
    }
  }

  /// Reads one piece at the start of `bytes` and returns its length; 0 when more bytes must come first.
  private func step(_ bytes: UnsafeRawBufferPointer, isLast: Bool) -> Int {
    let length: Int
    if isInCDATA {
      length = readCDATA(bytes, isLast: isLast)
    } else if bytes[0] == 0x3C {
      length = readMarkup(bytes, isLast: isLast)
      if length == 0 { return waitForMore(bytes, isLast: isLast) }
    } else {
      length = readText(bytes, isLast: isLast)
    }
    line += XMLBytes.lineCount(bytes[..<length])
    return length
  }

  /// An unfinished piece of markup: waits for twice as much, or gives up and takes its `<` for text.
  private func waitForMore(_ bytes: UnsafeRawBufferPointer, isLast: Bool) -> Int {
    if !isLast, bytes.count < Self.longestTag {
      awaited = bytes.count * 2
      return 0
    }
    if !isLast, XMLBytes.isNameStart(bytes[1]) {
      mends.lose("a tag is longer than \(Self.longestTag) bytes", line: line)
      isStopped = true
    }
    return literalAngle()
  }

  // MARK: - Text

  private func readText(_ bytes: UnsafeRawBufferPointer, isLast: Bool) -> Int {
    var end = XMLBytes.first(0x3C, in: bytes) ?? bytes.count
    if end == bytes.count, !isLast {
      end -= XMLBytes.unfinishedTextLength(bytes)
    }
    if end > 0 { tell(UnsafeRawBufferPointer(rebasing: bytes[..<end])) }
    return end
  }

  private func tell(_ bytes: UnsafeRawBufferPointer) {
    if open.isEmpty {
      if bytes.contains(where: { $0 > 0x20 }) { mends.note(.outsideText, line: line) }
      return
    }
    guard events.isCollectingText else { return }
    if XMLText.isPlain(bytes) {
      events.text(bytes)
    } else {
      scratch.removeAll(keepingCapacity: true)
      text.append(bytes, isAttribute: false, to: &scratch, mends: &mends, line: line)
      scratch.withUnsafeBytes { events.text($0) }
    }
  }

  /// Takes the `<` at the place for text.
  func literalAngle() -> Int {
    mends.note(.rawAngle, line: line)
    if events.isCollectingText { [UInt8(0x3C)].withUnsafeBytes { events.text($0) } }
    return 1
  }

  private func readCDATA(_ bytes: UnsafeRawBufferPointer, isLast: Bool) -> Int {
    if let end = XMLBytes.range(of: "]]>", in: bytes) {
      tellCDATA(UnsafeRawBufferPointer(rebasing: bytes[..<end]))
      isInCDATA = false
      return end + 3
    }
    var length = bytes.count
    if !isLast {
      length = max(0, length - 2)
      length -= UTF8Shape.danglingLength(UnsafeRawBufferPointer(rebasing: bytes[..<length]))
      if length > 0, bytes[length - 1] == 0x0D { length -= 1 }
    }
    tellCDATA(UnsafeRawBufferPointer(rebasing: bytes[..<length]))
    return length
  }

  private func tellCDATA(_ bytes: UnsafeRawBufferPointer) {
    guard events.isCollectingText, bytes.count > 0 else { return }
    if XMLText.isPlain(bytes) {
      events.text(bytes)
      return
    }
    scratch.removeAll(keepingCapacity: true)
    var rest = bytes
    while let ampersand = XMLBytes.first(0x26, in: rest) {
      text.append(
        UnsafeRawBufferPointer(rebasing: rest[..<ampersand]), isAttribute: false, to: &scratch, mends: &mends,
        line: line)
      scratch.append(0x26)
      rest = UnsafeRawBufferPointer(rebasing: rest[(ampersand + 1)...])
    }
    text.append(rest, isAttribute: false, to: &scratch, mends: &mends, line: line)
    scratch.withUnsafeBytes { events.text($0) }
  }

  // MARK: - Markup

  /// Reads the markup that begins with the `<` at the start; 0 when it is not whole.
  private func readMarkup(_ bytes: UnsafeRawBufferPointer, isLast: Bool) -> Int {
    guard bytes.count > 1 else { return 0 }
    switch bytes[1] {
    case 0x21: return readDeclaration(bytes, isLast: isLast)
    case 0x3F: return readInstruction(bytes)
    case 0x2F: return readEndTag(bytes)
    case let byte where XMLBytes.isNameStart(byte): return readStartTag(bytes, isLast: isLast)
    default: return literalAngle()
    }
  }

  private func readInstruction(_ bytes: UnsafeRawBufferPointer) -> Int {
    guard let end = place(of: .instruction, in: bytes) else { return 0 }
    if rootCount > 0, XMLBytes.starts(bytes, with: "<?xml") { mends.note(.lateDeclaration, line: line) }
    return end + 2
  }

  private func readDeclaration(_ bytes: UnsafeRawBufferPointer, isLast: Bool) -> Int {
    if XMLBytes.starts(bytes, with: "<!--") {
      if let end = place(of: .comment, in: bytes) { return end + 3 }
      if isLast { mends.lose("a comment never ends", line: line) }
      return isLast ? 4 : 0
    }
    if XMLBytes.starts(bytes, with: "<![CDATA[") {
      isInCDATA = true
      return 9
    }
    if bytes.count < 9, !isLast { return 0 }
    guard !missingEnds.contains(.doctype) else { return 0 }
    let length = XMLBytes.doctypeLength(bytes)
    if length == 0 { missingEnds.insert(.doctype) }
    return length
  }

  /// Where the markup at the start of `bytes` ends; nil when its end is not there.
  func place(of end: MarkupEnd, in bytes: UnsafeRawBufferPointer) -> Int? {
    guard !missingEnds.contains(end) else { return nil }
    let place = XMLBytes.range(of: end.text, in: bytes)
    if place == nil { missingEnds.insert(end) }
    return place
  }

  // MARK: - Elements

  func begin(_ element: XMLOpenElement, _ attributes: UnsafeBufferPointer<XMLAttribute>) {
    if open.isEmpty {
      rootCount += 1
      if rootCount == 2 { mends.note(.severalRoots, line: line) }
    }
    if open.count >= XMLLimits.depth {
      mends.lose("elements lie more than \(XMLLimits.depth) deep", line: line)
      isStopped = true
      return
    }
    open.append(element)
    events.start(element.word, attributes)
  }

  /// Ends the innermost open element.
  func endInnermost() {
    if let element = open.popLast() { events.end(element.word) }
  }
}

/// What ends a kind of markup.
enum MarkupEnd {
  case comment, instruction, endTag, doctype

  var text: StaticString {
    switch self {
    case .comment: "-->"
    case .instruction: "?>"
    case .endTag, .doctype: ">"
    }
  }
}

/// An element that has begun and not ended.
struct XMLOpenElement: Equatable {
  let word: UInt8
  /// The local name of an element the vocabulary does not have.
  let unknownName: [UInt8]

  /// The local name.
  func name(_ vocabulary: XMLVocabulary) -> [UInt8] {
    word == XMLVocabulary.unknown ? unknownName : vocabulary.words[Int(word)]
  }
}

/// What a document needed so that it could be read: losses are damages, the rest is told once a kind.
struct XMLMends: Equatable {
  /// A repair that lost nothing.
  enum Kind: CaseIterable {
    case controlCharacter, invalidBytes, bareAmpersand, unknownEntity, rawAngle, tagInText, repeatedAttribute
    case unquotedAttribute, missingEnd, strayEnd, outsideText, severalRoots, lateDeclaration, misplacedCDATAEnd

    var words: String {
      switch self {
      case .controlCharacter: "control characters kept"
      case .invalidBytes: "bytes that are not UTF-8 read as Windows-1252"
      case .bareAmpersand: "bare & kept"
      case .unknownEntity: "undeclared entities kept as written"
      case .rawAngle: "raw < kept"
      case .tagInText: "unknown tags in text kept as text"
      case .repeatedAttribute: "repeated attributes: the first of each is kept"
      case .unquotedAttribute: "attribute values without quotes"
      case .missingEnd: "missing end tags"
      case .strayEnd: "end tags without a start"
      case .outsideText: "text outside of the report left out"
      case .severalRoots: "several reports in one file"
      case .lateDeclaration: "XML declarations that are not at the start"
      case .misplacedCDATAEnd: "]]> outside of a CDATA section kept"
      }
    }
  }

  private var firstLines: [Kind: Int] = [:]
  private var counts: [Kind: Int] = [:]
  /// What was lost: line and cause.
  private(set) var losses: [(line: Int, cause: String)] = []

  /// Notes a repair that lost nothing.
  mutating func note(_ kind: Kind, line: Int) {
    counts[kind, default: 0] += 1
    if firstLines[kind] == nil { firstLines[kind] = line }
  }

  /// Notes a loss; the first hundred are kept.
  mutating func lose(_ cause: String, line: Int) {
    if losses.count < 100 { losses.append((line, cause)) }
  }

  /// Whether anything was repaired or lost.
  var isEmpty: Bool { counts.isEmpty && losses.isEmpty }

  /// A sentence a kind of repair: `mended: control characters kept (3, first at line 2)`.
  var warnings: [String] {
    Kind.allCases.compactMap { kind in
      guard let count = counts[kind], let line = firstLines[kind] else { return nil }
      return "mended: \(kind.words) (\(count), first at line \(line))"
    }
  }

  static func == (left: XMLMends, right: XMLMends) -> Bool {
    left.counts == right.counts && left.firstLines == right.firstLines
      && left.losses.elementsEqual(right.losses) { $0 == $1 }
  }
}
