/// The lines of a quoted difference that differ, each old one beside its new one: a few rows then tell the change.
enum QuotedChanges {
  /// The changed lines; empty where the text quotes no difference.
  static func pairs(in lines: [String]) -> [String] {
    let head = lines.firstIndex { $0.trimmed.hasPrefix("Full diff") || $0.trimmed.hasPrefix("@@ ") }
    guard head != nil || QuotedComparison.isOne(lines) else { return [] }
    var found: [String] = []
    var old: [String] = []
    var new: [String] = []
    for line in lines[(head.map { $0 + 1 } ?? 0)...] {
      let words = line.trimmed
      let isMarked = head != nil || words.hasPrefix("- ") || words.hasPrefix("+ ")
      if isMarked, words.hasPrefix("-"), !words.hasPrefix("---") {
        // A new block of old lines ends the pairs before it.
        if !new.isEmpty { append(&old, &new, to: &found) }
        old.append(words)
      } else if isMarked, words.hasPrefix("+"), !words.hasPrefix("+++") {
        new.append(words)
      } else if !words.hasPrefix("?") {
        append(&old, &new, to: &found)
      }
    }
    append(&old, &new, to: &found)
    return found
  }

  /// Whether a line belongs to a quoted difference: what stands above it is no beginning of its sentence.
  static func isMark(_ line: String) -> Bool {
    ["---", "+++", "@@ ", "- ", "+ ", "? "].contains { line.trimmed.hasPrefix($0) }
  }

  private static func append(_ old: inout [String], _ new: inout [String], to found: inout [String]) {
    for place in 0..<max(old.count, new.count) {
      if place < old.count { found.append(old[place]) }
      if place < new.count { found.append(new[place]) }
    }
    old = []
    new = []
  }
}
