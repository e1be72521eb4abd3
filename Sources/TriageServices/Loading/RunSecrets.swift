internal import RunArtifacts
internal import SafeText
internal import TriageModel

/// Looks through what a run left for secrets and personal data: who uploads it should know.
///
/// The texts themselves are never told, only where they are and what they look like.
struct RunSecrets {
  /// Bytes of a run that are looked through, reports and logs first: of a longer run the rest is not, which is said
  /// where something was found.
  private static let most = 32 << 20
  /// Files that are named one by one.
  private static let named = 5

  private var left = most
  private var isCut = false

  /// What was found, a sentence a file.
  static func warnings(in files: [RunFile]) -> [String] {
    var scan = RunSecrets()
    var found: [String] = []
    var more = 0
    for file in files where file.kind != .image && file.kind != .other {
      guard let words = scan.words(on: file) else { continue }
      if found.count < named { found.append(words) } else { more += 1 }
    }
    if more > 0 { found.append("\(CountText.of(more, "more file")) hold what looks like secrets") }
    if scan.isCut, !found.isEmpty {
      found.append("only the first \(CountText.bytes(most)) of the run were looked through for secrets")
    }
    return found
  }

  /// `console.log:212 looks like an AWS key, and 2 more places`; nil where nothing does.
  private mutating func words(on file: RunFile) -> String? {
    guard let bytes = bytes(of: file) else { return nil }
    let findings = SecretScan.findings(in: bytes, since: [])
    // What gives access is told before what only tells of a person.
    guard let first = findings.first(where: \.kind.givesAccess) ?? findings.first else { return nil }
    let others = findings.count - 1
    let more = others > 0 ? ", and \(CountText.of(others, "more place"))" : ""
    return "\(file.path):\(first.line) looks like \(first.kind.rawValue)\(more)"
  }

  private mutating func bytes(of file: RunFile) -> [UInt8]? {
    guard left > 0, let excerpt = try? FileExcerpt.head(of: file.location, count: left) else {
      isCut = isCut || left <= 0
      return nil
    }
    if excerpt.bytes.count < file.size { isCut = true }
    left -= excerpt.bytes.count
    return excerpt.bytes
  }
}
