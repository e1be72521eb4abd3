internal import SafeText
internal import Goldens
internal import TriageActions
internal import TriageModel
internal import Workspace

/// A golden change that was read for a decision: its candidate, and the bytes that would be written.
struct PreparedGolden {
  var candidate: Candidate
  /// Where the golden lies; nil when its place is refused.
  var file: RepositoryFile?
  var actual: [UInt8]?
  var convention: String

  /// Reads a change: the actual and the golden as they are now.
  init(_ change: GoldenChange, _ survey: GoldenSurvey, _ repository: Repository, readsSecrets: Bool) {
    candidate = Candidate(change)
    convention = change.convention
    if change.drift == nil, case .success(let comparison) = survey.compare(change.location) {
      candidate.change.drift = comparison.drift
      candidate.change.summary = comparison.summary
    }
    candidate.isDeletion = survey.pair(change.location)?.actual == GoldenPair.Side.none
    readActual(survey)
    do throws(FileError) {
      file = try RepositoryFile(claimed: change.location.path, in: repository)
    } catch {
      refuse(.place, "\(error)")
    }
    guard readsSecrets, let actual else { return }
    let current = (try? survey.current(change.location)) ?? nil
    candidate.secrets = SecretScan.findings(in: actual, since: current ?? [])
  }

  private mutating func readActual(_ survey: GoldenSurvey) {
    do throws(GoldenReadError) {
      actual = try survey.actual(candidate.change.location)
      candidate.actual = actual.map { ContentHash(of: $0) }
    } catch .notRecovered {
      refuse(.partial, "\(GoldenReadError.notRecovered)")
    } catch {
      refuse(.bytes, "the actual could not be read: \(error)")
    }
  }

  /// Remembers the first refusal.
  mutating func refuse(_ obstacle: Obstacle, _ reason: String) {
    if candidate.refusal != nil { return }
    candidate.refusal = HeldBack(location: candidate.change.location, obstacle: obstacle, reason: reason)
  }
}
