/// Finds the test functions of a Swift source: `@Test func …`, and `func test…()` of XCTest.
struct SwiftTests {
  private var scanner: CodeScanner
  private var found: [TestFunction] = []
  /// Open braces, and those that were open where the body of the function began.
  private var braces = 0
  private var body: Int?
  /// Open parentheses and brackets: a brace in them begins no body.
  private var parentheses = 0
  /// A function whose body has not begun.
  private var waiting: TestFunction?
  private var isMarked = false
  /// Whether XCTest is imported: there a method is a test by its name.
  private var hasXCTest = false
  private var before = ""

  init(_ bytes: [UInt8]) { scanner = CodeScanner(bytes, .swift) }

  mutating func functions() -> [TestFunction] {
    while let token = scanner.next() {
      switch token {
      case .lineEnd: continue
      case .string: before = "\""
      case .sign(let byte):
        take(byte)
        before = String(UnicodeScalar(byte))
      case .word(let range):
        let word = String(decoding: scanner.bytes[range], as: UTF8.self)
        take(word)
        before = word
      }
    }
    return found
  }

  private mutating func take(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "("), UInt8(ascii: "["): parentheses += 1
    case UInt8(ascii: ")"), UInt8(ascii: "]"): parentheses = max(0, parentheses - 1)
    case UInt8(ascii: "{"):
      braces += 1
      if let function = waiting, parentheses == 0 {
        found.append(function)
        (waiting, body) = (nil, braces)
      }
    case UInt8(ascii: "}"):
      if body == braces { body = nil }
      braces = max(0, braces - 1)
      // What has no body before its type ends is asked for by a protocol.
      waiting = nil
    default: break
    }
  }

  private mutating func take(_ word: String) {
    if body == nil { return takeOutside(word) }
    guard let last = found.indices.last else { return }
    if before == "#" ? word == "expect" || word == "require" : isCall && AssertingWord.isAssertion(word, .swift) {
      found[last].assertions += 1
    } else if word == "record", before == ".", isCall {
      // Issue.record stands where a branch must not be reached.
      found[last].assertions += 1
    }
  }

  private mutating func takeOutside(_ word: String) {
    if before == "import", word == "XCTest" {
      hasXCTest = true
    } else if before == "@", word == "Test" {
      isMarked = true
    } else if before == "func" || before == "`" && waiting == nil && isMarked {
      if isMarked || hasXCTest && word.hasPrefix("test") && takesNothing {
        waiting = TestFunction(name: word, line: scanner.line, assertions: 0)
      }
      isMarked = false
    }
  }

  /// Whether a function whose name was read last has no parameters.
  private var takesNothing: Bool {
    scanner.bytes[scanner.position...].prefix(64).filter { $0 > 0x20 }.starts(with: "()".utf8)
  }

  /// Whether what was read last is called, if only with a closure.
  private var isCall: Bool {
    let rest = scanner.bytes[scanner.position...].prefix(64).drop { $0 == 0x20 }
    return rest.first == UInt8(ascii: "(") || rest.first == UInt8(ascii: "{")
  }
}
