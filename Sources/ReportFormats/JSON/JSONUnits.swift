internal import DataSyntax
internal import TriageModel

/// Reads a JSON report piece by piece: a test, or a file of tests, is a unit that is looked at and dropped.
protocol JSONUnitReader {
  /// What adds the tests.
  var writer: CaseWriter { get set }
  /// The dotted paths of units: an array's elements are one each, any other value is one. Empty for an array at the top.
  static var units: [String] { get }
  init(_ writer: consuming CaseWriter)
  /// Reads a unit. One inside which the report ends comes too, as far as it goes.
  mutating func read(_ path: String, _ node: JSONNode)
  /// Decides what only the whole report can tell.
  mutating func finish()
}

extension JSONUnitReader {
  /// Reads a report into a builder.
  static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult {
    var reader = Self(CaseWriter(builder: builder, input: input))
    builder = TestTableBuilder()
    for part in [input] + input.others where !reader.writer.isStopped {
      reader.writer.path = part.path
      reader.readDocument(part)
    }
    reader.finish()
    reader.writer.finish()
    builder = reader.writer.builder
    return reader.writer.result
  }

  private mutating func readDocument(_ input: ReportInput) {
    do throws(ByteSourceError) {
      let blocks = JSONBlocks(try input.open())
      var tokenizer = JSONTokenizer(more: blocks.append)
      do throws(JSONError) {
        if let token = try tokenizer.next() { try descend("", token, &tokenizer, JSONTape(), blocks) }
        if !writer.isStopped { _ = try tokenizer.next() }
      } catch {
        writer.lose(blocks.error?.description ?? (blocks.isBlank ? CaseWriter.empty : error.cause.words), error.line)
      }
    } catch {
      writer.lose(error.description, 0)
    }
  }

  /// Reads the value at a path, which begins with `token`.
  private mutating func descend(
    _ path: String, _ token: JSONTokenizer.Token, _ tokenizer: inout JSONTokenizer, _ tape: JSONTape,
    _ blocks: JSONBlocks
  ) throws(JSONError) {
    if Self.units.contains(path) {
      guard token == .beginArray else { return try readUnit(path, token, &tokenizer, tape, blocks) }
      while !writer.isStopped, let token = try tokenizer.next(), token != .endArray {
        try readUnit(path, token, &tokenizer, tape, blocks)
      }
    } else if token == .beginObject, path.isEmpty || Self.units.contains(where: { $0.hasPrefix(path + ".") }) {
      while !writer.isStopped, try tokenizer.next() == .key {
        let key = tokenizer.text
        guard let token = try tokenizer.next() else { return }
        try descend(path.isEmpty ? key : path + "." + key, token, &tokenizer, tape, blocks)
      }
    } else {
      try tokenizer.skipRest(of: token)
    }
  }

  private mutating func readUnit(
    _ path: String, _ token: JSONTokenizer.Token, _ tokenizer: inout JSONTokenizer, _ tape: JSONTape,
    _ blocks: JSONBlocks
  ) throws(JSONError) {
    do throws(JSONError) {
      try tape.read(&tokenizer, from: token)
    } catch {
      if tape.root.exists { read(path, tape.root) }
      throw error
    }
    read(path, tape.root)
    writer.tellProgress(blocks.byteCount)
  }
}
