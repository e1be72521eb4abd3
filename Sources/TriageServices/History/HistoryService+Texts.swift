package import RunHistory
package import TriageModel

extension HistoryService {
  /// What failures of the history said, each signature once: its title and an example, as bytes.
  package func failureTexts() throws(HistoryError) -> [(key: SignatureKey, text: [UInt8])] {
    let tests = try store.unsteady(in: repository, HistoryFilter()).map(\.test)
    var keys: Set<SignatureKey> = []
    try store.eachSeries(of: tests, in: repository, HistoryFilter()) { _, series in
      for result in series.results { if let key = result.signature { keys.insert(key) } }
    }
    var texts: [(key: SignatureKey, text: [UInt8])] = []
    for key in keys.sorted() {
      if let kept = try text(of: key) { texts.append((key, Array("\(kept.title)\n\(kept.text)".utf8))) }
    }
    return texts
  }
}
