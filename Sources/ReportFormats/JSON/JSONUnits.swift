internal import DataSyntax
internal import TriageModel

/// Reads a JSON report piece by piece: a test, or a file of tests, is a unit that is looked at and dropped.
protocol JSONUnitReader {
  /// What adds the tests.
  var writer: CaseWriter { get set }
  /// The dotted paths of units: an array's elements are one each, any other value is one; arrays on the way to them are
  /// walked into. Empty for an array at the top. A part `*` is any key of an object: `files.*`.
  static var units: [String] { get }
  /// The units of each reading of a document, where what stands behind units must be known before them.
  static var passes: [[String]] { get }
  init(_ writer: consuming CaseWriter)
  /// Hears that the units of an array follow, or what is in the next value of an array that units lie inside.
  mutating func begin(_ path: String, pass: Int)
  /// Reads a unit, whose path comes with the keys that `*` stood for. One inside which the report ends comes too, as far as it goes.
  mutating func read(_ path: String, _ node: JSONNode)
  /// Decides what only the whole report can tell.
  mutating func finish()
}

extension JSONUnitReader {
  static var passes: [[String]] { [units] }

  mutating func begin(_ path: String, pass: Int) {}

  /// Reads a report into a builder.
  static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult {
    var reader = Self(CaseWriter(builder: builder, input: input))
    builder = TestTableBuilder()
    for part in [input] + input.others {
      reader.writer.path = part.path
      var reading = JSONReading()
      for pass in passes.indices where !reader.writer.isStopped {
        reading.pass = pass
        reader.readDocument(part, &reading)
      }
    }
    reader.finish()
    reader.writer.finish()
    builder = reader.writer.builder
    return reader.writer.result
  }

  private mutating func readDocument(_ input: ReportInput, _ reading: inout JSONReading) {
    // What is wrong with a document is said once.
    let isLast = reading.pass == Self.passes.count - 1
    do throws(ByteSourceError) {
      let blocks = JSONBlocks(try input.open())
      reading.blocks = blocks
      defer { reading.before += blocks.byteCount }
      var tokenizer = JSONTokenizer(more: blocks.append)
      do throws(JSONError) {
        if let token = try tokenizer.next() {
          try descend(JSONUnitPath(Self.passes[reading.pass]), token, &tokenizer, reading)
        }
        if !writer.isStopped { _ = try tokenizer.next() }
      } catch {
        let cause = blocks.error?.description ?? (blocks.isBlank ? CaseWriter.empty : error.cause.words)
        if isLast { writer.lose(cause, error.line) }
      }
    } catch {
      if isLast { writer.lose(error.description, 0) }
    }
  }

  /// Reads the value at a path, which begins with `token`.
  private mutating func descend(
    _ path: JSONUnitPath, _ token: JSONTokenizer.Token, _ tokenizer: inout JSONTokenizer, _ reading: JSONReading
  ) throws(JSONError) {
    if path.isUnit, token != .beginArray {
      try readUnit(path.text, token, &tokenizer, reading)
    } else if path.isUnit {
      begin(path.text, pass: reading.pass)
      while !writer.isStopped, let token = try tokenizer.next(), token != .endArray {
        try readUnit(path.text, token, &tokenizer, reading)
      }
    } else if path.leadsOn, token == .beginObject {
      while !writer.isStopped, try tokenizer.next() == .key {
        let inner = path.appending(tokenizer.text)
        guard let token = try tokenizer.next() else { return }
        try descend(inner, token, &tokenizer, reading)
      }
    } else if path.leadsOn, token == .beginArray, !path.text.isEmpty {
      while !writer.isStopped, let token = try tokenizer.next(), token != .endArray {
        begin(path.text, pass: reading.pass)
        try descend(path, token, &tokenizer, reading)
      }
    } else {
      try tokenizer.skipRest(of: token)
    }
  }

  private mutating func readUnit(
    _ path: String, _ token: JSONTokenizer.Token, _ tokenizer: inout JSONTokenizer, _ reading: JSONReading
  ) throws(JSONError) {
    let tape = reading.tape
    do throws(JSONError) {
      try tape.read(&tokenizer, from: token)
    } catch {
      if tape.root.exists { read(path, tape.root) }
      throw error
    }
    read(path, tape.root)
    writer.tellProgress((reading.before + (reading.blocks?.byteCount ?? 0)) / Self.passes.count)
  }
}

/// Where the reading of a document stands.
private struct JSONReading {
  /// What units are read into, again and again.
  let tape = JSONTape()
  var pass = 0
  /// Bytes read in the passes before.
  var before = 0
  var blocks: JSONBlocks?
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
