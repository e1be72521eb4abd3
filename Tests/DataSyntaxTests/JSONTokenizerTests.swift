import DataSyntax
import Testing

@Suite struct JSONTokenizerTests {
  private typealias Token = JSONTokenizer.Token

  /// Tokens with their texts, until the end or the first error.
  private func read(_ tokenizer: JSONTokenizer) -> (tokens: [Token], texts: [String], error: JSONError?) {
    var tokenizer = tokenizer
    var tokens: [Token] = []
    var texts: [String] = []
    do throws(JSONError) {
      while let token = try tokenizer.next() {
        tokens.append(token)
        if [.key, .string, .number].contains(token) { texts.append(tokenizer.text) }
      }
    } catch {
      return (tokens, texts, error)
    }
    return (tokens, texts, nil)
  }

  private func read(_ text: String) -> (tokens: [Token], texts: [String], error: JSONError?) {
    read(JSONTokenizer(Array(text.utf8)))
  }

  @Test func keepsToTheLimitOfANumber() {
    var limits = JSONLimits()
    limits.tokenLength = 8
    var tokenizer = JSONTokenizer(Array("123456789012".utf8), limits: limits)
    #expect(throws: JSONError(cause: .limit("bytes in a number", 8), line: 1, offset: 0)) { try tokenizer.next() }
  }

  @Test func keepsNumbersAsWrittenAndDuplicateKeys() {
    let read = read(#"{"a": 1e999, "a": 0.10, "b": [-0, NaN, -Infinity]}"#)
    #expect(read.error == nil)
    #expect(read.texts == ["a", "1e999", "a", "0.10", "b", "-0", "NaN", "-Infinity"])
  }

  @Test func decodesEscapesAndReplacesLoneSurrogates() {
    let read = read(#"["\u00e9\ud83d\ude00\ud800x\n\t\"\\\/"]"#)
    #expect(read.texts == ["é😀\u{FFFD}x\n\t\"\\/"])
  }

  @Test func takesControlCharactersInStrings() {
    #expect(read("[\"a\u{1B}[31m\nb\"]").texts == ["a\u{1B}[31m\nb"])
  }

  @Test(
    arguments: [
      ("{\n\"a\": 01}", "line 2: not a number"), ("[1 2]", "line 1: expected a comma or the end of the array"),
      ("{\"a\" 1}", "line 1: expected a colon behind the key"), ("[\n\n", "line 3: the document ends inside a value"),
      ("{a: 1}", "line 1: expected a key in quotes"), ("[1]\nx", "line 2: text behind the value"),
      ("[}", "line 1: expected a value"), ("[1}", "line 1: expected the end of the array"),
      ("[1.]", "line 1: not a number"),
      ("", "line 1: the document ends inside a value"), ("[tru]", "line 1: expected a value"),
    ])
  func namesLineAndCause(_ text: String, _ message: String) {
    #expect(read(text).error?.description == message)
  }

  @Test func stopsAtTheDepthLimit() {
    var limits = JSONLimits()
    limits.depth = 100
    let text = String(repeating: "[", count: 101)
    #expect(
      read(JSONTokenizer(Array(text.utf8), limits: limits)).error?.description
        == "line 1: more than 100 values inside one another")
    #expect(read(String(repeating: "[", count: 100_000)).error != nil)
  }

  @Test func stopsAtTheTokenLimitOfAStream() {
    var limits = JSONLimits()
    limits.tokenLength = 1000
    let tokenizer = JSONTokenizer(limits: limits) { buffer in
      buffer += Array(repeating: buffer.isEmpty ? 0x22 : 0x61, count: buffer.isEmpty ? 1 : 100)
      return true
    }
    #expect(read(tokenizer).error?.cause == .limit("bytes in a string", 1000))
  }

  @Test func skipsWholeValues() throws {
    var tokenizer = JSONTokenizer(Array(#"{"a": {"x": [1, {"y": 2}]}, "b": 7}"#.utf8))
    _ = try tokenizer.next()
    _ = try tokenizer.next()
    try tokenizer.skipValue()
    #expect(try tokenizer.next() == .key)
    #expect(tokenizer.text == "b")
  }

  /// A document with everything in it, for the properties.
  private static let sample =
    "{\"k\\u00e9y\": [1, -2.5e+10, \"a\\n\\\\ \\ud83d\\ude00\", true, false, null, {}, []],\r\n \"é\": {\"x\" : NaN}}\n"

  @Test(arguments: [1, 2, 3, 7, 64]) func readsTheSameInBlocksOfAnySize(_ size: Int) {
    var rest = Array(Self.sample.utf8)[...]
    let blocks = JSONTokenizer { buffer in
      buffer += rest.prefix(size)
      rest = rest.dropFirst(size)
      return !rest.isEmpty
    }
    let whole = read(Self.sample)
    let inBlocks = read(blocks)
    #expect(whole.error == nil)
    #expect(inBlocks.error == nil)
    #expect(whole.tokens == inBlocks.tokens)
    #expect(whole.texts == inBlocks.texts)
  }

  @Test func readsEveryPrefixAndMutationWithoutTrap() {
    let bytes = Array(Self.sample.utf8)
    for length in 0..<(bytes.count - 1) {
      let read = read(JSONTokenizer(Array(bytes.prefix(length))))
      #expect(read.error != nil, "a prefix of \(length) bytes is no document")
    }
    for place in bytes.indices {
      for byte in [0x00, 0x22, 0x5C, 0x7B, 0x5D, 0xFF] as [UInt8] {
        var mutated = bytes
        mutated[place] = byte
        _ = read(JSONTokenizer(mutated))
      }
    }
  }

  @Test func countsLinesAndPlaces() throws {
    var tokenizer = JSONTokenizer(Array("{\n \"a\":\n 1}".utf8), firstLine: 10)
    _ = try tokenizer.next()
    _ = try tokenizer.next()
    #expect(tokenizer.line == 11)
    #expect(tokenizer.offset == 3)
    _ = try tokenizer.next()
    #expect(tokenizer.line == 12)
  }
}
