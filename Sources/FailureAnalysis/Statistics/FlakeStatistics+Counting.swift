package import TriageModel

extension FlakeStatistics {
  /// The figures over the given results, whatever their leg; failures in mass failures are left out.
  package init(_ results: [ResultRecord], in timeline: RunTimeline) {
    let observations = results.compactMap { result in
      timeline.place(of: result.run).flatMap { place -> (leg: String, seen: Observation)? in
        guard let seen = Observation(result, position: place, commit: timeline.commit(at: place)) else { return nil }
        return seen.failed && timeline.isMassFailure(at: place) ? nil : (result.leg, seen)
      }
    }
    .sorted { ($0.seen.position, $0.leg) < ($1.seen.position, $1.leg) }
    let flaked = observations.map(\.seen).filter(\.hasFailure)
    self.init(rate: Wilson.rate(flaked.count, of: observations.count))
    trend = RateTrend(observations.map(\.seen.hasFailure))
    failures = flaked.count { $0.failed }
    passedOnRetry = flaked.count - failures
    minutes = flaked.reduce(0) { $0 + Self.wasted($1) } / 60
    cost = minutes + Double(failures) * timeline.thresholds.triageMinutes
    firstSeen = flaked.first.map { timeline.runs[$0.position].number }
    lastSeen = flaked.last.map { timeline.runs[$0.position].number }
    // Legs alternate in a run: a change is one of the same leg.
    var changes = 0
    var last: [String: Bool] = [:]
    for (leg, seen) in observations {
      if let previous = last[leg], previous != seen.failed { changes += 1 }
      last[leg] = seen.failed
    }
    transitions = observations.isEmpty ? 0 : Double(changes) / Double(observations.count)
  }

  /// The seconds of all attempts of a run but the one that every run needs.
  private static func wasted(_ seen: Observation) -> Double {
    guard let duration = seen.duration, duration.isFinite, duration > 0 else { return 0 }
    if seen.failed { return duration }
    return duration * Double(seen.attempts - 1) / Double(seen.attempts)
  }
}
