internal import CLibXML2

/// libxml2's push parser as a source of `XMLEvents`: quick, strict, and without any way out of the process.
///
/// No entity is ever declared or expanded, no DTD or external entity is loaded: without those handlers libxml2
/// has nowhere to keep them. The first fatal error ends the reading; `XMLMender` then reads on with repairs.
final class LibXMLStream {
  /// Why libxml2 gave up.
  struct Failure: Equatable, Sendable {
    var line: Int
    var cause: String
  }

  private let events: any XMLEvents
  // Constants: a variable of a class is checked for overlapping accesses at every use, millions of times a report.
  private let context: xmlParserCtxtPtr?
  private let names: NameTable
  private let attributes: UnsafeMutableBufferPointer<XMLAttribute>
  private var depth = 0

  /// The first fatal error.
  private(set) var failure: Failure?

  /// A parser that tells `events`, with names numbered by `vocabulary`.
  init(vocabulary: XMLVocabulary, events: any XMLEvents) {
    Self.initializeLibrary
    // Errors of encodings have no parser to go to; without these, which hold for one thread, they go to stderr.
    xmlSetStructuredErrorFunc(nil) { _, _ in }
    assay_xml_silence_thread()
    var handler = Self.handler
    let context = xmlCreatePushParserCtxt(&handler, nil, nil, 0, nil)
    self.events = events
    self.context = context
    attributes = .allocate(capacity: XMLLimits.attributes)
    names = NameTable(vocabulary, of: context)
    guard let context else {
      failure = Failure(line: 0, cause: "no memory for an XML parser")
      return
    }
    context.pointee.userData = Unmanaged.passUnretained(self).toOpaque()
    // Without NOENT an attribute's `&amp;` would arrive as `&#38;`, meant for a tree that nobody builds here.
    xmlCtxtUseOptions(
      context, Int32(XML_PARSE_NONET.rawValue | XML_PARSE_HUGE.rawValue | XML_PARSE_NOENT.rawValue))
  }

  deinit {
    if let context {
      if let document = context.pointee.myDoc { xmlFreeDoc(document) }
      xmlFreeParserCtxt(context)
    }
    attributes.deallocate()
  }

  /// Reads some more of the document; false once it has failed.
  func push(_ bytes: UnsafeRawBufferPointer) -> Bool {
    feed(bytes, isLast: false)
  }

  /// Ends the document; false when it failed or is not whole.
  func finish() -> Bool {
    feed(UnsafeRawBufferPointer(start: nil, count: 0), isLast: true)
  }

  private func feed(_ bytes: UnsafeRawBufferPointer, isLast: Bool) -> Bool {
    guard let context, failure == nil else { return false }
    let status = xmlParseChunk(
      context, bytes.bindMemory(to: CChar.self).baseAddress, Int32(bytes.count), isLast ? 1 : 0)
    if failure == nil, context.pointee.wellFormed == 0 || context.pointee.disableSAX != 0 {
      fail(line: Int(context.pointee.lastError.line), "not well-formed")
    }
    // A block that cannot be decoded halts the parser without an error.
    if failure == nil, status < 0 { fail(line: 0, "the text is not in the encoding it declares") }
    return failure == nil
  }

  private func fail(line: Int, _ cause: String) {
    if failure == nil { failure = Failure(line: line, cause: cause) }
  }
}

extension LibXMLStream {
  /// Once a process: tables of libxml2, and an entity loader that refuses everything.
  private static let initializeLibrary: Void = {
    xmlInitParser()
    xmlSetExternalEntityLoader { _, _, _ in nil }
  }()

  private static var handler: xmlSAXHandler {
    var handler = xmlSAXHandler()
    handler.initialized = UInt32(XML_SAX2_MAGIC)
    handler.startElementNs = { context, name, _, _, _, _, count, _, attributes in
      LibXMLStream.with(context) { $0.start(name, attributes, Int(count)) }
    }
    handler.endElementNs = { context, name, _, _ in
      LibXMLStream.with(context) { $0.end(name) }
    }
    handler.characters = { context, bytes, count in
      LibXMLStream.with(context) { $0.events.text(UnsafeRawBufferPointer(start: bytes, count: Int(count))) }
    }
    handler.ignorableWhitespace = handler.characters
    handler.cdataBlock = handler.characters
    handler.reference = { context, name in
      LibXMLStream.with(context) { $0.reference(name) }
    }
    handler.serror = { context, error in
      guard let error, error.pointee.level == XML_ERR_FATAL else { return }
      let cause = error.pointee.message.map { String(cString: $0) } ?? "not well-formed"
      let line = Int(error.pointee.line)
      LibXMLStream.with(context) { $0.fail(line: line, LibXMLStream.clause(cause)) }
    }
    return handler
  }

  private static func with(_ context: UnsafeMutableRawPointer?, _ body: (LibXMLStream) -> Void) {
    guard let context else { return }
    Unmanaged<LibXMLStream>.fromOpaque(context)._withUnsafeGuaranteedRef(body)
  }

  /// libxml2's sentence as a clause: one line, no full stop.
  private static func clause(_ message: String) -> String {
    let line = message.split(whereSeparator: \.isNewline).first.map(String.init) ?? message
    guard let first = line.first else { return "not well-formed" }
    let second = line.dropFirst().first
    return second?.isLowercase == true ? first.lowercased() + line.dropFirst() : line
  }

  private func start(
    _ name: UnsafePointer<xmlChar>?, _ values: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, _ count: Int
  ) {
    depth += 1
    if depth > XMLLimits.depth, let context {
      fail(line: Int(xmlSAX2GetLineNumber(context)), "elements lie more than \(XMLLimits.depth) deep")
      xmlStopParser(context)
      return
    }
    var kept = 0
    if let values {
      for index in 0..<min(count, XMLLimits.attributes) {
        let place = values + index * 5
        guard let name = place[0], let begin = place[3], let end = place[4] else { continue }
        let word = names.number(of: name)
        let isKnown = word != XMLVocabulary.unknown
        if place[1] != nil, isKnown { continue }
        attributes.initializeElement(
          at: kept,
          to: XMLAttribute(
            word: word, name: UnsafeRawBufferPointer(start: name, count: isKnown ? 0 : Int(xmlStrlen(name))),
            value: UnsafeRawBufferPointer(start: begin, count: end - begin)))
        kept += 1
      }
    }
    events.start(names.number(of: name), UnsafeBufferPointer(rebasing: attributes[..<kept]))
  }

  private func end(_ name: UnsafePointer<xmlChar>?) {
    depth -= 1
    events.end(names.number(of: name))
  }

  /// An entity nobody declared stays visible as it was written.
  private func reference(_ name: UnsafePointer<xmlChar>?) {
    guard let name else { return }
    var text = Array("&".utf8)
    text += UnsafeBufferPointer(start: name, count: Int(xmlStrlen(name)))
    text += Array(";".utf8)
    text.withUnsafeBytes { events.text($0) }
  }
}

/// From the addresses of a parser's interned names to the numbers of the vocabulary.
private struct NameTable {
  private var slots: [(name: UnsafePointer<xmlChar>?, number: UInt8)] = Array(
    repeating: (nil, XMLVocabulary.unknown), count: 512)

  /// The addresses that a parser's dictionary gives to a vocabulary's names.
  init(_ vocabulary: XMLVocabulary, of context: xmlParserCtxtPtr?) {
    guard let context else { return }
    for (number, word) in vocabulary.words.enumerated() {
      word.withUnsafeBufferPointer { bytes in
        insert(xmlDictLookup(context.pointee.dict, bytes.baseAddress, Int32(bytes.count)), UInt8(number))
      }
    }
  }

  private mutating func insert(_ name: UnsafePointer<xmlChar>?, _ number: UInt8) {
    guard let name else { return }
    var place = Self.place(name)
    while slots[place].name != nil { place = (place + 1) & 511 }
    slots[place] = (name, number)
  }

  func number(of name: UnsafePointer<xmlChar>?) -> UInt8 {
    guard let name else { return XMLVocabulary.unknown }
    var place = Self.place(name)
    while let known = slots[place].name {
      if known == name { return slots[place].number }
      place = (place + 1) & 511
    }
    return XMLVocabulary.unknown
  }

  private static func place(_ name: UnsafePointer<xmlChar>) -> Int {
    let address = UInt(bitPattern: name)
    return Int((address ^ address >> 9) & 511)
  }
}
