/// Reads the text of a glob.
enum GlobParser {
  private static let alternativeLimit = 64
  private static let lengthLimit = 1024

  /// The pattern once for each way through its `{a,b}`; unclosed braces are plain text.
  static func alternatives(of pattern: String) -> [String] {
    var done: [String] = []
    var open = [String(pattern.prefix(lengthLimit))]
    while let next = open.popLast(), done.count < alternativeLimit {
      guard let (head, choices, tail) = firstBraces(next) else {
        done.append(next)
        continue
      }
      open += choices.reversed().prefix(alternativeLimit).map { head + $0 + tail }
      if open.count > alternativeLimit * 4 { open.removeFirst(open.count - alternativeLimit * 4) }
    }
    return done
  }

  /// The first closed braces of a pattern: what stands before, its choices, what stands after.
  private static func firstBraces(_ pattern: String) -> (head: String, choices: [String], tail: String)? {
    guard let start = pattern.firstIndex(of: "{") else { return nil }
    var depth = 0
    var choices = [""]
    var index = start
    while index < pattern.endIndex {
      let character = pattern[index]
      index = pattern.index(after: index)
      switch character {
      case "{":
        depth += 1
        if depth > 1 { choices[choices.count - 1].append(character) }
      case "}":
        depth -= 1
        if depth == 0 { return (String(pattern[..<start]), choices, String(pattern[index...])) }
        choices[choices.count - 1].append(character)
      case "," where depth == 1: choices.append("")
      default: choices[choices.count - 1].append(character)
      }
    }
    return nil
  }

  /// The steps of a pattern without braces.
  static func tokens(of pattern: String) -> [GlobToken] {
    let scalars = Array(pattern.unicodeScalars)
    var tokens: [GlobToken] = []
    var index = 0
    while index < scalars.count {
      switch scalars[index] {
      case "*": tokens.append(stars(scalars, &index))
      case "?": tokens.append(.one)
      case "[": tokens.append(set(scalars, &index))
      case "\\" where index + 1 < scalars.count:
        index += 1
        tokens.append(.scalar(scalars[index]))
      default: tokens.append(.scalar(scalars[index]))
      }
      index += 1
    }
    return tokens
  }

  /// Reads one or more stars; `**/` counts as folders only at the start of a part.
  private static func stars(_ scalars: [Unicode.Scalar], _ index: inout Int) -> GlobToken {
    let start = index
    while index + 1 < scalars.count, scalars[index + 1] == "*" { index += 1 }
    guard index > start else { return .star }
    let beginsPart = start == 0 || scalars[start - 1] == "/"
    if beginsPart, index + 1 < scalars.count, scalars[index + 1] == "/" {
      index += 1
      return .folders
    }
    return .everything
  }

  /// Reads `[…]`; without its end the bracket is plain text.
  private static func set(_ scalars: [Unicode.Scalar], _ index: inout Int) -> GlobToken {
    var place = index + 1
    let isNegated = place < scalars.count && (scalars[place] == "!" || scalars[place] == "^")
    if isNegated { place += 1 }
    let first = place
    var ranges: [ClosedRange<Unicode.Scalar>] = []
    while place < scalars.count, scalars[place] != "]" || place == first {
      if place + 2 < scalars.count, scalars[place + 1] == "-", scalars[place + 2] != "]" {
        if scalars[place] <= scalars[place + 2] { ranges.append(scalars[place]...scalars[place + 2]) }
        place += 3
      } else {
        ranges.append(scalars[place]...scalars[place])
        place += 1
      }
    }
    guard place < scalars.count else { return .scalar("[") }
    index = place
    return .set(ranges, isNegated: isNegated)
  }
}
