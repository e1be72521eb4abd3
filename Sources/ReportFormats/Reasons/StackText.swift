internal import TriageModel

/// The reason in a text that holds reason and stack together, as tools write it that give no short text, or a word only.
enum StackText {
  /// Short texts that say nothing (go-junit-report, gotestsum, Gradle, Bazel …), in lower case.
  private static let empty: Set<String> = [
    "", "failed", "failure", "fail", "error", "test failed", "test failure", "null", "build error", "runtime error",
  ]
  /// The most lines of a reason.
  private static let mostLines = 40

  /// Whether a short text says nothing.
  static func isEmpty(_ written: String) -> Bool {
    empty.contains(written.lowercased()) || (written.holds(" panicked at ") && !written.holds("'."))
  }

  /// Whether a short text may say nothing, told from its bytes.
  static func mayBeEmpty(_ written: UnsafeRawBufferPointer) -> Bool {
    written.count <= 13 || XMLBytes.range(of: " panicked at ", in: written) != nil
  }

  /// The reason; nil where the text holds nothing but frames.
  static func reason(in text: String) -> String? {
    let lines = PytestText.withoutWorker(text.reasonLines).filter { !isMarker($0) }
    let found = traceback(lines) ?? panic(lines) ?? goMessage(lines) ?? head(lines)
    guard let found, let first = found.firstIndex(where: isFilled), let last = found.lastIndex(where: isFilled) else {
      return nil
    }
    return found[first...last].prefix(mostLines).joined(separator: "\n")
  }

  /// Python's: the line behind the last frame that is not indented, and what belongs to it.
  private static func traceback(_ lines: [String]) -> [String]? {
    guard let start = lines.lastIndex(where: { $0.hasPrefix("Traceback (most recent call last):") }),
      let first = lines[(start + 1)...].firstIndex(where: { isFilled($0) && !$0.hasPrefix(" ") })
    else { return nil }
    return Array(lines[first...].prefix(while: isFilled))
  }

  /// Rust's: the lines behind `thread 'x' panicked at src/cart.rs:14:9:`, or `panicked at 'no', src/cart.rs:14:9`; Go's `panic: no`.
  private static func panic(_ lines: [String]) -> [String]? {
    if let go = lines.first(where: { $0.hasPrefix("panic: ") }) { return [go] }
    guard let start = lines.firstIndex(where: { $0.holds(" panicked at ") }) else { return nil }
    if let message = lines[start].split(separator: " panicked at '").dropFirst().first,
      let end = message.lastIndex(of: "'")
    {
      return [String(message[..<end])]
    }
    let message = lines[(start + 1)...].prefix { line in
      !line.hasPrefix("note: ") && !line.hasPrefix("stack backtrace:") && isFilled(line)
    }
    return message.isEmpty ? nil : Array(message)
  }

  /// Go's: `cart_test.go:21: want 0` without the place.
  private static func goMessage(_ lines: [String]) -> [String]? {
    guard let start = lines.firstIndex(where: { StackFrame(line: $0)?.location.file.hasSuffix(".go") == true }),
      let end = lines[start].utf8.firstIndex(of: 0x3A)
    else { return nil }
    let rest = String(lines[start][end...].dropFirst().drop { $0.isNumber })
    guard rest.hasPrefix(": ") || rest == ":" else { return nil }
    let following = lines[(start + 1)...].prefix { StackFrame(line: $0)?.isLeading != true }
    let message = String(rest.dropFirst(2))
    if isFilled(message) { return [message] + following }
    // testify writes a table: `Error Trace:`, `Error:`, `Test:`.
    return lines[(start + 1)...].firstIndex { trimmed($0).hasPrefix("Error:") }.map { place in
      [trimmed(String(trimmed(lines[place]).dropFirst(6)))]
        + lines[(place + 1)...].map(trimmed).prefix { !$0.hasPrefix("Test:") && !$0.hasPrefix("Messages:") }
    }
  }

  /// Others': what stands before the first frame; behind it where the text begins with the place (gtest).
  private static func head(_ lines: [String]) -> [String]? {
    let filled = lines.drop { !isFilled($0) }
    guard let first = filled.first else { return nil }
    let rest = StackFrame(line: first)?.isLeading == true ? filled.dropFirst() : filled
    let message = rest.prefix { line in
      StackFrame(line: line)?.isLeading != true && !trimmed(line).hasPrefix("at ")
    }
    return message.contains(where: isFilled) ? Array(message) : nil
  }

  /// What Go's test binary says of its going on: `=== RUN   TestA`, `--- FAIL: TestA (0.00s)`, `FAIL\tshop\t0.001s`.
  private static func isMarker(_ line: String) -> Bool {
    let line = trimmed(line)
    return line.hasPrefix("=== ") || line.hasPrefix("--- FAIL: ") || line.hasPrefix("FAIL\t") || line == "FAIL"
  }

  private static func isFilled(_ line: String) -> Bool { line.utf8.contains { $0 > 0x20 } }

  private static func trimmed(_ line: String) -> String {
    var rest = line.utf8[...]
    while let first = rest.first, first <= 0x20 { rest.removeFirst() }
    while let last = rest.last, last <= 0x20 { rest.removeLast() }
    return String(decoding: rest, as: UTF8.self)
  }
}

/// Exceptions that only carry another one: the reason is what they carry.
enum WrappedException {
  /// The last part of the names of those that say nothing of their own.
  private static let carriers = [
    "InvocationTargetException", "ExecutionException", "CompletionException", "UndeclaredThrowableException",
    "ExceptionInInitializerError", "TargetInvocationException", "TypeInitializationException", "AggregateException",
  ]

  /// Whether a type may be one that carries another.
  static func mayCarry(_ type: UnsafeRawBufferPointer) -> Bool {
    type.count >= 18 && carriers.contains { type.suffix($0.utf8.count).elementsEqual($0.utf8) }
  }

  /// The innermost exception that a stack tells of behind `Caused by: ` (Java) or `---- ` (xUnit); nil for none.
  static func cause(in details: String) -> (type: String, message: String)? {
    for mark in ["Caused by: ", "---- ", " ---> "] {
      guard let line = details.reasonLines.last(where: { $0.hasPrefix(mark) && !$0.hasPrefix("---- Inner Stack") })
      else { continue }
      let text = line.dropFirst(mark.utf8.count)
      let type = text.prefix { $0.isLetter || $0.isNumber || $0 == "." || $0 == "$" || $0 == "_" }
      guard type.contains(".") else { continue }
      let message = text.dropFirst(type.count).drop { $0 == " " || $0 == ":" }
      return (String(type), message.isEmpty ? String(type) : String(message))
    }
    return nil
  }
}
