package import TriageModel

/// The runs of a repository at one version of the store: what every question about tests begins with.
///
/// The store keeps the last one and reads it anew only when the repository's version has moved, by whichever process.
package struct HistorySnapshot: Sendable, Equatable {
  /// Counts the changes of the repository's runs; 0 for one that was never heard of.
  package let version: Int64
  /// All runs, newest first; runs of one moment by their ids, which are mostly counters, then their sources.
  package let runs: [RunRecord]
  /// Where each run stands in time, in milliseconds since 1970.
  let places: [Int64]

  /// The runs that a filter lets through, newest first.
  package func runs(_ filter: HistoryFilter) -> [RunRecord] {
    var range = runs[...]
    if let run = filter.upTo { range = range[(range.firstIndex { $0.key == run } ?? range.endIndex)...] }
    if case .days(let days) = filter.window, let newest = places.first {
      let oldest = Self.moment(days: days, before: newest)
      range = range[..<max(range.startIndex, places.firstIndex { $0 < oldest } ?? places.endIndex)]
    }
    let limit = max(0, filter.limit ?? .max)
    if filter.branch == nil, filter.labels.isEmpty { return Array(range.prefix(limit)) }
    return Array(range.lazy.filter { Self.fits($0, filter) }.prefix(limit))
  }

  /// The runs that began more than so many days before the newest.
  func runs(olderThan days: Int) -> ArraySlice<RunRecord> {
    guard let newest = places.first else { return [] }
    let oldest = Self.moment(days: days, before: newest)
    return runs[(places.firstIndex { $0 < oldest } ?? runs.endIndex)...]
  }

  private static func fits(_ run: RunRecord, _ filter: HistoryFilter) -> Bool {
    if let branch = filter.branch, run.branch != branch { return false }
    return filter.labels.allSatisfy { run.labels[$0.key] == $0.value }
  }

  /// So many days before a moment, in milliseconds.
  static func moment(days: Int, before moment: Int64) -> Int64 {
    moment - Int64(min(max(0, days), 10_000_000)) * 86_400_000
  }
}
