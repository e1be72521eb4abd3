internal import Synchronization
internal import TriageModel

/// Which stream each result is of, and what is known of each stream's runs; worked out when it is first asked for.
final class StreamIndex: Sendable {
  /// What is known of the runs of a stream on one branch.
  struct Facts {
    /// The first run that the stream's tests can have been in.
    var firstRun: Int?
    var bursts: [Int: BurstFinder.Burst] = [:]
    /// Runs of a small suite in which all tests failed with one text.
    var smallMass: Set<Int> = []
  }

  private struct Key: Hashable {
    var run: Int
    var leg: String
  }

  private struct FactsKey: Hashable {
    var branch: Int
    var parts: Int
  }

  private struct State {
    var names: [[String]] = []
    var numbers: [[String]: Int] = [:]
    var ofLegs: [Key: Int] = [:]
    var timelines: [Int: RunTimeline] = [:]
    var facts: [FactsKey: Facts] = [:]
  }

  private let timeline: RunTimeline
  private let failures: RunFailures
  private let committed: [String: Timestamp]
  /// The branches, the base first, and their kinds.
  let branches: [String?]
  let kinds: [BranchKind]
  /// The branch of each run, and its first run.
  let branchOfRun: [Int]
  private let firstOfBranch: [Int]
  /// The runs with the same labels share a number here.
  private let labelSets: [Int]
  private let labels: [[String]]
  private let partsOfRun: [Int]
  private let state: Mutex<State>

  init(_ timeline: RunTimeline, _ failures: RunFailures, _ committed: [String: Timestamp]) {
    self.timeline = timeline
    self.failures = failures
    self.committed = committed
    let runs = timeline.runs
    let base = BranchKind.base(of: runs.map(\.branch))
    var branches: [String?] = [base]
    var places: [String?: Int] = [nil: 0]
    places[base] = 0
    branchOfRun = runs.map { run in
      let name = BranchKind.name(run.branch)
      if let place = places[name] { return place }
      places[name] = branches.count
      branches.append(name)
      return branches.count - 1
    }
    self.branches = branches
    kinds = branches.map { BranchKind($0, base: base) }
    var firsts = [Int](repeating: runs.count, count: branches.count)
    for place in runs.indices.reversed() { firsts[branchOfRun[place]] = place }
    firstOfBranch = firsts
    let volatile = Self.volatileLabels(runs)
    var sets: [[String]: Int] = [:]
    var labels: [[String]] = []
    labelSets = runs.map { run in
      let values = run.labels.filter { !volatile.contains($0.key) && !LegName.isPart($0.key) }.map(\.value).sorted()
      if let known = sets[values] { return known }
      sets[values] = labels.count
      labels.append(values)
      return labels.count - 1
    }
    self.labels = labels
    var state = State()
    let ofSets = labels.map { Self.number(Stream.parts(of: $0), &state) }
    partsOfRun = labelSets.map { ofSets[$0] }
    self.state = Mutex(state)
  }

  /// Whether there is more than one stream.
  var isPlural: Bool { branches.count > 1 || Set(partsOfRun).count > 1 }

  /// The number of the parts that tell a result's job, of the run at a place.
  func parts(ofRun place: Int, leg: String) -> Int {
    if leg.isEmpty { return partsOfRun[place] }
    let key = Key(run: labelSets[place], leg: leg)
    return state.withLock { state in
      if let known = state.ofLegs[key] { return known }
      let number = Self.number(Stream.parts(of: labels[labelSets[place]] + [leg]), &state)
      state.ofLegs[key] = number
      return number
    }
  }

  /// The parts of a number.
  func names(_ parts: Int) -> [String] { state.withLock { $0.names[parts] } }

  /// Whether a job is the other, or what the other was before it was split in legs.
  func isVaguer(_ parts: Int, than other: Int) -> Bool {
    if parts == other { return true }
    return state.withLock { state in
      let names = state.names[other]
      // Namesakes within a leg are other tests, not legs of the first.
      return Set(state.names[parts]).isSubset(of: names)
        && !names.contains { $0.hasPrefix("#") && !state.names[parts].contains($0) }
    }
  }

  /// The runs of a branch in the order of its code; those of the base that ran before its first stand before.
  func timeline(of branch: Int) -> RunTimeline {
    if let known = state.withLock({ $0.timelines[branch] }) { return known }
    let runs = timeline.runs
    let own = runs.indices.filter { branchOfRun[$0] == branch }.map { runs[$0] }
    let end = branch == 0 ? 0 : firstOfBranch[branch]
    let base = (0..<min(end, runs.count)).filter { branchOfRun[$0] == 0 }.map { runs[$0] }
    let made = RunTimeline(of: own, after: base, timeline.thresholds, committed)
    state.withLock { $0.timelines[branch] = made }
    return made
  }

  /// What is known of a job's runs on a branch.
  func facts(branch: Int, parts: Int) -> Facts {
    let key = FactsKey(branch: branch, parts: parts)
    if let known = state.withLock({ $0.facts[key] }) { return known }
    let ordered = timeline(of: branch)
    var facts = Facts()
    var places: [Int] = []
    for (place, run) in ordered.runs.enumerated() {
      guard let all = timeline.place(of: run.key), isVaguer(partsOfRun[all], than: parts) else { continue }
      guard run.counts.executed > 0 else { continue }
      if facts.firstRun == nil, run.isComplete { facts.firstRun = place }
      places.append(place)
      if isSmallMass(run) { facts.smallMass.insert(place) }
    }
    var known: [Key: Bool] = [:]
    let finder = BurstFinder(places, ordered, failures) { run, leg in
      if leg.isEmpty { return true }
      guard let place = timeline.place(of: run.key) else { return false }
      let key = Key(run: labelSets[place], leg: leg)
      if let isOfStream = known[key] { return isOfStream }
      let isOfStream = isVaguer(self.parts(ofRun: place, leg: leg), than: parts)
      known[key] = isOfStream
      return isOfStream
    }
    facts.bursts = finder.all()
    state.withLock { $0.facts[key] = facts }
    return facts
  }

  private func isSmallMass(_ run: RunRecord) -> Bool {
    let thresholds = timeline.thresholds
    let executed = run.counts.executed
    guard executed < thresholds.massFailureTests, executed >= thresholds.smallSuiteTests,
      Double(run.counts.failing) >= thresholds.massFailureShare * Double(executed)
    else { return false }
    let texts = failures.of(run.key).map(\.signature)
    return texts.count == run.counts.failing && Set(texts).count == 1 && texts.first != .some(nil)
  }

  private static func number(_ parts: [String], _ state: inout State) -> Int {
    if let known = state.numbers[parts] { return known }
    state.numbers[parts] = state.names.count
    state.names.append(parts)
    return state.names.count - 1
  }

  /// Labels that are another in nearly every run tell no jobs apart.
  private static func volatileLabels(_ runs: [RunRecord]) -> Set<String> {
    var values: [String: (runs: Int, values: Set<String>)] = [:]
    for run in runs {
      for (key, value) in run.labels {
        values[key, default: (0, [])].runs += 1
        values[key, default: (0, [])].values.insert(value)
      }
    }
    return Set(values.filter { $0.value.runs >= 30 && $0.value.values.count * 5 > $0.value.runs * 4 }.keys)
  }
}
