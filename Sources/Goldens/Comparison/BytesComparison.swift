internal import TriageModel

/// Two goldens of no kind that is read: where they begin to differ.
package struct BytesComparison: Sendable, Equatable {
  /// The golden.
  package let expected: [UInt8]
  /// What the run produced.
  package let actual: [UInt8]
  /// The first byte that differs; the shorter side's length when it begins the longer.
  package let firstDifference: Int

  /// A comparison of bytes.
  package init(expected: [UInt8], actual: [UInt8]) {
    self.expected = expected
    self.actual = actual
    firstDifference = ByteRuns.firstDifference(expected, actual)
  }

  /// How many bytes differ at the same place, and how many only one side has behind the other's end.
  var summary: ChangeSummary {
    var summary = ChangeSummary(unit: "bytes")
    let common = min(expected.count, actual.count)
    summary.total = max(expected.count, actual.count)
    summary.removed = expected.count - common
    summary.added = actual.count - common
    expected.withUnsafeBufferPointer { left in
      actual.withUnsafeBufferPointer { right in
        for index in firstDifference..<common where left[index] != right[index] { summary.changed += 1 }
      }
    }
    summary.first = "byte \(firstDifference)"
    summary.worst = summary.first
    return summary
  }
}
