internal import SafeText
internal import TriageModel

/// ApprovalTests: `x.received.ext` beside `x.approved.ext`, and a log of what failed where the two lie apart.
struct ApprovalTests: GoldenConvention {
  let id = "approvaltests"
  let title = "ApprovalTests"
  let hiddenNames = [".approval_tests_temp"]

  private static let log = ".failed_comparison.log"

  func pairs(in evidence: GoldenEvidence) -> [GoldenPair] {
    let siblings = SiblingGoldens(evidence, convention: id, mark: ".approved")
    let logged = logged(evidence)
    return siblings.actuals { $0.contains(".received.") || $0.hasSuffix(".received") }.compactMap { actual in
      let name = PathText.name(actual.path)
      guard let approved = name.replacingLast(".received", with: ".approved") else { return nil }
      let beside = PathText.join(PathText.folder(actual.path), approved)
      if siblings.place(beside).map(evidence.hasGolden) != true, let other = logged[name] {
        return siblings.pair(actual, golden: other)
      }
      // Verify leaves `.received.` too; which of them it was, the golden tells.
      let isVerify = beside.replacingLast(".approved", with: ".verified").flatMap(siblings.place).map(
        evidence.hasGolden)
      return isVerify == true || !isOwn(beside, siblings, evidence) ? nil : siblings.pair(actual, golden: beside)
    }
  }

  /// Whether anything speaks for ApprovalTests: the golden itself, a file of its log, or other goldens of its kind.
  private func isOwn(_ golden: String, _ siblings: SiblingGoldens, _ evidence: GoldenEvidence) -> Bool {
    if siblings.place(golden).map(evidence.hasGolden) == true { return true }
    if evidence.runFilesByName[Self.log] != nil || evidence.repository.byName[Self.log] != nil { return true }
    return evidence.repository.byName.keys.contains { $0.contains(".approved") }
  }

  /// Names of received files with the paths of their goldens: `RECEIVED -> APPROVED` a line.
  private func logged(_ evidence: GoldenEvidence) -> [String: String] {
    var logs = evidence.runFiles { $0 == Self.log }.compactMap(evidence.bytes)
    if evidence.isLocal {
      logs += (evidence.repository.byName[Self.log] ?? []).compactMap { evidence.readRepositoryFile($0, 1 << 24) }
    }
    var golden: [String: String] = [:]
    for line in logs.flatMap({ $0.split(separator: 0x0A) }) where line.count <= 8192 {
      let text = String(decoding: line, as: UTF8.self)
      guard let received = Self.before(" -> ", in: text) else { continue }
      let approved = String(text.dropFirst(received.count + 4))
      if let place = evidence.golden(like: approved) { golden[PathText.name(received)] = place }
    }
    return golden
  }

  private static func before(_ mark: String, in text: String) -> String? {
    var place = text.startIndex
    while place < text.endIndex {
      if text[place...].hasPrefix(mark) { return String(text[..<place]) }
      place = text.index(after: place)
    }
    return nil
  }
}
