/// Playwright's account of a failure, whose JUnit short text was, before 2026, where the test is and what it is called.
enum PlaywrightText {
  /// Whether a short text is `cart.spec.ts:5:1 opens cart`, told from its bytes.
  static func mayBeTitle(_ message: UnsafeRawBufferPointer) -> Bool {
    let word = message.prefix(512).prefix { $0 != 0x20 }
    let parts = word.split(separator: 0x3A)
    guard parts.count >= 3, word.count < message.count else { return false }
    return parts.suffix(2).allSatisfy { $0.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } } && word.contains(0x2E)
  }

  /// Whether a short text is `cart.spec.ts:5:1 opens cart`.
  static func isTitle(_ message: String) -> Bool {
    var message = message
    return message.withUTF8 { mayBeTitle(UnsafeRawBufferPointer($0)) }
  }

  /// The first paragraph behind the heading, and those behind it up to the source or the stack.
  static func reason(in details: String) -> String? {
    let lines = details.reasonLines.map { String($0.drop { $0 == " " }) }
    guard let heading = lines.firstIndex(where: { !$0.isEmpty }), lines[heading].holds("\u{203A}") else {
      return nil
    }
    var kept: [String] = []
    for line in lines[(heading + 1)...] {
      if isSource(line) || line.hasPrefix("at ") || line.hasPrefix("Call log:") || line.hasPrefix("attachment #") {
        break
      }
      kept.append(line)
    }
    let paragraphs = kept.drop { $0.isEmpty }
    let end = paragraphs.lastIndex { !$0.isEmpty }
    guard let end else { return nil }
    let text = paragraphs[...end].joined(separator: "\n")
    return text.hasPrefix("Error: ") ? String(text.dropFirst(7)) : text
  }

  /// `> 4 |   await page.goto('/');`, `  3 | test(…`, `    |   ^`.
  private static func isSource(_ line: String) -> Bool {
    let rest = line.hasPrefix(">") ? line.dropFirst().drop { $0 == " " } : line[...]
    let number = rest.prefix { $0.isASCII && $0.isNumber }
    let isMarked = rest.dropFirst(number.count).drop { $0 == " " }.hasPrefix("|")
    return isMarked && (!number.isEmpty || rest.hasPrefix("|"))
  }
}
