internal import Goldens
internal import TriageModel
package import Workspace

/// Checks a ledger: every line's own hash, and that each golden is what its newest decision says.
package enum LedgerCheck {
  /// What is not as it should be, by the line of the ledger, from 1.
  package static func problems(
    _ approvals: Approvals, in repository: Repository
  ) -> [(line: Int, words: String)] {
    var problems = approvals.damages.map { (line: $0.number, words: $0.reason) }
    for entry in approvals.entries where !entry.isGenuine {
      problems.append((entry.number, "the line's hash is not that of its text: somebody changed it"))
    }
    for (place, entry) in approvals.newest {
      if let words = problem(place, entry.line, repository) { problems.append((entry.number, words)) }
    }
    return problems.sorted { ($0.line, $0.words) < ($1.line, $1.words) }
  }

  private static func problem(_ place: GoldenLocation, _ line: ApprovalLine, _ repository: Repository) -> String? {
    do throws(FileError) {
      let file = try RepositoryFile(claimed: place.path, in: repository).bytes()
      guard let hash = try hash(of: place, in: file, line.convention) else {
        return line.new == nil ? nil : "\(place) is gone; its newest decision says \(line.new?.short ?? "")"
      }
      if hash == line.new { return nil }
      return "\(place) is \(hash.short); its newest decision says \(line.new?.short ?? "that there is none")"
    } catch {
      return "could not read \(place): \(error)"
    }
  }

  private static func hash(
    of place: GoldenLocation, in file: [UInt8]?, _ convention: String
  ) throws(FileError) -> ContentHash? {
    guard let file else { return nil }
    guard let key = place.entry else { return ContentHash(of: file) }
    guard let convention = GoldenConventions.named(convention) else {
      throw .system("no convention \(convention) is known")
    }
    do throws(SpliceError) {
      return try convention.entry(key, of: file).map { ContentHash(of: $0) }
    } catch {
      throw .system("\(error)")
    }
  }
}
