internal import TriageModel

/// What speaks for a test being flaky: the same code went both ways.
struct FlakeEvidence: Equatable {
  /// Runs in which attempts went both ways.
  var mixedRuns = 0
  /// Of these, runs that passed in the end.
  var passedOnRetry = 0
  /// Commits at which some runs passed and some failed.
  var mixedCommits = 0
  /// Short failures between passes, where no commit tells.
  var episodes = 0
  /// The same by what they said: two of one text are no two bugs that were mended.
  var episodesOfText: [SignatureKey?: Int] = [:]
  /// Times that it passed for as short a while between failures.
  var respites = 0
  /// Changes from pass to fail and back between neighbouring runs.
  var transitions = 0

  /// Whether one code was seen to go both ways.
  var isProven: Bool { mixedRuns > 0 || mixedCommits > 0 }

  /// Whether it is enough for the verdict.
  func isEnough(_ thresholds: Thresholds) -> Bool {
    isProven || episodes > thresholds.flakyEpisodes || respites >= thresholds.flakyEpisodes
      || episodesOfText.values.contains { $0 >= thresholds.flakyEpisodes }
  }

  /// Adds what a stretch of alike behaviour says.
  mutating func add(_ observations: [Observation], _ thresholds: Thresholds, countsTurns: Bool = true) {
    var commits: [Int: (passed: Bool, failed: Bool)] = [:]
    var failures: [SignatureKey?] = []
    var passes = 0
    var hasFailed = false
    var hasPassed = false
    var previous: Bool?
    for observation in observations {
      if observation.isMixed { mixedRuns += 1 }
      if observation.isMixed, !observation.failed { passedOnRetry += 1 }
      if let commit = observation.commit {
        let old = commits[commit] ?? (false, false)
        commits[commit] = (old.passed || !observation.failed, old.failed || observation.failed)
      }
      if countsTurns, let previous, previous != observation.failed { transitions += 1 }
      previous = observation.failed
      if observation.failed {
        if countsTurns, hasFailed, (1...max(1, thresholds.longestEpisode)).contains(passes) { respites += 1 }
        (passes, hasFailed) = (0, true)
        failures.append(observation.signature)
      } else {
        if countsTurns, !failures.isEmpty, failures.count <= thresholds.longestEpisode, hasPassed {
          episodes += 1
          for text in Set(failures) { episodesOfText[text, default: 0] += 1 }
        }
        failures = []
        passes += 1
        hasPassed = true
      }
    }
    mixedCommits += commits.values.count { $0.passed && $0.failed }
  }

  /// A clause for each kind of evidence, strongest first.
  var clauses: [String] {
    var clauses: [String] = []
    if mixedRuns > 0 {
      clauses.append(
        "\(CountText.of(mixedRuns, "run")) failed and passed by retries, \(passedOnRetry) passed in the end")
    }
    if mixedCommits > 0 { clauses.append("\(CountText.of(mixedCommits, "commit")) both passed and failed") }
    if episodes > 0 { clauses.append("failed and passed again \(episodes == 1 ? "once" : "\(episodes) times")") }
    if transitions > 0 { clauses.append("\(CountText.of(transitions, "change")) between pass and fail") }
    return clauses
  }
}
