/// What a failure said, line by line, without pytest's `E` in front.
struct FailureText {
  /// The lines, without their ends.
  let lines: [Substring]

  init(_ text: String) {
    // CR LF is one Character and no LF: lines are split where the bytes say so.
    lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map {
      Substring($0.last == 0x0D ? $0.dropLast() : $0)
    }
  }

  /// The lines that follow the first one that ends with `mark` and belong to it, without what stands before all of them.
  ///
  /// pytest writes `E` and blanks before each line of an error's text: the block ends where a line has another beginning.
  func block(after mark: String) -> [Substring]? {
    for (number, line) in lines.enumerated() where line.hasSuffix(mark) {
      let margin = Self.margin(of: line)
      return Array(lines[(number + 1)...].prefix { Self.belongs($0, margin) }.map { Self.without($0, margin) })
    }
    return nil
  }

  /// What a line of an error's text begins with: `E` and blanks; nothing in a text that pytest did not lay out.
  static func margin(of line: Substring) -> Substring {
    guard line.utf8.first == 0x45 else { return "" }
    let blanks = line.dropFirst().prefix { $0 == " " }
    guard !blanks.isEmpty else { return "" }
    return line[..<blanks.endIndex]
  }

  /// Whether a line belongs to the text with the given margin; trailing blanks may have been lost.
  static func belongs(_ line: Substring, _ margin: Substring) -> Bool {
    margin.isEmpty || line.hasPrefix(margin) || (line.hasPrefix("E") && line.dropFirst().allSatisfy { $0 == " " })
  }

  /// A line without its margin.
  static func without(_ line: Substring, _ margin: Substring) -> Substring {
    line.hasPrefix(margin) ? line.dropFirst(margin.count) : ""
  }
}
