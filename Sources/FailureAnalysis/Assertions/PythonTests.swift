/// Finds the test functions of a Python source: `def test…`, however deep in classes, none within another.
struct PythonTests {
  private var scanner: CodeScanner
  private var found: [TestFunction] = []
  /// The columns of the function that is read; nil outside of one.
  private var indent: Int?
  /// Open brackets: within them a line's end means nothing.
  private var depth = 0
  /// Assertions of decorators that wait for their function: an image is compared by its mark.
  private var waiting = 0

  init(_ bytes: [UInt8]) { scanner = CodeScanner(bytes, .python) }

  mutating func functions() -> [TestFunction] {
    var isLineStart = true
    var before: String?
    var isDecorator = false
    while let token = scanner.next() {
      switch token {
      case .lineEnd:
        // A backslash at the end of a line joins it with the next.
        if depth == 0, before != "\\" {
          (isLineStart, isDecorator) = (true, false)
          before = nil
        } else if before == "\\" {
          before = nil
        }
        continue
      case .sign(let byte):
        if isLineStart { begin(column(at: scanner.position - 1)) }
        if isLineStart, byte == UInt8(ascii: "@") { isDecorator = true }
        bracket(byte)
        before = String(UnicodeScalar(byte))
      case .string:
        // A string that begins a line may stand at any column where it is data; a docstring is no end of a function.
        before = "\""
      case .word(let range):
        let word = String(decoding: scanner.bytes[range], as: UTF8.self)
        if isLineStart { begin(column(at: range.lowerBound)) }
        take(word, at: range.lowerBound, before: before, isDecorator: isDecorator)
        before = word
      }
      isLineStart = false
    }
    return found
  }

  private mutating func bracket(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
    case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): depth = max(0, depth - 1)
    default: break
    }
  }

  /// A statement begins at a column: one that is no deeper than the function ends it.
  private mutating func begin(_ column: Int) {
    if depth == 0, let indent, column <= indent { self.indent = nil }
  }

  private mutating func take(_ word: String, at position: Int, before: String?, isDecorator: Bool) {
    if isDecorator, word == "mpl_image_compare" { waiting += 1 }
    if before == "def" {
      if indent == nil, word.hasPrefix("test") {
        found.append(TestFunction(name: word, line: scanner.line, assertions: waiting))
        indent = startOfStatement(position)
      }
      if indent == nil || word.hasPrefix("test") { waiting = 0 }
      return
    }
    guard indent != nil, let last = found.indices.last else { return }
    if word == "assert", before != "." {
      found[last].assertions += 1
    } else if isCall, AssertingWord.isAssertion(word, .python) || isRegressionCheck(word, position) {
      found[last].assertions += 1
    }
  }

  /// Whether what was read last is called.
  private var isCall: Bool {
    let rest = scanner.bytes[scanner.position...].prefix(64).drop { $0 == 0x20 || $0 == 0x09 }
    return rest.first == UInt8(ascii: "(")
  }

  /// `data_regression.check(…)`: pytest-regressions compares by the name of its fixture.
  private func isRegressionCheck(_ word: String, _ position: Int) -> Bool {
    guard word == "check" else { return false }
    let owner = scanner.bytes[..<position].suffix(80)
    return String(decoding: owner, as: UTF8.self).hasSuffix("_regression.")
  }

  /// The column of the statement that a `def` stands in: `async` may stand before it.
  private func startOfStatement(_ position: Int) -> Int {
    let start = lineStart(position)
    let first = scanner.bytes[start..<position].firstIndex { $0 != 0x20 && $0 != 0x09 && $0 != 0x0C } ?? position
    return column(at: first)
  }

  private func lineStart(_ position: Int) -> Int {
    var start = position
    while start > 0, scanner.bytes[start - 1] != 0x0A { start -= 1 }
    return start
  }

  /// A column as Python counts it: a tab goes on to the next of eight.
  private func column(at position: Int) -> Int {
    var column = 0
    for byte in scanner.bytes[lineStart(position)..<position] {
      column = byte == 0x09 ? (column / 8 + 1) * 8 : column + 1
    }
    return column
  }
}
