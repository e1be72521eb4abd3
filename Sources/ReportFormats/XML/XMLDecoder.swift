internal import CLibXML2

/// Makes UTF-8 of a broken document's bytes, as far as that can be done before its markup is known.
struct XMLDecoder {
  private enum Form { case unknown, ascii, utf16(isBig: Bool), library(XMLLibraryEncoding) }

  private var form = Form.unknown
  /// Where a declaration must have ended.
  private static let headLength = 1024

  /// The beginning until the form is known, then the bytes of an unfinished character.
  private var pending: [UInt8] = []

  /// What the high bytes of the decoded document are, from its declaration.
  private(set) var highBytes = XMLText.HighBytes.utf8

  /// Appends the decoded bytes of a block; the first ones wait until the declaration must be there.
  mutating func append(_ bytes: UnsafeRawBufferPointer, isLast: Bool = false, to output: inout [UInt8]) {
    guard case .unknown = form else {
      decode(bytes, &output)
      return
    }
    pending.append(contentsOf: bytes)
    if pending.count < Self.headLength, !isLast { return }
    let head = pending
    pending = []
    head.withUnsafeBytes { head in
      let mark = detect(head)
      decode(UnsafeRawBufferPointer(rebasing: head[mark...]), &output)
    }
  }

  private mutating func decode(_ bytes: UnsafeRawBufferPointer, _ output: inout [UInt8]) {
    switch form {
    case .utf16(let isBig): appendUTF16(bytes, isBig, &output)
    case .library(let encoding): encoding.append(bytes, to: &output)
    case .unknown, .ascii: output.append(contentsOf: bytes)
    }
  }

  /// Decides the form and returns the length of the byte order mark.
  private mutating func detect(_ bytes: UnsafeRawBufferPointer) -> Int {
    let head = Array(bytes.prefix(4))
    if head.starts(with: [0xFF, 0xFE]) {
      form = .utf16(isBig: false)
      return 2
    }
    if head.starts(with: [0xFE, 0xFF]) {
      form = .utf16(isBig: true)
      return 2
    }
    if head.starts(with: [0x3C, 0x00]) || head.starts(with: [0x00, 0x3C]) {
      form = .utf16(isBig: head[0] == 0)
      return 0
    }
    form = .ascii
    if head.starts(with: [0xEF, 0xBB, 0xBF]) { return 3 }
    let name = Self.declaredName(bytes)
    if Self.windows1252.contains(name) {
      highBytes = .windows1252
    } else if !name.isEmpty, !Self.asWritten.contains(name), let encoding = XMLLibraryEncoding(name) {
      form = .library(encoding)
    }
    return 0
  }

  private mutating func appendUTF16(_ bytes: UnsafeRawBufferPointer, _ isBig: Bool, _ output: inout [UInt8]) {
    let all = pending + bytes
    var units: [UInt16] = []
    units.reserveCapacity(all.count / 2)
    var index = 0
    while index + 1 < all.count {
      let (first, second) = (UInt16(all[index]), UInt16(all[index + 1]))
      units.append(isBig ? first << 8 | second : second << 8 | first)
      index += 2
    }
    if let last = units.last, last & 0xFC00 == 0xD800 {
      units.removeLast()
      index -= 2
    }
    pending = Array(all[index...].prefix(3))
    output.append(contentsOf: String(decoding: units, as: UTF16.self).utf8)
  }

  private static let windows1252: Set<String> = ["iso-8859-1", "latin1", "windows-1252"]
  /// Names that say nothing about a document in which a declaration can be read byte by byte, or that need no decoding.
  private static let asWritten: Set<String> = ["utf-8", "utf8", "us-ascii", "ascii", "utf-16", "utf-16le", "utf-16be"]

  /// The encoding a document declares, in lower case; empty when it declares none.
  private static func declaredName(_ bytes: UnsafeRawBufferPointer) -> String {
    let head = bytes.prefix(headLength).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    return head.withUnsafeBytes { head -> String in
      guard let start = XMLBytes.range(of: "<?xml", in: head) else { return "" }
      let declaration = UnsafeRawBufferPointer(rebasing: head[start...])
      guard let end = XMLBytes.range(of: "?>", in: declaration),
        let label = XMLBytes.range(of: "encoding", in: declaration), label < end
      else { return "" }
      let value = String(decoding: declaration[(label + 8)..<end], as: UTF8.self)
      return String(value.drop { " =\"'\n\t".contains($0) }.prefix { !"\"' ".contains($0) })
    }
  }
}

/// An encoding that libxml2 (with iconv) can turn into UTF-8: Shift_JIS, GBK, windows-1251 …
final class XMLLibraryEncoding {
  private let handler: xmlCharEncodingHandlerPtr
  private let input: xmlBufferPtr
  private let output: xmlBufferPtr

  /// The encoding with a name; nil when the library does not know it.
  init?(_ name: String) {
    guard let handler = xmlFindCharEncodingHandler(name) else { return nil }
    guard let input = xmlBufferCreate(), let output = xmlBufferCreate() else {
      xmlCharEncCloseFunc(handler)
      return nil
    }
    (self.handler, self.input, self.output) = (handler, input, output)
  }

  deinit {
    xmlCharEncCloseFunc(handler)
    xmlBufferFree(input)
    xmlBufferFree(output)
  }

  /// Appends the bytes in UTF-8; half a character at the end waits for the next block, and a byte that begins no
  /// character is passed on as it is.
  func append(_ bytes: UnsafeRawBufferPointer, to result: inout [UInt8]) {
    guard let base = bytes.bindMemory(to: xmlChar.self).baseAddress else { return }
    xmlBufferAdd(input, base, Int32(bytes.count))
    while xmlBufferLength(input) > 0 {
      let before = xmlBufferLength(input)
      let status = xmlCharEncInFunc(handler, output, input)
      if let content = xmlBufferContent(output) {
        result.append(contentsOf: UnsafeBufferPointer(start: content, count: Int(xmlBufferLength(output))))
      }
      xmlBufferEmpty(output)
      if status == -2, let content = xmlBufferContent(input) {
        result.append(content[0])
        xmlBufferShrink(input, 1)
      } else if xmlBufferLength(input) == before {
        return
      }
    }
  }
}
