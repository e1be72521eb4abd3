internal import TriageModel

/// Reads one XML report: strictly first, then, where that fails, once more with repairs.
struct XMLSession {
  /// How a strict reading ended.
  enum StrictEnd: Equatable, Sendable {
    case whole
    /// libxml2 refused the document.
    case refused(LibXMLStream.Failure)
    /// The bytes could not be read.
    case unreadable(ByteSourceError)
    /// Whoever watches the progress asked to stop.
    case stopped
    /// There is nothing in the file.
    case empty

    /// Whether reading again with repairs may find more.
    var isWorthMending: Bool {
      switch self {
      case .refused, .unreadable: true
      case .whole, .stopped, .empty: false
      }
    }
  }

  /// From how many bytes of its file on a document is parsed on a thread of its own.
  private static let leastForTwoThreads = 1 << 20

  let input: ReportInput
  let vocabulary: XMLVocabulary

  /// Reads with libxml2 until it refuses; a large document on two threads.
  func readStrictly(_ events: any XMLEvents, table: () -> TestTable) -> StrictEnd {
    let blocks = XMLBlocks(open: input.open)
    let vocabulary = vocabulary
    let progress = { bytes in input.progress(bytes, table()) }
    if input.size < Self.leastForTwoThreads { return Self.parse(blocks, vocabulary, events, progress) }
    return XMLEventQueue.tell(events, progress: progress) { recorder in
      Self.parse(blocks, vocabulary, recorder) { recorder.note(bytesRead: $0) }
    }
  }

  private static func parse(
    _ blocks: XMLBlocks, _ vocabulary: XMLVocabulary, _ events: any XMLEvents, _ progress: (Int) -> Bool
  ) -> StrictEnd {
    let stream = LibXMLStream(vocabulary: vocabulary, events: events)
    var isBlank = true
    let end = blocks.read(progress) { block in
      if isBlank { isBlank = XMLBytes.isBlank(block) }
      // A refused document is looked through as long as there may be nothing in it.
      return stream.push(block) || isBlank
    }
    if let end { return end }
    if isBlank { return .empty }
    _ = stream.finish()
    return stream.failure.map { .refused($0) } ?? .whole
  }

  /// Reads with repairs and says what was lost and what was mended.
  func readMending(_ events: any XMLEvents, after strict: StrictEnd, table: () -> TestTable) -> ReportResult {
    var result = ReportResult()
    switch strict {
    case .empty:
      result.damages.append(Damage(path: input.path, line: nil, cause: "the report is empty"))
      return result
    case .stopped:
      result.damages.append(Damage(path: input.path, line: nil, cause: "reading was stopped"))
      return result
    case .whole, .refused, .unreadable: break
    }
    let mender = XMLMender(vocabulary: vocabulary, events: events)
    let end = XMLBlocks(open: input.open).read({ input.progress($0, table()) }) { block in
      mender.push(block)
      return !mender.isStopped
    }
    mender.finish()
    if case .unreadable(let error) = end {
      result.damages.append(Damage(path: input.path, line: mender.line, cause: error.description))
    } else if end == .stopped {
      result.damages.append(Damage(path: input.path, line: mender.line, cause: "reading was stopped"))
    }
    for loss in mender.mends.losses {
      result.damages.append(Damage(path: input.path, line: loss.line, cause: loss.cause))
    }
    if !mender.hasRoot, result.damages.isEmpty {
      result.damages.append(Damage(path: input.path, line: mender.line, cause: "the report ends before it begins"))
    }
    result.warnings = mender.mends.warnings
    if mender.mends.isEmpty, case .refused(let failure) = strict {
      let place = failure.line > 0 ? " (line \(failure.line))" : ""
      result.warnings.append("mended: \(failure.cause)\(place)")
    }
    return result
  }
}

/// A document's bytes, block by block.
private struct XMLBlocks: Sendable {
  let open: @Sendable () throws(ByteSourceError) -> any ByteSource

  /// The bytes read at a time: more of a large document, since libxml2 looks through a long CDATA section from its
  /// start again with every block.
  private static func size(behind total: Int) -> Int { min(max(total / 32, 1 << 18), 1 << 22) }

  /// Gives `body` the bytes block by block until it says no; nil when it never did and all went well.
  ///
  /// `progress` is told about once a megabyte how many bytes were read, and may stop the reading.
  func read(_ progress: (Int) -> Bool, _ body: (UnsafeRawBufferPointer) -> Bool) -> XMLSession.StrictEnd? {
    do throws(ByteSourceError) {
      let source = try open()
      let block = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.size(behind: .max), alignment: 16)
      defer { block.deallocate() }
      var total = 0
      while true {
        let part = UnsafeMutableRawBufferPointer(rebasing: block[..<Self.size(behind: total)])
        let count = try source.read(into: part)
        if count == 0 { return nil }
        if !body(UnsafeRawBufferPointer(rebasing: block[..<count])) { return nil }
        let isDue = total >> 20 != (total + count) >> 20
        total += count
        if isDue, !progress(total) { return .stopped }
      }
    } catch {
      return .unreadable(error)
    }
  }
}

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
