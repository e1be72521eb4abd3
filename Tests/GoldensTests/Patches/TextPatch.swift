@testable import Goldens

/// What makes one text of another, byte for byte: spans of lines that are replaced.
struct TextPatch: Equatable, Sendable {
  /// Lines that are replaced by bytes.
  struct Hunk: Equatable, Sendable {
    /// The lines of the old text.
    var lines: Range<Int>
    /// What stands in their place, with its line ends.
    var bytes: [UInt8]
  }

  /// The spans, top to bottom; those between them stay.
  let hunks: [Hunk]

  /// The patch from one text to another; `steps` bounds the search for lines in common, not the result.
  init(from old: [UInt8], to new: [UInt8], steps: Int = GoldenLimits().alignmentSteps) {
    let left = TextLines(old)
    let right = TextLines(new)
    let found = TextMatcher(expected: left, actual: right).matches(steps: steps)
    var hunks: [Hunk] = []
    var next = (old: 0, new: 0)
    func replace(_ lines: Range<Int>, _ others: Range<Int>) {
      if lines.isEmpty && others.isEmpty { return }
      let bytes =
        others.isEmpty
        ? [] : Array(new[right.range(others.lowerBound).lowerBound..<right.range(others.upperBound - 1).upperBound])
      hunks.append(Hunk(lines: lines, bytes: bytes))
    }
    for match in found.matches {
      replace(next.old..<match.expected, next.new..<match.actual)
      // Matches do not look at line ends, and trust a hash: the patch does neither.
      for offset in 0..<match.count {
        let (line, other) = (match.expected + offset, match.actual + offset)
        if old[left.range(line)] != new[right.range(other)] { replace(line..<line + 1, other..<other + 1) }
      }
      next = (match.expected + match.count, match.actual + match.count)
    }
    replace(next.old..<left.count, next.new..<right.count)
    self.hunks = hunks
  }

  /// The new text; nil when the old one is too short for the patch.
  func applied(to old: [UInt8]) -> [UInt8]? {
    let lines = TextLines(old)
    var new: [UInt8] = []
    var next = 0
    for hunk in hunks {
      guard hunk.lines.lowerBound >= next, hunk.lines.upperBound <= lines.count else { return nil }
      new += Self.bytes(lines, next..<hunk.lines.lowerBound)
      new += hunk.bytes
      next = hunk.lines.upperBound
    }
    return new + Self.bytes(lines, next..<lines.count)
  }

  private static func bytes(_ lines: TextLines, _ range: Range<Int>) -> ArraySlice<UInt8> {
    range.isEmpty
      ? [] : lines.bytes[lines.range(range.lowerBound).lowerBound..<lines.range(range.upperBound - 1).upperBound]
  }
}
