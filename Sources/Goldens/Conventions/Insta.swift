internal import SafeText
internal import DataSyntax
internal import TriageModel

/// insta: `x.snap.new` beside `x.snap`, and `.file.rs.pending-snap` for snapshots in the source.
struct Insta: GoldenConvention {
  let id = "insta"
  let title = "insta"
  let hiddenNames = [".*.pending-snap"]

  private static let inlineRemark =
    "The snapshot stands in the source: `cargo insta accept` writes it, assay only shows it."

  func pairs(in evidence: GoldenEvidence) -> [GoldenPair] {
    let siblings = SiblingGoldens(evidence, convention: id, mark: ".snap")
    let files = siblings.actuals { $0.hasSuffix(".snap.new") || $0.contains(".snap.new.") }.compactMap { actual in
      pair(actual, siblings, evidence)
    }
    let inline = siblings.actuals { $0.hasPrefix(".") && $0.hasSuffix(".pending-snap") }.flatMap { actual in
      pending(actual, siblings, evidence)
    }
    return files + inline
  }

  func entries(of file: [UInt8]) throws(SpliceError) -> [String: [UInt8]] {
    throw .unwritable("the snapshot stands in the source")
  }

  func replacing(_ key: String, of file: [UInt8]?, with bytes: [UInt8]?) throws(SpliceError) -> [UInt8] {
    throw .unwritable("the snapshot stands in the source: cargo insta accept writes it")
  }

  private func pair(
    _ actual: SiblingGoldens.Actual, _ siblings: SiblingGoldens, _ evidence: GoldenEvidence
  ) -> GoldenPair? {
    guard let golden = actual.path.replacingLast(".snap.new", with: ".snap"),
      var pair = siblings.pair(actual, golden: golden)
    else { return nil }
    guard actual.path.hasSuffix(".snap.new"), let bytes = bytes(actual, evidence) else { return pair }
    let accepted = Self.withoutPendingLines(bytes)
    if accepted != bytes {
      pair.actual = .bytes(accepted)
      pair.remarks.append("The line assertion_line of the pending file is left out, as insta does when it accepts.")
    }
    return pair
  }

  private func bytes(_ actual: SiblingGoldens.Actual, _ evidence: GoldenEvidence) -> [UInt8]? {
    guard case .file(let location, _) = actual.side else { return nil }
    return actual.isLocal
      ? evidence.readRepositoryFile(actual.path, GoldenEvidence.sizeLimit)
      : evidence.readRunFile(location, GoldenEvidence.sizeLimit)
  }

  /// The file as insta accepts it: `assertion_line` belongs to pending snapshots only.
  static func withoutPendingLines(_ bytes: [UInt8]) -> [UInt8] {
    let file = EndedLines(bytes)
    guard file.lines.first?.text == Array("---".utf8),
      let end = file.lines.dropFirst().firstIndex(where: { $0.text == Array("---".utf8) })
    else { return bytes }
    let kept = file.lines[..<end].filter { !$0.text.starts(with: "assertion_line:".utf8) } + file.lines[end...]
    return kept.flatMap { $0.text + $0.end }
  }

  /// Lines of JSON; only those of the last run count, and of them the last for each line of the source.
  private func pending(
    _ actual: SiblingGoldens.Actual, _ siblings: SiblingGoldens, _ evidence: GoldenEvidence
  ) -> [GoldenPair] {
    let name = PathText.name(actual.path).dropFirst().dropLast(".pending-snap".count)
    guard let bytes = bytes(actual, evidence),
      let source = siblings.place(PathText.join(PathText.folder(actual.path), String(name)))
    else { return [] }
    let values = bytes.split(separator: 0x0A).prefix(100_000).compactMap { try? JSONValue(parsing: Array($0)) }
    let run = values.last?["run_id"]
    var pairs: [Int: GoldenPair] = [:]
    for value in values where value["run_id"] == run {
      guard let line = value["line"]?.int else { continue }
      pairs[line] = inline(value, line, source)
    }
    return pairs.sorted { $0.key < $1.key }.map(\.value)
  }

  private func inline(_ value: JSONValue, _ line: Int, _ source: String) -> GoldenPair? {
    guard let new = value["new"]?["snapshot"]?.string else { return nil }
    let old = value["old"]?["snapshot"]?.string
    var pair = GoldenPair(
      location: GoldenLocation(path: source, entry: "line \(line)"), convention: id, test: "",
      expected: old.map { .bytes(Array($0.utf8)) } ?? .none, actual: .bytes(Array(new.utf8)), recovery: .partial)
    pair.isInSource = true
    pair.remarks.append(Self.inlineRemark)
    return pair
  }
}
