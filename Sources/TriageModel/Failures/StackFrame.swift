/// The source line that one line of a stack or a log names, whatever tool wrote it.
///
/// It knows Python's `File "x.py", line 3`, .NET's `in x.cs:line 3`, Java's and JavaScript's `at f (x.js:3:1)`, Xcode's
/// `x.swift#EndingLineNumber=2`, and `path.ext:12` as pytest, Go, Rust, Ruby, PHP, gtest and compilers write it.
package struct StackFrame: Equatable, Sendable {
  /// The bytes of a line that are looked at.
  private static let reach = 2000

  /// The source line.
  package private(set) var location: SourceLocation
  /// What is called there, as far as the line says it before the place: `com.acme.CartTest.adds`.
  package private(set) var function = ""
  /// Whether the line begins with the place, so that it is a frame and not a text that mentions one.
  package private(set) var isLeading: Bool
  /// Whether stacks of this kind end with the innermost frame, as Python's do, instead of beginning with it.
  package private(set) var isInnermostLast = false

  /// Reads a line; nil when it names no source line.
  package init?(line: UnsafeRawBufferPointer) {
    let line = LineBytes.trimmed(UnsafeRawBufferPointer(rebasing: line.prefix(Self.reach)))
    guard line.contains(where: LineBytes.isDigit) else { return nil }
    guard let found = Self.python(line) ?? Self.called(line) ?? Self.xcode(line) ?? Self.plain(line) else {
      return nil
    }
    self = found
  }

  /// Reads a line; nil when it names no source line.
  package init?(line: some StringProtocol) {
    let bytes = Array(line.utf8.prefix(Self.reach))
    guard let frame = bytes.withUnsafeBytes({ StackFrame(line: $0) }) else { return nil }
    self = frame
  }

  private init(_ file: String, _ line: Int, isLeading: Bool) {
    location = SourceLocation(file: file, line: line)
    self.isLeading = isLeading
  }

  /// `File "tests/test_a.py", line 12, in test_x`.
  private static func python(_ line: UnsafeRawBufferPointer) -> StackFrame? {
    guard let start = LineBytes.first("File \"", in: line),
      let end = LineBytes.first("\", line ", in: line, from: start + 6), end > start + 6,
      let number = LineBytes.number(at: end + 8, in: line)
    else { return nil }
    var frame = StackFrame(
      LineBytes.text(start + 6..<end, of: line), number, isLeading: isLead(line, before: start))
    frame.isInnermostLast = true
    return frame
  }

  /// A line that begins with `at `: `at Shop.Removes() in C:\src\Cart.cs:line 20`, `at com.acme.CartTest.adds(CartTest.java:21)`,
  /// `at async Context.<anonymous> (test/cart.js:9:21)`, `at /w/test/cart.js:9:21`.
  private static func called(_ line: UnsafeRawBufferPointer) -> StackFrame? {
    guard LineBytes.has("at ", at: 0, in: line) else { return address(line) }
    if let end = LineBytes.last(":line ", in: line), let lead = LineBytes.last(" in ", in: line), lead + 4 < end,
      let number = LineBytes.number(at: end + 6, in: line)
    {
      return frame(lead + 4..<end, number, calledIn: 3..<lead, of: line)
    }
    if line.last == 0x29, let open = line.lastIndex(of: 0x28), open > 3,
      let place = ending(open + 1..<line.count - 1, of: line)
    {
      return frame(place.file, place.number, calledIn: 3..<open, of: line)
    }
    let start = LineBytes.has("async ", at: 3, in: line) ? 9 : 3
    guard let place = ending(start..<line.count, of: line) else { return nil }
    return frame(place.file, place.number, calledIn: 3..<3, of: line)
  }

  /// `adds@http://localhost:9876/test/cart.js:9:21`, as Firefox and Safari write it.
  private static func address(_ line: UnsafeRawBufferPointer) -> StackFrame? {
    guard let mark = line.firstIndex(of: 0x40), LineBytes.first("://", in: line, from: mark) != nil,
      let place = ending(mark + 1..<line.count, of: line)
    else { return nil }
    return frame(place.file, place.number, calledIn: 0..<mark, of: line)
  }

  private static func frame(
    _ file: Range<Int>, _ number: Int, calledIn function: Range<Int>, of line: UnsafeRawBufferPointer
  ) -> StackFrame {
    var frame = StackFrame(withoutScheme(LineBytes.text(file, of: line)), number, isLeading: true)
    let name = UnsafeRawBufferPointer(rebasing: line[function])
    frame.function = String(decoding: LineBytes.trimmed(name), as: UTF8.self)
    return frame
  }

  /// `path:line` or `path:line:column` that fills a range whole.
  private static func ending(
    _ range: Range<Int>, of line: UnsafeRawBufferPointer
  ) -> (file: Range<Int>, number: Int)? {
    var end = range.upperBound
    var numbers: [Int] = []
    while numbers.count < 2 {
      var start = end
      while start > range.lowerBound, LineBytes.isDigit(line[start - 1]) { start -= 1 }
      guard start < end, start > range.lowerBound + 1, line[start - 1] == 0x3A,
        let number = LineBytes.number(at: start, in: line)
      else { break }
      numbers.append(number)
      end = start - 1
    }
    guard let number = numbers.last, hasExtension(line, range.lowerBound..<end) else { return nil }
    return (range.lowerBound..<end, number)
  }

  /// `… (CartTests.swift#EndingLineNumber=19&StartingLineNumber=19)`; Xcode counts these lines from 0.
  private static func xcode(_ line: UnsafeRawBufferPointer) -> StackFrame? {
    guard let end = LineBytes.first("#EndingLineNumber=", in: line) else { return nil }
    let start = line[..<end].lastIndex { $0 == 0x28 || $0 == 0x20 }.map { $0 + 1 } ?? 0
    let digits = line[(end + 18)...].prefix(8).prefix(while: LineBytes.isDigit)
    guard start < end, !digits.isEmpty else { return nil }
    let number = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) } + 1
    return StackFrame(LineBytes.text(start..<end, of: line), number, isLeading: true)
  }

  /// `path/name.ext:12` or, at the line's beginning, `name.ext(12)`: the extension holds a letter, the path no blank.
  private static func plain(_ line: UnsafeRawBufferPointer) -> StackFrame? {
    var place = 0
    while let mark = line[place...].firstIndex(where: { $0 == 0x3A || $0 == 0x28 }) {
      place = mark + 1
      guard let number = LineBytes.number(at: mark + 1, in: line) else { continue }
      var start = mark
      while start > 0, isPathByte(line[start - 1]) { start -= 1 }
      guard hasExtension(line, start..<mark), !LineBytes.has("//", at: start, in: line) else { continue }
      // A drive's letter belongs to the path.
      if start > 1, line[start - 1] == 0x3A, LineBytes.isLetter(line[start - 2]),
        start == 2 || !isPathByte(line[start - 3])
      {
        start -= 2
      }
      let isLeading = isLead(line, before: start)
      if line[mark] == 0x28, !isLeading { continue }
      var frame = StackFrame(withoutScheme(LineBytes.text(start..<mark, of: line)), number, isLeading: isLeading)
      // pytest: `test_a.py:12: AssertionError`, `test_a.py:12: in test_x`.
      frame.isInnermostLast = LineBytes.has(".py", at: mark - 3, in: line)
      return frame
    }
    return nil
  }

  /// Whether what stands before a place leads to it: no words, but pytest's `E`, Rust's `panicked at`, testify's
  /// `Error Trace:`, Elixir's application, vitest's and rustc's arrows, a test's name before minitest's `[place]:`.
  private static func isLead(_ line: UnsafeRawBufferPointer, before start: Int) -> Bool {
    let lead = LineBytes.trimmed(UnsafeRawBufferPointer(rebasing: line[..<start]))
    if !lead.contains(where: LineBytes.isLetter) { return true }
    if lead.count == 1, lead[0] == 0x45 { return true }
    if LineBytes.last(" panicked at", in: lead) != nil { return true }
    if LineBytes.has("Error Trace:", at: 0, in: lead) || LineBytes.has("\u{276F} ", at: 0, in: lead) { return true }
    if lead[0] == 0x28, lead.last == 0x29 { return true }
    if lead.last == 0x5B { return line.last == 0x3A && line.dropLast().last == 0x5D }
    return lead.last == 0x40 && !lead.contains(0x20)
  }

  private static func isPathByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x00...0x20, 0x22, 0x27, 0x28, 0x29, 0x3A, 0x3C, 0x3E, 0x40, 0x5B, 0x5D, 0x60, 0x7B, 0x7D: false
    default: true
    }
  }

  private static func hasExtension(_ line: UnsafeRawBufferPointer, _ path: Range<Int>) -> Bool {
    let end = line[path].lastIndex(of: 0x3F) ?? path.upperBound
    let tail = line[path.lowerBound..<end].suffix(7)
    guard let dot = tail.lastIndex(of: 0x2E), dot > path.lowerBound, dot + 1 < end else { return false }
    let kind = line[dot + 1..<end]
    return kind.contains(where: LineBytes.isLetter)
      && kind.allSatisfy { LineBytes.isLetter($0) || LineBytes.isDigit($0) }
  }

  /// A path without what a browser, a bundler or Node writes before it, and without a query.
  private static func withoutScheme(_ path: String) -> String {
    let bytes = Array(path.utf8)
    let end = bytes.firstIndex(of: 0x3F) ?? bytes.count
    let colon = bytes.withUnsafeBytes { LineBytes.first("://", in: $0) }
    guard let colon, bytes[..<colon].allSatisfy({ LineBytes.isLetter($0) || $0 == 0x2D }) else { return path }
    var rest = bytes[(colon + 3)..<max(end, colon + 3)]
    if bytes.starts(with: "http".utf8) { rest = rest.drop { $0 != 0x2F }.dropFirst() }
    if bytes.starts(with: "webpack".utf8) { rest = rest.drop { $0 == 0x2F } }
    return rest.isEmpty ? path : String(decoding: rest, as: UTF8.self)
  }
}

extension StackFrame {
  /// Whether the frame belongs to a language, its libraries or a test tool, and not to the project.
  package var isTools: Bool {
    if location.isOfLibrary { return true }
    let path = location.file.withSlashes
    return !isTest(path) && isToolsFunction(path)
  }

  /// Whether a file is named as tests of Java are: a tool that tests itself is its own project.
  private func isTest(_ path: String) -> Bool {
    ["Test.java", "Tests.java", "IT.java", "Spec.java", "Test.kt", "Tests.kt", "Spec.groovy", "Spec.scala"].contains {
      path.hasSuffix($0)
    }
  }

  /// Functions say whose a frame is where the path is only a file's name (Java), or a builder's folder (.NET).
  private func isToolsFunction(_ path: String) -> Bool {
    guard !function.isEmpty else { return false }
    if SourceLocation.hasClasses(path) {
      // `java.base/java.lang.reflect.Method.invoke`, `app//org.junit.Assert.fail`.
      let name = function.split(separator: "/").last.map(String.init) ?? function
      return Self.javaPackages.contains(where: name.hasPrefix)
    }
    if [".cs", ".fs", ".vb"].contains(where: path.hasSuffix) {
      return Self.dotNetNamespaces.contains(where: function.hasPrefix)
    }
    return false
  }

  private static let javaPackages = [
    "java.", "javax.", "jdk.", "sun.", "com.sun.", "jakarta.", "kotlin.", "kotlinx.", "scala.", "groovy.",
    "org.codehaus.groovy.", "org.apache.groovy.", "clojure.", "org.junit.", "junit.", "org.testng.", "org.opentest4j.",
    "org.hamcrest.", "org.assertj.", "org.mockito.", "org.easymock.", "org.powermock.", "mockit.", "io.mockk.",
    "io.kotest.", "org.spockframework.", "spock.", "org.scalatest.", "org.scalactic.", "munit.", "org.specs2.",
    "io.cucumber.", "cucumber.", "net.bytebuddy.", "org.springframework.", "org.gradle.", "worker.org.gradle.",
    "org.apache.maven.", "org.apache.tools.ant.", "com.intellij.", "androidx.test.", "androidx.junit.", "android.",
    "com.android.", "dalvik.", "org.robolectric.", "com.google.common.truth.", "com.google.testing.", "io.netty.",
    "reactor.core.", "com.google.common.base.Preconditions", "org.jacoco.", "org.apache.commons.lang3.Validate",
  ]
  private static let dotNetNamespaces = [
    "Xunit.", "NUnit.", "Microsoft.", "System.", "FluentAssertions.", "Shouldly.", "Moq.", "NSubstitute.",
    "ReflectionAbstractionExtensions.",
  ]
}
