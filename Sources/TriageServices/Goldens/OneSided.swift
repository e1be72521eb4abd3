internal import Goldens
internal import TriageModel

/// The comparison of a golden that has only one side: a new one, or one that is not used any more.
enum OneSided {
  /// Compares with nothing; `name` is the golden's file name.
  static func comparison(expected: [UInt8]?, actual: [UInt8]?, name: String) -> Comparison {
    var comparison = GoldenKinds.compare(expected ?? [], actual ?? [], name: name, kind: "text")
    let count = max(comparison.summary.added, comparison.summary.removed)
    let size = comparison.summary.unit == "lines" ? "\(CountText.of(count)) lines" : "it has one side"
    comparison.drift = Drift(.oneSided, actual == nil ? "not used any more, \(size)" : "new, \(size)")
    comparison.summary.structure = [actual == nil ? "there is no actual" : "there was no golden"]
    comparison.remarks = []
    return comparison
  }
}
