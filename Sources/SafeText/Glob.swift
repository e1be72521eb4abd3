/// A file name pattern: `*` and `?` stay inside one folder, `**` crosses folders, `[a-z]`, `{a,b}`.
///
/// Matching takes time in proportion to pattern times path, whatever the pattern.
package struct Glob: Sendable, Hashable {
  /// The pattern as it was written.
  package let source: String
  private let alternatives: [[GlobToken]]

  /// A pattern for a whole path; one that expands to too many alternatives keeps the first ones.
  package init(_ pattern: String) {
    source = pattern
    alternatives = GlobParser.alternatives(of: pattern).map(GlobParser.tokens(of:))
  }

  /// A pattern as CODEOWNERS and gitignore mean it.
  ///
  /// A slash at the start or inside ties it to the root; without one it fits at any depth. A slash at the end means what
  /// is inside the folder. Any other pattern fits the path and what is inside it, except that a last part of `*` fits
  /// only files in that folder.
  package init(ownersPattern pattern: String) {
    var body = Substring(pattern)
    let inside = body.hasSuffix("/")
    if inside { body = body.dropLast() }
    let isRooted = body.contains("/")
    if body.hasPrefix("/") { body = body.dropFirst() }
    let start = isRooted ? String(body) : "**/" + body
    let endsInStar = isRooted && (body == "*" || body.hasSuffix("/*"))
    var patterns = inside ? [] : [start]
    if inside || !endsInStar { patterns.append(start + "/**") }
    source = pattern
    alternatives = patterns.flatMap(GlobParser.alternatives(of:)).map(GlobParser.tokens(of:))
  }

  /// Whether a path fits; parts are parted by `/`.
  package func matches(_ path: String) -> Bool {
    let scalars = Array(path.unicodeScalars)
    return alternatives.contains { Self.matches($0, scalars) }
  }

  /// Steps all places of the pattern at once through the path.
  private static func matches(_ tokens: [GlobToken], _ path: [Unicode.Scalar]) -> Bool {
    var places = [Bool](repeating: false, count: tokens.count + 1)
    enter(0, tokens, &places)
    for scalar in path {
      var next = [Bool](repeating: false, count: tokens.count + 1)
      for (index, token) in tokens.enumerated() where places[index] {
        switch token.step(scalar) {
        case .no: break
        case .stay: next[index] = true
        case .advance: enter(index + 1, tokens, &next)
        case .both:
          next[index] = true
          enter(index + 1, tokens, &next)
        }
      }
      places = next
    }
    return places[tokens.count]
  }

  /// Marks a place, and those after tokens that may match nothing.
  private static func enter(_ index: Int, _ tokens: [GlobToken], _ places: inout [Bool]) {
    var index = index
    while !places[index] {
      places[index] = true
      guard index < tokens.count, tokens[index].mayBeEmpty else { return }
      index += 1
    }
  }
}

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

/// One step of a compiled glob.
enum GlobToken: Hashable, Sendable {
  case scalar(Unicode.Scalar)
  /// `?`
  case one
  /// `*`
  case star
  /// `**`
  case everything
  /// `**/`: any number of whole folders.
  case folders
  /// `[a-z]`, `[!a]`
  case set([ClosedRange<Unicode.Scalar>], isNegated: Bool)

  enum Step {
    case no
    case stay
    case advance
    case both
  }

  /// Whether it may match nothing.
  var mayBeEmpty: Bool { self == .star || self == .everything || self == .folders }

  /// What a scalar does to it.
  func step(_ scalar: Unicode.Scalar) -> Step {
    switch self {
    case .scalar(let own): scalar == own ? .advance : .no
    case .one: scalar == "/" ? .no : .advance
    case .star: scalar == "/" ? .no : .both
    case .everything: .both
    case .folders: scalar == "/" ? .both : .stay
    case .set(let ranges, let isNegated):
      scalar != "/" && ranges.contains { $0.contains(scalar) } != isNegated ? .advance : .no
    }
  }
}
