internal import DataSyntax
internal import TriageModel

/// Reads a JSON report piece by piece: a test, or a file of tests, is a unit that is looked at and dropped.
protocol JSONUnitReader {
  /// What adds the tests.
  var writer: CaseWriter { get set }
  /// The dotted paths of units: an array's elements are one each, any other value is one. Empty for an array at the top.
  ///
  /// A part `*` is any key of an object and any place in an array: `files.*`, `runs.*.results`.
  static var units: [String] { get }
  init(_ writer: consuming CaseWriter)
  /// Reads a unit, whose path comes with the keys that `*` stood for. One inside which the report ends comes too, as far as it goes.
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
        if let token = try tokenizer.next() {
          try descend(JSONUnitPath(Self.units), token, &tokenizer, JSONTape(), blocks)
        }
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
    _ path: JSONUnitPath, _ token: JSONTokenizer.Token, _ tokenizer: inout JSONTokenizer, _ tape: JSONTape,
    _ blocks: JSONBlocks
  ) throws(JSONError) {
    if path.isUnit {
      guard token == .beginArray else { return try readUnit(path.text, token, &tokenizer, tape, blocks) }
      while !writer.isStopped, let token = try tokenizer.next(), token != .endArray {
        try readUnit(path.text, token, &tokenizer, tape, blocks)
      }
    } else if token == .beginObject, path.leadsOn {
      while !writer.isStopped, try tokenizer.next() == .key {
        let inner = path.appending(tokenizer.text)
        guard let token = try tokenizer.next() else { return }
        try descend(inner, token, &tokenizer, tape, blocks)
      }
    } else if token == .beginArray, path.leadsOn {
      var place = 0
      while !writer.isStopped, let token = try tokenizer.next(), token != .endArray {
        try descend(path.appending(String(place)), token, &tokenizer, tape, blocks)
        place += 1
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

/// A place in a document, and what is left from there of the paths of units.
private struct JSONUnitPath {
  let text: String
  private let rests: [ArraySlice<Substring>]

  init(_ units: [String]) {
    text = ""
    rests = units.map { $0.isEmpty ? [] : $0.split(separator: ".")[...] }
  }

  private init(_ text: String, _ rests: [ArraySlice<Substring>]) {
    self.text = text
    self.rests = rests
  }

  var isUnit: Bool { rests.contains { $0.isEmpty } }
  var leadsOn: Bool { !rests.isEmpty }

  func appending(_ key: String) -> JSONUnitPath {
    let inner = rests.filter { $0.first.map { $0 == key[...] || $0 == "*" } ?? false }.map { $0.dropFirst() }
    return JSONUnitPath(text.isEmpty ? key : text + "." + key, inner)
  }
}
