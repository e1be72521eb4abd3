/// Numbers of lines in few characters: `12-14, 20`.
package enum LineRanges {
  /// The fact of an item that holds the lines that did not run.
  package static let missingFact = "missing"
  /// The fact that holds those that did.
  package static let coveredFact = "covered lines"
  private static let most = 300

  /// The text of rising numbers; what lies beyond some hundred ranges is counted.
  package static func text(of numbers: some Sequence<Int32>) -> String {
    var ranges: [ClosedRange<Int32>] = []
    for number in numbers {
      if let last = ranges.last, number > last.upperBound, number - 1 == last.upperBound {
        ranges[ranges.count - 1] = last.lowerBound...number
      } else {
        ranges.append(number...number)
      }
    }
    let texts = ranges.prefix(most).map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
    let rest = ranges.count - texts.count
    return texts.joined(separator: ", ") + (rest > 0 ? " … and \(CountText.of(rest)) more" : "")
  }
}
