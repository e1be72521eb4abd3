internal import TriageModel

/// Reads an XML report piece by piece: a test is a unit that is looked at as a whole and dropped; what lies around
/// units is told as it opens and closes.
protocol XMLUnitReader {
  /// What adds the tests.
  var writer: CaseWriter { get set }
  /// The names of elements and attributes that mean something.
  static var vocabulary: XMLVocabulary { get }
  /// The elements that are units, unless they lie in another unit.
  static var units: [String] { get }
  /// The elements whose text is kept.
  static var texts: [String] { get }
  init(_ writer: consuming CaseWriter)
  /// An element around units begins: its attributes.
  mutating func open(_ element: XMLNode)
  /// An element around units ends.
  mutating func close(_ name: String)
  /// Reads a unit. One inside which the report ends comes too, as far as it goes.
  mutating func read(_ unit: XMLNode)
  /// Decides what only the whole report can tell.
  mutating func finish()
}

extension XMLUnitReader {
  /// Reads a report into a builder.
  static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult {
    let events = XMLUnitEvents(Self(CaseWriter(builder: builder, input: input)))
    builder = TestTableBuilder()
    for part in [input] + input.others where !events.reader.writer.isStopped {
      events.reader.writer.path = part.path
      readDocument(part, events)
    }
    events.reader.finish()
    events.reader.writer.finish()
    builder = events.reader.writer.builder
    return events.reader.writer.result
  }

  private static func readDocument(_ input: ReportInput, _ events: XMLUnitEvents<Self>) {
    let before = events.reader
    let session = XMLSession(input: input, vocabulary: vocabulary)
    let strict = session.readStrictly(events) { events.reader.writer.builder.table }
    var mended = ReportResult()
    if strict != .whole {
      if strict.isWorthMending { events.restart(before) }
      mended = session.readMending(events, after: strict) { events.reader.writer.builder.table }
    }
    events.endDocument()
    events.reader.writer.take(mended, isStopped: strict == .stopped)
  }
}

/// Puts the events of a document together to units for a reader.
private final class XMLUnitEvents<Reader: XMLUnitReader>: XMLEvents {
  var reader: Reader
  private let names: [String]
  private let units: Set<UInt8>
  private let texts: Set<UInt8>
  private let tape: XMLTape
  private let around: XMLTape
  /// The elements that are open, innermost last.
  private var open: [UInt8] = []
  /// How many of them lie around the unit that is open; nil outside of units.
  private var unitDepth: Int?

  init(_ reader: consuming Reader) {
    self.reader = reader
    let vocabulary = Reader.vocabulary
    names = vocabulary.words.map { String(decoding: $0, as: UTF8.self) }
    units = Self.numbers(Reader.units, vocabulary)
    texts = Self.numbers(Reader.texts, vocabulary)
    tape = XMLTape(vocabulary)
    around = XMLTape(vocabulary)
  }

  private static func numbers(_ names: [String], _ vocabulary: XMLVocabulary) -> Set<UInt8> {
    Set(names.map { name in Array(name.utf8).withUnsafeBytes { vocabulary.number(of: $0) } })
      .subtracting([XMLVocabulary.unknown])
  }

  func restart(_ reader: consuming Reader) {
    self.reader = reader
    open = []
    unitDepth = nil
    tape.clear()
  }

  var isCollectingText: Bool { unitDepth != nil && open.last.map(texts.contains) ?? false }

  func start(_ word: UInt8, _ attributes: UnsafeBufferPointer<XMLAttribute>) {
    if unitDepth == nil, units.contains(word) {
      unitDepth = open.count
      tape.clear()
    }
    open.append(word)
    if unitDepth != nil {
      tape.start(word, attributes)
    } else if word != XMLVocabulary.unknown {
      around.clear()
      around.start(word, attributes)
      around.end()
      reader.open(around.root)
    }
  }

  func text(_ bytes: UnsafeRawBufferPointer) {
    if isCollectingText { tape.text(bytes) }
  }

  func end(_ word: UInt8) {
    if !open.isEmpty { open.removeLast() }
    guard let depth = unitDepth else {
      if word != XMLVocabulary.unknown { reader.close(names[Int(word)]) }
      return
    }
    tape.end()
    if open.count > depth { return }
    unitDepth = nil
    reader.read(tape.root)
  }

  /// Ends the document where it ends.
  func endDocument() {
    if unitDepth != nil {
      tape.cut()
      reader.read(tape.root)
    }
    for word in open.prefix(unitDepth ?? open.count).reversed() where word != XMLVocabulary.unknown {
      reader.close(names[Int(word)])
    }
    open = []
  }
}
