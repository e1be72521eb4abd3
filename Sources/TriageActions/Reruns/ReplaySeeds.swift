internal import TriageModel

/// What failures say of the inputs that they failed with, so that a rerun can be shown the same.
///
/// Hypothesis prints a blob (`@reproduce_failure('6.1', b'AXic…')`), a seed (`--hypothesis-seed=123`), and the inputs as a
/// call (`Falsifying example: test_x(a=0)`; since 6.159.0 `Failing test case: …`).
package struct ReplaySeeds: Sendable, Equatable {
  /// Options of the framework.
  package private(set) var arguments: [String] = []
  /// What the plugin is handed: for each test its node id, what it is and the text, in base 16; nil for nothing.
  package private(set) var plugin: String?

  /// Bytes that the system takes for a variable, with room for others.
  private static let longestVariable = 60_000
  /// Characters of one example.
  private static let longestExample = 8000

  /// What some tests' failures said.
  package init(_ tests: [RerunTest]) {
    var entries: [String] = []
    var bytes = 0
    for test in tests where !test.saying.isEmpty {
      let said = Self.entries(of: test)
      let size = said.reduce(0) { $0 + $1.utf8.count + 1 }
      guard !said.isEmpty, bytes + size < Self.longestVariable else { continue }
      bytes += size
      entries += said
    }
    if !entries.isEmpty { plugin = entries.joined(separator: ",") }
    // One seed for all tests of a process: it says nothing where two failures name two.
    let seeds = Set(tests.compactMap { Self.number(after: "--hypothesis-seed=", in: $0.saying) })
    if seeds.count == 1, let seed = seeds.first { arguments.append("--hypothesis-seed=" + seed) }
  }

  private static let exampleWords = [
    "Falsifying example: ", "Falsifying explicit example: ", "Failing test case: ", "Failing explicit example: ",
  ]

  /// The inputs that a test failed with, as its failure spells them.
  package static func inputs(of test: RerunTest) -> [String] {
    let blob = call("@reproduce_failure", in: test.saying).map { "@reproduce_failure" + $0 }
    return exampleWords.compactMap { call($0, in: test.saying) } + [blob].compactMap(\.self)
  }

  private static func entries(of test: RerunTest) -> [String] {
    var entries: [String] = []
    func add(_ kind: String, _ text: String) {
      entries.append([test.id, kind, text].map(hexadecimal).joined(separator: ":"))
    }
    if let blob = call("@reproduce_failure", in: test.saying) { add("blob", blob) }
    for words in exampleWords {
      guard let example = call(words, in: test.saying) else { continue }
      add("example", example)
      // The rerun says it with the same words: else the same failure would read as another one.
      add("words", words)
    }
    return entries
  }

  private static func hexadecimal(_ text: String) -> String {
    text.utf8.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }

  /// The digits behind a word.
  private static func number(after word: String, in text: String) -> String? {
    guard let range = text.firstRange(of: word) else { return nil }
    let digits = text[range.upperBound...].prefix { $0.isASCII && $0.isNumber }
    return digits.isEmpty ? nil : String(digits)
  }

  /// What stands behind some words up to the bracket that ends it, without the marks that pytest puts before lines.
  private static func call(_ words: String, in text: String) -> String? {
    guard let range = text.firstRange(of: words) else { return nil }
    var call = ""
    var depth = 0
    var quote: Character?
    var isEscaped = false
    var isLineStart = false
    var isMarked = false
    for letter in text[range.upperBound...].prefix(longestExample) {
      if letter.isNewline {
        (isLineStart, isMarked) = (true, true)
        call.append("\n")
        continue
      }
      // pytest marks the lines of an error with an E in the first column.
      if isLineStart, letter == " " || letter == "E" && isMarked {
        isMarked = false
        continue
      }
      (isLineStart, isMarked) = (false, false)
      call.append(letter)
      if isEscaped {
        isEscaped = false
      } else if let open = quote {
        if letter == "\\" { isEscaped = true }
        if letter == open { quote = nil }
      } else if letter == "'" || letter == "\"" {
        quote = letter
      } else if "([{".contains(letter) {
        depth += 1
      } else if ")]}".contains(letter) {
        depth -= 1
        if depth == 0 { return call }
      }
    }
    return nil
  }
}
