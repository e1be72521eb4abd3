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
