internal import RunArtifacts
internal import SafeText
package import TriageModel

/// Looks through what a run left for secrets and personal data: who uploads it should know.
///
/// The texts themselves are never told, only where they are and what they look like.
package struct RunSecrets {
  /// Bytes of a run that are looked through, reports and logs first: of a longer run the rest is not, which is said
  /// where something was found.
  package static let most = 32 << 20
  /// Files that are named one by one.
  private static let named = 5

  private var left: Int
  private var isCut = false

  /// What was found: a sentence a file with what gives access, and one for all that only tells of people.
  package static func warnings(in files: [RunFile], most: Int = most) -> [String] {
    var scan = RunSecrets(left: most)
    var found: [String] = []
    var people: [String] = []
    var more = 0
    for file in files where file.kind != .image && file.kind != .other {
      let findings = scan.findings(in: file)
      let access = findings.filter(\.kind.givesAccess)
      if let first = access.first {
        let others = access.count > 1 ? ", and \(CountText.of(access.count - 1, "more place"))" : ""
        let words = "\(file.path):\(first.line) looks like \(first.kind.rawValue)\(others)"
        if found.count < named { found.append(words) } else { more += 1 }
      }
      if access.count < findings.count, let person = findings.first(where: { !$0.kind.givesAccess }) {
        people.append("\(file.path):\(person.line)")
      }
    }
    if more > 0 { found.append("\(CountText.of(more, "more file")) with what looks like secrets") }
    if let first = people.first {
      let others = people.count > 1 ? ", and so do \(CountText.of(people.count - 1, "more file"))" : ""
      found.append("\(first) looks like \(SecretFinding.Kind.email.rawValue)\(others)")
    }
    if scan.isCut, !found.isEmpty {
      found.append("only the first \(CountText.bytes(most)) of the run were looked through for secrets")
    }
    return found
  }

  private mutating func findings(in file: RunFile) -> [SecretFinding] {
    guard left > 0 else {
      isCut = true
      return []
    }
    let head = try? FileExcerpt.head(of: file.location, count: min(left, SecretScan.headLength))
    guard let head, !SecretScan.isBinary(head.bytes[...]) else {
      left -= head?.bytes.count ?? 0
      return []
    }
    var reader = SecretReader()
    let lines = try? FileExcerpt.lines(of: file.location, limit: left) { lines in
      reader.read(lines)
      return reader.isLooking
    }
    left -= lines?.bytes ?? 0
    if lines?.end == .limit { isCut = true }
    return reader.findings
  }
}
