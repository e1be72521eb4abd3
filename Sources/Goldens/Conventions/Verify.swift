internal import SafeText
internal import TriageModel

/// Verify: `x.received.ext` and `x.verified.ext`, a map where the names differ, and a message that names deletions.
struct Verify: GoldenConvention {
  let id = "verify"
  let title = "Verify"

  func pairs(in evidence: GoldenEvidence) -> [GoldenPair] {
    let siblings = SiblingGoldens(evidence, convention: id, mark: ".verified.")
    let mapped = mapped(evidence)
    let received = siblings.actuals { $0.contains(".received.") }.compactMap { actual in
      golden(of: actual, mapped, siblings, evidence).flatMap { siblings.pair(actual, golden: $0) }
    }
    let folders = siblings.actuals { !$0.contains(".received.") }.filter { $0.path.contains(".received/") }
      .compactMap { actual in
        actual.path.replacingLast(".received/", with: ".verified/").flatMap { siblings.pair(actual, golden: $0) }
      }
    return received + folders + deleted(evidence)
  }

  private func golden(
    of actual: SiblingGoldens.Actual, _ mapped: [String: String], _ siblings: SiblingGoldens, _ evidence: GoldenEvidence
  ) -> String? {
    let name = PathText.name(actual.path)
    if let place = mapped[name] { return place }
    guard let verified = actual.path.replacingLast(".received.", with: ".verified.") else { return nil }
    if siblings.place(verified).map(evidence.hasGolden) == true { return verified }
    // Of several targets only the received file names its own: `x.DotNet8_0.received.txt`.
    let stem = name.replacingLast(".received.", with: "\n")?.split(separator: "\n").first.map(String.init) ?? ""
    let ending = name.dropFirst(stem.utf8.count + ".received.".utf8.count)
    let shared = PathText.join(PathText.folder(actual.path), PathText.stem(stem) + ".verified." + ending)
    if siblings.place(shared).map(evidence.hasGolden) == true { return shared }
    return evidence.repository.byName.keys.contains { $0.contains(".verified.") } ? verified : nil
  }

  /// Received names with the verified path: files of two lines in `obj/…/VerifyReceived`.
  private func mapped(_ evidence: GoldenEvidence) -> [String: String] {
    var maps = evidence.runFiles { $0.hasSuffix(".txt") }.filter { $0.path.contains("VerifyReceived/") }
      .compactMap { evidence.readRunFile($0.location, 1 << 16) }
    if evidence.isLocal {
      maps += evidence.repository.files.filter { $0.contains("VerifyReceived/") && $0.hasSuffix(".txt") }
        .compactMap { evidence.readRepositoryFile($0, 1 << 16) }
    }
    var golden: [String: String] = [:]
    for map in maps {
      let lines = EndedLines(map).lines.map { Self.slashed(String(decoding: $0.text, as: UTF8.self)) }
      guard lines.count >= 2, let place = evidence.golden(like: lines[1]) else { continue }
      golden[PathText.name(lines[0])] = place
    }
    return golden
  }

  /// Goldens that no test uses any more, under `Delete:`.
  private func deleted(_ evidence: GoldenEvidence) -> [GoldenPair] {
    evidence.failures(saying: "Delete:").flatMap { failure -> [GoldenPair] in
      let lines = FailureText(failure.text).lines
      guard failure.text.contains(".verified."),
        let start = lines.firstIndex(where: { $0.drop { $0 == " " } == "Delete:" })
      else { return [] }
      return lines[(start + 1)...].prefix { $0.drop { $0 == " " }.hasPrefix("- ") }.compactMap { line in
        let name = Self.slashed(String(line.drop { $0 == " " }.dropFirst(2)))
        guard name.contains(".verified."), let place = evidence.golden(like: name) else { return nil }
        return GoldenPair(
          location: GoldenLocation(path: place), convention: id, test: evidence.run.table.id(of: failure.test),
          testIndex: failure.test, expected: .repository, actual: .none, recovery: .exact)
      }
    }
  }

  private static func slashed(_ path: String) -> String { String(path.map { $0 == "\\" ? "/" : $0 }) }
}
