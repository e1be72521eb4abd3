internal import FailureAnalysis
package import RunHistory
internal import TriageModel

extension HistoryService {
  /// Bytes of one line; a longer one is no line of an export.
  private static let longestLine = 1 << 24

  /// Adds the runs of an export, read block by block until `more` gives nothing; returns how many told anything new.
  package func importLines(_ more: () -> [UInt8]?) throws(HistoryError) -> Int {
    var lines = RunLines()
    var rest: [UInt8] = []
    var count = 0
    var number = 0
    func take(_ run: RunContent?) throws(HistoryError) {
      if let run, try add(run.withTodaysKeys()) != .known { count += 1 }
    }
    while let block = more(), !block.isEmpty {
      rest += block
      var start = 0
      while let end = rest[start...].firstIndex(of: 0x0A) {
        try take(try lines.add(Array(rest[start..<end])))
        number += 1
        start = end + 1
      }
      rest.removeFirst(start)
      if rest.count > Self.longestLine { throw .line(number + 1, "it is longer than 16 MiB") }
    }
    if !rest.isEmpty { try take(try lines.add(rest)) }
    try take(try lines.finish())
    return count
  }
}

extension RunContent {
  /// The run with today's keys where an older version exported it.
  fileprivate func withTodaysKeys() -> RunContent {
    if olderKeys.isEmpty { return self }
    var content = self
    var maker = SignatureMaker()
    var keys: [SignatureKey: SignatureKey] = [:]
    for key in olderKeys.sorted() {
      guard let text = content.signatures.removeValue(forKey: key) else { continue }
      let new = maker.key(ofKept: text.text)
      keys[key] = new
      content.signatures[new] = content.signatures[new] ?? text
    }
    content.rows.rename(keys)
    return content
  }
}
