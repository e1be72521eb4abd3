internal import TriageModel

/// Reads one XML report: strictly first, then, where that fails, once more with repairs.
struct XMLSession {
  /// How a strict reading ended.
  enum StrictEnd: Equatable {
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

  /// The bytes read at a time: more of a large document, since libxml2 looks through a long CDATA section from its
  /// start again with every block.
  private static func blockSize(behind total: Int) -> Int { min(max(total / 32, 1 << 18), 1 << 22) }

  let input: ReportInput
  let vocabulary: XMLVocabulary

  /// Reads with libxml2 until it refuses.
  func readStrictly(_ events: any XMLEvents, table: () -> TestTable) -> StrictEnd {
    let stream = LibXMLStream(vocabulary: vocabulary, events: events)
    var isBlank = true
    let end = readBlocks(table) { block in
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
    let end = readBlocks(table) { block in
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

  /// Gives `body` the report's bytes block by block until it says no; nil when it never did and all went well.
  private func readBlocks(_ table: () -> TestTable, _ body: (UnsafeRawBufferPointer) -> Bool) -> StrictEnd? {
    do throws(ByteSourceError) {
      let source = try input.open()
      let block = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.blockSize(behind: .max), alignment: 16)
      defer { block.deallocate() }
      var total = 0
      while true {
        let part = UnsafeMutableRawBufferPointer(rebasing: block[..<Self.blockSize(behind: total)])
        let count = try source.read(into: part)
        if count == 0 { return nil }
        if !body(UnsafeRawBufferPointer(rebasing: block[..<count])) { return nil }
        let isDue = total >> 20 != (total + count) >> 20
        total += count
        if isDue, !input.progress(total, table()) { return .stopped }
      }
    } catch {
      return .unreadable(error)
    }
  }
}
