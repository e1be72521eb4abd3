internal import CLibXML2

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
