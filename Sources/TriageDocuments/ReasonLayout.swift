internal import SafeText
internal import TerminalKit
internal import TriageModel

/// A failure's reason laid out as lines, what a person reads first: its exception and message, and the few lines that say
/// what differed.
///
/// pytest cuts long values in its message (`{'a': ...}`) and says them whole in its `E` lines; those are preferred.
struct ReasonLayout: Equatable {
  /// The exception and its message.
  private(set) var title = ""
  /// What else tells, a line each: values, sub-exceptions, a falsifying example, a table of mismatches.
  private(set) var details: [String] = []
  /// All of the text that the reason was taken from.
  private(set) var whole: [String] = []

  /// Lines of a text that are looked at.
  private static let longest = 4000

  /// The reason that a failure gives.
  init(_ failure: Failure) {
    self.init(type: failure.type, message: failure.message, details: failure.details)
  }

  /// The reason in the texts of a failure.
  init(type: String, message: String, details: String) {
    let message = Self.lines(message)
    let details = Self.lines(details)
    let quoted = Self.quoted(in: details)
    if let group = ExceptionGroupText(details.isEmpty ? message : details) {
      title = group.title
      self.details = group.parts
      whole = message.isEmpty ? details : message
    } else if let example = DoctestText(details.isEmpty ? message : details) {
      title = example.title
      self.details = example.parts
      whole = message.isEmpty ? details : message
    } else {
      whole = !quoted.isEmpty ? quoted : message.isEmpty ? details : message
      take(Self.exceptionFirst(Self.telling(whole)))
    }
    name(type)
  }

  /// Whether nothing was left out of the text.
  var isWhole: Bool {
    let shown = ([title] + details).joined(separator: "\n")
    return whole.allSatisfy { shown.contains($0.trimmed) }
  }

  private static func lines(_ text: String) -> [String] {
    text.isEmpty ? [] : OutputLines.lines(of: text, limit: longest).lines.map(\.text)
  }

  /// The last block of pytest's `E` lines, without the mark: of a chain of exceptions the one that reached the test.
  private static func quoted(in lines: [String]) -> [String] {
    func isQuoted(_ line: String) -> Bool { line == "E" || line.hasPrefix("E  ") || line.hasPrefix("E\t") }
    guard let last = lines.lastIndex(where: isQuoted) else { return [] }
    var first = last
    while first > 0, isQuoted(lines[first - 1]) { first -= 1 }
    let block = lines[first...last].map { String($0.dropFirst()) }
    let indent = block.filter { !$0.trimmed.isEmpty }.map { $0.prefix { $0 == " " }.count }.min() ?? 0
    return block.map { String($0.dropFirst(indent)) }
  }

  private mutating func take(_ lines: [String]) {
    guard var first = lines.first?.trimmed else { return }
    var rest = lines.dropFirst()
    if Self.isCutAssertion(first), !rest.isEmpty {
      // What the cut expression leaves out stands below it.
      first = String(first.prefix(upTo: first.firstRange(of: "assert ")?.lowerBound ?? first.endIndex)).trimmed
      if first.isEmpty { first = "AssertionError" }
    } else if first.hasSuffix(":"), let next = rest.first, !QuotedChanges.isMark(next) {
      first += " " + next.trimmed
      rest = rest.dropFirst()
    }
    title = first.hasSuffix(":") ? String(first.dropLast()) : first
    let (example, others) = Self.withExampleApart(Array(rest))
    let changes = QuotedChanges.pairs(in: others)
    details = Self.withoutIndent(example + (changes.isEmpty ? others : changes))
  }

  private static func withoutIndent(_ lines: [String]) -> [String] {
    let indent = lines.map { $0.prefix { $0 == " " }.count }.min() ?? 0
    return lines.map { String($0.dropFirst(indent)) }
  }

  /// A text that begins with a frame says at its end what was raised: that goes first.
  private static func exceptionFirst(_ lines: [String]) -> [String] {
    guard let first = lines.first?.trimmed, first.hasPrefix("File \""),
      let raised = lines.lastIndex(where: isException)
    else { return lines }
    return [lines[raised]] + lines[..<raised]
  }

  /// `SyntaxError: invalid syntax`: a class, dots in its name perhaps, and a colon.
  private static func isException(_ line: String) -> Bool {
    let words = line.trimmed
    let name = words.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
    return name.contains(where: \.isUppercase) && words[name.endIndex...].hasPrefix(":") && name.count > 3
  }

  private static func isCutAssertion(_ line: String) -> Bool {
    (line.hasPrefix("assert ") || line.hasPrefix("AssertionError: assert ")) && line.contains("...")
  }

  /// Puts the exception's class before a message that lacks it.
  private mutating func name(_ type: String) {
    let type = Sanitizer.line(type, limit: 200).trimmed
    let short = type.split(whereSeparator: { $0 == "." || $0 == "$" }).last.map(String.init) ?? type
    if title.isEmpty { title = type }
    if title.hasPrefix("assert ") { title = "AssertionError: " + title }
    if !short.isEmpty, !title.contains(short), !short.contains(" ") { title = type + ": " + title }
  }

  // MARK: - What does not tell

  /// The lines that say something: no blank ones, no paths of a machine nobody is at, no advice of the tool.
  private static func telling(_ lines: [String]) -> [String] {
    var kept: [String] = []
    for line in lines where !line.trimmed.isEmpty && !isAdvice(line) {
      if isPath(line) {
        // `Expected:` above a path only introduces it.
        if let label = kept.last, label.hasSuffix(":"), !label.contains(" ") || label.hasPrefix(" ") || kept.count > 1 {
          kept.removeLast()
        }
        continue
      }
      let words = withoutPath(line)
      kept.append(String(words.reversed().drop { $0 == " " }.reversed()))
    }
    return kept
  }

  private static func isAdvice(_ line: String) -> Bool {
    let words = line.trimmed
    return words.hasPrefix("Use -v to get") || words.hasPrefix("Omitting ") || words.hasPrefix("HTML DIFF:")
      || words.hasPrefix("...Full output truncated") || words == "Traceback (most recent call last):"
  }

  private static func isPath(_ line: String) -> Bool {
    let words = line.trimmed
    return (words.hasPrefix("/") || words.hasPrefix("file://")) && !words.contains(" ") && words.count > 8
      && words.dropFirst().contains("/")
  }

  /// `FILES DIFFER: /builds/…/a.yml` without the path of the machine that it ran on.
  private static func withoutPath(_ line: String) -> String {
    guard let colon = line.firstRange(of: ": /"), isPath(String(line[colon.lowerBound...].dropFirst(2))) else {
      return line
    }
    return String(line[..<colon.lowerBound])
  }

  private static func isExample(_ line: String) -> Bool {
    line.trimmed.hasPrefix("Falsifying example:") || line.trimmed.hasPrefix("Failing test case:")
  }

  /// Hypothesis' failing example in one line, first: it is what a person runs again. Then the other lines.
  private static func withExampleApart(_ lines: [String]) -> (example: [String], others: [String]) {
    guard let start = lines.firstIndex(where: isExample) else { return ([], lines) }
    var end = start + 1
    if !lines[start].hasSuffix(")") {
      while end < lines.count, lines[end].trimmed != ")" { end += 1 }
      end = min(end + 1, lines.count)
    }
    // A remark behind a value (`# or any other generated value`) is no part of the call.
    let words = lines[start..<end].map { line in
      (line.firstRange(of: "  # ").map { String(line[..<$0.lowerBound]) } ?? line).trimmed
    }
    var example = words[0]
    for word in words.dropFirst() {
      example += word == ")" || example.hasSuffix("(") ? word : " " + word
    }
    return ([example.replacing(",)", with: ")")], Array(lines[..<start] + lines[end...]))
  }
}

extension StringProtocol {
  /// Without the blanks around it.
  var trimmed: String {
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\r" }
    let body = drop(while: isBlank)
    return String(body.lastIndex { !isBlank($0) }.map { body[...$0] } ?? body[..<body.startIndex])
  }
}
