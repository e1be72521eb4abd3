internal import SafeText
internal import TriageModel

/// swift-snapshot-testing: references in `__Snapshots__/<file>/`, what failed under the same name among the artifacts.
struct SwiftSnapshotTesting: GoldenConvention {
  let id = "swift-snapshot-testing"
  let title = "swift-snapshot-testing"

  func pairs(in evidence: GoldenEvidence) -> [GoldenPair] {
    let named = evidence.failures(saying: "@\u{2212}").flatMap { failure in pairs(failure, evidence) }
    let known = Set(named.map(\.location))
    return named + artifacts(evidence).filter { !known.contains($0.location) }
  }

  /// `@−` and `@+`, each with a `file://` on the next line.
  private func pairs(_ failure: GoldenEvidence.FoundFailure, _ evidence: GoldenEvidence) -> [GoldenPair] {
    let lines = FailureText(failure.text).lines
    var pairs: [GoldenPair] = []
    for place in lines.indices where lines[place].drop(while: { $0 == " " }) == "@\u{2212}" {
      guard place + 3 < lines.count, let reference = Self.path(lines[place + 1]),
        lines[place + 2].drop(while: { $0 == " " }) == "@+", let failed = Self.path(lines[place + 3]),
        reference.contains("__Snapshots__/"), let golden = evidence.golden(like: reference),
        golden.contains("__Snapshots__/")
      else { continue }
      let file = evidence.runFile(like: failed)
      var pair = GoldenPair(
        location: GoldenLocation(path: golden), convention: id, test: evidence.run.table.id(of: failure.test),
        testIndex: failure.test, expected: .repository, actual: file.map(evidence.side) ?? .unknown,
        recovery: file == nil ? .nothing : .exact)
      if file == nil {
        pair.remarks.append("What failed is not among the artifacts: set SNAPSHOT_ARTIFACTS and keep it.")
      }
      pairs.append(pair)
    }
    return pairs
  }

  private static func path(_ line: Substring) -> String? {
    let text = line.drop { $0 == " " || $0 == "\"" }
    guard text.hasPrefix("file://") else { return nil }
    return unescaped(text.dropFirst("file://".count).prefix { $0 != "\"" })
  }

  /// A URL's path as a file's: `%20` and its like.
  private static func unescaped(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == 0x25, rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Files that lie under `<file>/<name>` as a reference does: `SNAPSHOT_ARTIFACTS` has this layout.
  private func artifacts(_ evidence: GoldenEvidence) -> [GoldenPair] {
    evidence.repository.files.filter { $0.contains("__Snapshots__/") && PathText.normal($0) == $0 }.compactMap {
      golden in
      let parts = PathText.parts(golden)
      guard parts.count >= 3, let file = evidence.runFile(like: golden),
        PathText.commonEnd(PathText.parts(file.path), parts) >= 2
      else { return nil }
      return GoldenPair(
        location: GoldenLocation(path: golden), convention: id, test: "", expected: .repository,
        actual: evidence.side(file),
        recovery: .exact)
    }
  }
}
