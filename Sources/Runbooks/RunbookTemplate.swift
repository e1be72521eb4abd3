internal import DataSyntax
internal import SafeText
package import TriageModel

/// A new page for a failure, filled with what is known of it.
package struct RunbookTemplate: Sendable, Equatable {
  /// The name of its file, without a folder.
  package let name: String
  /// The page.
  package let text: String

  /// A page for a failure.
  ///
  /// - Parameters:
  ///   - title: The failure in one line; empty when it said nothing.
  ///   - seen: Where it was seen, in one line.
  package init(for subject: RuleSubject, title: String, owner: String?, seen: String, today: Timestamp) {
    let title = Self.heading(title.isEmpty ? subject.id : title)
    let rule = Self.rule(for: subject, title)
    var lines = ["---", "title: \(Self.quoted(title))", "match:"]
    for (number, condition) in rule.enumerated() {
      let value = condition.values.map(Self.quoted).joined()
      lines.append("  \(number == 0 ? "-" : " ") \(condition.field.word): \(value)")
    }
    // A severity lets failures through a gate: it is for a person to say.
    lines += ["# severity: ticket  # page, ticket or ignore", "owner: \(owner.map(Self.quoted) ?? "")"]
    lines += ["reviewed: \(today.dayText)", "---", "# \(Self.plain(title))", "", Self.plain(seen), ""]
    lines += ["## What it means", "", "## What to do", "", "- [ ] Run it again."]
    if let command = RerunCommand.of([subject.id]), !command.contains("`") {
      lines += ["", "  ```sh", "  " + command, "  ```"]
    }
    lines.append("")
    text = lines.joined(separator: "\n")
    name = Self.fileName(title)
  }

  /// The failure's message where that can be asked for, beside the test: whoever knows more widens it.
  private static func rule(for subject: RuleSubject, _ title: String) -> [RunbookRule.Condition] {
    let test = RunbookRule.Condition(.test, [subject.id])
    let words = title.hasSuffix("…") ? String(title.dropLast()) : title
    for message in [words, String(words.drop { $0 != ":" }.dropFirst().drop { $0 == " " })] where message.count > 7 {
      let conditions = [RunbookRule.Condition(.message, [pattern(of: message)]), test]
      let matcher = try? RuleMatcher(RunbookRule(conditions))
      if matcher?.specificity(for: subject) != nil { return conditions }
    }
    return [test]
  }

  /// A pattern that finds a text whatever its numbers are.
  static func pattern(of text: String) -> String {
    var pattern = ""
    var isNumber = false
    for character in text {
      if character.isASCII, character.isNumber {
        if !isNumber { pattern += "\\d+" }
        isNumber = true
        continue
      }
      isNumber = false
      if "\\^$.|?*+()[]{}".contains(character) { pattern += "\\" }
      pattern.append(character)
    }
    return pattern
  }

  private static func heading(_ title: String) -> String {
    let line = Sanitizer.line(title.split(whereSeparator: \.isNewline).first ?? "", limit: .max)
    return line.count > 100 ? String(line.prefix(99)) + "…" : line
  }

  /// A text as JSON writes it, which YAML reads as well.
  private static func quoted(_ text: String) -> String {
    var writer = JSONWriter()
    writer.string(text)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  /// A text that Markdown shows as it is written.
  private static func plain(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      if "\\`*_[]<>#|~&!".contains(character) { result += "\\" }
      result.append(character)
    }
  }

  private static func fileName(_ title: String) -> String {
    let words = title.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    let name = words.joined(separator: "-").prefix(60)
    return (name.isEmpty ? "failure" : String(name)) + ".md"
  }
}
