internal import TerminalKit

/// Tells the lines of a comparison (`- expected`, `+ actual`) that a failure's text holds from other text.
enum QuotedComparison {
  /// Whether lines hold a comparison: some begin with `-` and some with `+`.
  static func isOne(_ lines: [String]) -> Bool {
    lines.contains { role(of: $0, isComparison: true) == .minus }
      && lines.contains { role(of: $0, isComparison: true) == .plus }
  }

  /// What a line is: a side of a comparison, the pointer below it, what went wrong (the first line that pytest marks
  /// with `E`), or plain text.
  static func role(of line: String, isComparison: Bool, isFirst: Bool = false) -> Role {
    let isMarked = line.hasPrefix("E ")
    let content = line.dropFirst(isMarked ? 1 : 0).drop { $0 == " " }
    if isComparison {
      if content == "-" || content.hasPrefix("- ") { return .minus }
      if content == "+" || content.hasPrefix("+ ") { return .plus }
      if content.hasPrefix("? ") { return .dim }
    }
    return isMarked && isFirst ? .fail : .text
  }
}
