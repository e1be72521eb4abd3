/// Aligns two lists of lines that no golden is: the same search as for goldens, on exact lines.
package enum LineAlignment {
  /// For each line of the first list its partner in the second, increasing; nil where it has none.
  ///
  /// Where `steps` run out, some lines that are the same stand without a partner.
  package static func partners(
    of first: [String], in second: [String], steps: Int = 4_000_000
  ) -> (partners: [Int?], isLimited: Bool) {
    var numbers: [String: UInt32] = [:]
    func number(_ line: String) -> UInt32 {
      if let known = numbers[line] { return known }
      let next = UInt32(truncatingIfNeeded: numbers.count)
      numbers[line] = next
      return next
    }
    let (left, right) = (first.map(number), second.map(number))
    let found = AlignmentFinder.matches(expected: left, actual: right, kinds: numbers.count, steps: steps)
    var partners = [Int?](repeating: nil, count: first.count)
    for match in found.matches {
      for offset in 0..<match.count { partners[match.expected + offset] = match.actual + offset }
    }
    return (partners, found.isLimited)
  }
}
