package import TriageModel

extension FlakeStatistics {
  /// The figures over the given results of one stream, whatever their leg; failures in mass failures are left out.
  package init(_ results: [ResultRecord], in timeline: RunTimeline) {
    self.init(streams: [results], in: timeline)
  }

  /// The figures over the results of some streams.
  package init(streams: [[ResultRecord]], in timeline: RunTimeline) {
    var all: [(seen: Observation, stream: Int)] = []
    for (stream, results) in streams.enumerated() {
      for result in results {
        guard let place = timeline.place(of: result.run),
          let seen = Observation(result, position: place, commit: timeline.commit(at: place)),
          !seen.failed || !timeline.isMassFailure(at: place)
        else { continue }
        all.append((seen, stream))
      }
    }
    all.sort { ($0.seen.position, $0.seen.leg, $0.stream) < ($1.seen.position, $1.seen.leg, $1.stream) }
    let observations = all.map(\.seen)
    let flaked = observations.filter(\.hasFailure)
    self.init(rate: Wilson.rate(flaked.count, of: observations.count))
    trend = RateTrend(observations.map(\.hasFailure))
    failures = flaked.count { $0.failed }
    passedOnRetry = flaked.count - failures
    minutes = flaked.reduce(0) { $0 + Self.wasted($1) } / 60
    cost = minutes + Double(failures) * timeline.thresholds.triageMinutes
    firstSeen = flaked.first.map { timeline.runs[$0.position].key }
    lastSeen = flaked.last.map { timeline.runs[$0.position].key }
    // Legs alternate in a run: a change is one of the same leg.
    var changes = 0
    var last: [String: Bool] = [:]
    for (seen, stream) in all {
      let key = "\(stream) \(seen.leg)"
      if let previous = last[key], previous != seen.failed { changes += 1 }
      last[key] = seen.failed
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
