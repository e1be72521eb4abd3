internal import TriageModel

/// The observations of one test in one stream up to a run, in the order of the code, with what each run was as a whole.
struct StreamResults {
  let timeline: RunTimeline
  /// All that say something, also those after the run that is judged: what came then tells a burst.
  let all: [Observation]
  /// The place in the timeline of the run that is judged.
  private let index: Int?
  private let runOfTime: Int?
  private let facts: StreamIndex.Facts
  private let isSide: Bool
  private let thresholds: Thresholds
  /// What it said in each run.
  private let texts: [Int: Set<SignatureKey>]
  /// What it also said in runs that were no bursts.
  private let own: Set<SignatureKey>
  private let isUndated: Bool

  init(_ results: PlacedResults, _ key: StreamPlace, _ judge: VerdictJudge, _ given: VerdictJudge.Given) {
    let streams = judge.streams
    let timeline = streams.timeline(of: key.branch)
    self.timeline = timeline
    thresholds = timeline.thresholds
    facts = streams.facts(branch: key.branch, parts: key.parts)
    isSide = streams.kinds[key.branch] == .side
    runOfTime = key.run
    let runs = judge.timeline.runs
    index = key.run.flatMap { timeline.place(of: runs[$0].key) }
    isUndated = key.run.map { runs[$0].startedAt == nil } ?? true
    var exact: [Observation] = []
    var vaguer: [Observation] = []
    for placed in results.all where placed.branch == key.branch || placed.branch == 0 {
      let isExact = placed.parts == key.parts
      guard isExact || streams.isVaguer(placed.parts, than: key.parts) else { continue }
      let result = results[placed]
      guard let position = timeline.place(of: result.run) else { continue }
      guard
        var observation = Observation(result, position: position, commit: timeline.commit(at: position))
      else { continue }
      observation.time = placed.run
      observation.source = placed.source
      if !given.infraRules.isEmpty {
        observation.rule = given.infraRules[.init(run: result.run, leg: result.leg)]
      }
      if isExact { exact.append(observation) } else { vaguer.append(observation) }
    }
    // Where a matrix begins, its legs inherit what the job did before.
    let begin = exact.map(\.position).min() ?? .max
    all = Self.ordered(vaguer.isEmpty ? exact : vaguer.filter { $0.position < begin } + exact)
    var texts: [Int: Set<SignatureKey>] = [:]
    for seen in all where seen.hasFailure {
      if let signature = seen.signature { texts[seen.position, default: []].insert(signature) }
    }
    self.texts = texts
    var own: Set<SignatureKey> = []
    for seen in all where seen.hasFailure && seen.rule == nil {
      guard let signature = seen.signature, facts.bursts[seen.position]?[signature] == nil,
        !timeline.isMassFailure(at: seen.position), !facts.smallMass.contains(seen.position)
      else { continue }
      // What came last is not yet known to be a burst.
      if seen.position < timeline.runs.count - 1 { own.insert(signature) }
    }
    self.own = own
  }

  /// Observations in order; mostly they are.
  private static func ordered(_ all: [Observation]) -> [Observation] {
    let isOrdered = zip(all, all.dropFirst()).allSatisfy { $0.position < $1.position }
    return isOrdered ? all : all.sorted(by: Observation.isOlder)
  }

  /// The results in the run that is judged; the worst last.
  var current: [Observation] {
    all.filter { $0.position == index }.sorted { !$0.failed && $1.failed }
  }

  /// What is known up to the run that is judged: of code up to its own, and of runs before it.
  private var earlier: [Observation] {
    guard let index else { return all }
    return all.filter { seen in
      seen.position != index && (isUndated || seen.position <= index && seen.time < (runOfTime ?? .max))
    }
  }

  /// The burst that a failure is part of; nil when it is the test's own.
  func burst(_ seen: Observation) -> BurstFinder.Message? {
    guard seen.failed, let signature = seen.signature, let message = facts.bursts[seen.position]?[signature],
      !own.contains(signature)
    else { return nil }
    // What it says beside the burst as well is no part of it.
    let beside = [message.before, message.after].compactMap { $0 }
    return beside.contains { texts[$0]?.contains(signature) ?? false } ? nil : message
  }

  func isInfra(_ seen: Observation) -> Bool { burst(seen) != nil }

  /// Whether so many tests of the run failed that it says little of any one.
  func isMass(_ seen: Observation) -> Bool {
    timeline.isMassFailure(at: seen.position) || facts.smallMass.contains(seen.position)
  }

  /// What the statistics see: the failures of infrastructure and of mass failures left out.
  ///
  /// - Parameter keepsMass: Whether mass failures stay, for the story of one.
  func history(keepsMass: Bool) -> TestHistory {
    var kept: [Observation] = []
    let current = current
    let now = current.last.flatMap { $0.failed ? $0.signature : nil }
    let earlier = earlier
    var setAside = 0
    // A failure that stands since a mass failure began there.
    var standsSince = earlier.count
    while standsSince > 0, now != nil, earlier[standsSince - 1].failed, earlier[standsSince - 1].signature == now {
      standsSince -= 1
    }
    for (index, seen) in earlier.enumerated() {
      let isOthers = isInfra(seen) || seen.rule != nil
      if seen.failed, isOthers || isMass(seen) && !keepsMass && index < standsSince {
        setAside += 1
      } else {
        kept.append(seen)
      }
    }
    let observations = kept + current
    let isBorn = facts.firstRun.map { first in observations.first.map { first < $0.position } ?? false } ?? false
    return TestHistory(
      timeline: timeline, observations: observations, setAside: setAside, isBorn: isBorn, isSide: isSide)
  }

  func infra(_ seen: Observation, _ burst: BurstFinder.Message) -> Verdict {
    var why: [String] = []
    if burst.isProven { why.append("it passed at this commit in a run beside this one") }
    let beside = [burst.before, burst.after].compactMap { $0 }.map { timeline.name(at: $0) }
    why.append(
      "\(CountText.of(burst.tests, "test")) failed with this message at once, and passed in \(beside.joined(separator: " and "))"
    )
    return Verdict(.infra, why: why, flips: ["a failure of the same kind in another run makes it flaky"])
  }

  /// The verdict on a mass failure, with where it began for this test.
  func massFailure(_ seen: Observation) -> Verdict {
    let counts = timeline.runs[seen.position].counts
    var verdict = Verdict(
      .massFailure, why: ["\(counts.failing) of \(counts.executed) tests failed in this run"],
      flips: ["a run in which fewer than \(ShareText.of(thresholds.massFailureShare)) fail judges it by itself"])
    if let story = FailureJudgement(history(keepsMass: true))?.verdict, let range = story.range {
      verdict.range = range
      verdict.failureChanges = story.failureChanges
      if story.label == .broken { verdict.why += story.why.prefix(2) }
    }
    return verdict
  }
}

/// The results of one test, each with its run's place in time and its stream.
struct PlacedResults {
  /// A result.
  struct Placed {
    /// Its place among the results of the test.
    var source: Int
    /// The run's place in the order of time.
    var run: Int
    var branch: Int
    var parts: Int
  }

  /// A stream that it has results in.
  struct Key: Hashable {
    var branch: Int
    var parts: Int
  }

  private let results: [ResultRecord]
  let all: [Placed]

  init(_ series: TestSeries, _ judge: VerdictJudge) {
    let streams = judge.streams
    results = series.results
    var all: [Placed] = []
    all.reserveCapacity(series.results.count)
    for (source, result) in series.results.enumerated() {
      guard let run = judge.timeline.place(of: result.run) else { continue }
      let parts = streams.parts(ofRun: run, leg: result.leg)
      all.append(Placed(source: source, run: run, branch: streams.branchOfRun[run], parts: parts))
    }
    self.all = all
  }

  /// What a placed result is.
  subscript(placed: Placed) -> ResultRecord { results[placed.source] }

  /// The streams that it has results in.
  var keys: Set<Key> { Set(all.map { Key(branch: $0.branch, parts: $0.parts) }) }

  /// A job that it is judged in.
  struct Job {
    var parts: Int
    var leg: String
    var fails: Bool
  }

  /// The jobs that it ran in in a run; where it did not run, all those of the run's branch. In the order of their names.
  func jobs(at run: Int, of branch: Int) -> [Job] {
    let now = all.filter { $0.run == run }
    let present = now.isEmpty ? all.filter { $0.branch == branch || $0.branch == 0 } : now
    var jobs: [Int: Job] = [:]
    for placed in present {
      let result = self[placed]
      let fails = placed.run == run && result.outcome.isFailing
      let known = jobs[placed.parts]
      jobs[placed.parts] = Job(
        parts: placed.parts, leg: known.map { min($0.leg, result.leg) } ?? result.leg,
        fails: fails || known?.fails ?? false)
    }
    return jobs.values.sorted { ($0.leg, $0.parts) < ($1.leg, $1.parts) }
  }
}
