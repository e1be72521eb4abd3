import TriageModel

@testable import RunHistory

/// What is kept of one repository in memory.
struct MemoryRepository: Sendable {
  /// A run with its results, in order of test and leg.
  struct Kept: Sendable {
    var record: RunRecord
    /// When it began by its own word.
    var started: Timestamp?
    /// Where it stands in time, and when it was added, in milliseconds since 1970.
    var time: Int64
    var received: Int64
    /// The labels; one that two legs have differently is kept as empty, so that no third leg brings it back.
    var labels: [String: String]
    var results: [StoredResult]
  }

  /// Tells the repository from others: runs' keys begin with it.
  let number: Int64
  private(set) var runs: [RunKey: Kept] = [:]
  /// Names of tests; a test's number is its index and one.
  private(set) var names: [String] = []
  /// Names of legs; the first is the empty one.
  private(set) var legs = [""]
  private(set) var texts: [SignatureKey: RunContent.SignatureText] = [:]
  var causes: [SignatureKey: SignatureKey] = [:]
  private(set) var rekeyed: [SignatureKey: SignatureKey] = [:]
  var looks: [String: LastLook] = [:]
  /// What failures were called, by run and test.
  private(set) var verdicts: [RunKey: [String: Verdict.Label]] = [:]
  /// The kinds of items that are no tests, by their numbers.
  private(set) var kinds: [Int64: String] = [:]
  private var measures: [RunKey: [ItemEntries.Measure]] = [:]
  private var numbers: [Int64: Int64] = [:]
  private var version: Int64 = 0
  private var lastRun: Int64 = 0

  init(number: Int64) { self.number = number }

  // MARK: - Reading

  var snapshot: HistorySnapshot {
    let ordered = runs.values.sorted { left, right in
      let (one, two) = (left.record.identity, right.record.identity)
      if left.time != right.time { return left.time > right.time }
      if one.id.utf8.count != two.id.utf8.count { return one.id.utf8.count > two.id.utf8.count }
      return (one.id, one.source, one.attempt) > (two.id, two.source, two.attempt)
    }
    return HistorySnapshot(version: version, runs: ordered.map(\.record), times: ordered.map(\.time))
  }

  /// The name of a test; empty for one that is not kept.
  func name(of test: Int64) -> String { names.indices.contains(Int(test) - 1) ? names[Int(test) - 1] : "" }

  /// The number of a test by its stable name; nil for one that no run had.
  func number(of test: String) -> Int64? { numbers[hash(test)] }

  /// What a leg is called in a run; empty where it is the run's only one.
  func legName(_ leg: Int64, in run: RunKey) -> String {
    leg == 0 ? "" : LegName(text: legs[Int(leg)]).shown(besides: runs[run]?.record.labels ?? [:])
  }

  func results(of test: String, in run: RunKey) -> [ResultRecord] {
    guard let number = number(of: test) else { return [] }
    return (runs[run]?.results ?? []).filter { $0.test == number }.map {
      let result = $0.record(of: run, leg: legName($0.leg, in: run))
      return kinds[number] == nil ? result : result.asOfItem
    }
  }

  // MARK: - Adding

  mutating func add(_ content: RunContent, received: Timestamp) -> RunAdded {
    var entries = content.entries(of: number)
    content.giveLegs(&entries) { Int32(clamping: leg($0)) }
    let newTests = giveTests(&entries, content)
    entries.sort { ($0.test, $0.leg) < ($1.test, $1.leg) }
    let results = Array(content.results(entries))
    if let known = runs.first(where: { $0.value.record.identity == content.record.identity })?.key {
      keep(ItemEntries(entries, of: content), of: known)
      return complete(known, content, results, newTests: newTests, received)
    }
    lastRun += 1
    let key = RunKey(token: number << 32 | lastRun)
    let kept = Kept(
      record: content.record, started: content.record.startedAt, time: content.record.time(received: received),
      received: received.milliseconds, labels: content.record.labels,
      results: StoredResult.settled(results, legNames))
    runs[key] = kept
    keep(ItemEntries(entries, of: content), of: key)
    settle(key)
    keep(content)
    return .added(results: kept.results.count, newTests: newTests)
  }

  private mutating func complete(
    _ key: RunKey, _ content: RunContent, _ results: [StoredResult], newTests: Int, _ received: Timestamp
  ) -> RunAdded {
    guard var run = runs[key] else { return .known }
    let own = leg(LegName(run.record.labels).text)
    var before = run.results
    for place in before.indices where before[place].leg == 0 { before[place].leg = own }
    before.sort { ($0.test, $0.leg) < ($1.test, $1.leg) }
    let merged = StoredResult.settled(StoredResult.completed(before, by: results), legNames)
    let hasNews = run.fillIn(
      content.record, received, legs: Set((before + results).map(\.leg)).map { LegName(text: legs[Int($0)]) })
    if merged == run.results, !hasNews { return .known }
    let more = max(0, merged.count - run.results.count)
    run.results = merged
    runs[key] = run
    settle(key)
    keep(content)
    return .completed(results: more, newTests: newTests)
  }

  mutating func keep(_ verdicts: [String: Verdict.Label], of identity: RunIdentity) {
    guard let key = runs.first(where: { $0.value.record.identity == identity })?.key else { return }
    for (name, label) in verdicts where number(of: StableName.of(name)) != nil {
      self.verdicts[key, default: [:]][StableName.of(name), default: label] =
        self.verdicts[key]?[StableName.of(name)] ?? label
    }
  }

  mutating func forget(_ keys: [RunKey]) {
    if keys.isEmpty { return }
    for key in keys { (runs[key], measures[key], verdicts[key]) = (nil, nil, nil) }
    let left = Set(runs.values.flatMap { $0.results.compactMap(\.signatureKey) })
    texts = texts.filter { left.contains($0.key) }
    let tests = Set(runs.values.flatMap { $0.results.map(\.test) })
    numbers = numbers.filter { tests.contains($0.value) }
    for place in names.indices where !tests.contains(Int64(place + 1)) { names[place] = "" }
    version += 1
  }

  mutating func carry(_ keys: [SignatureKey: SignatureKey]) {
    rekeyed = rekeyed.mapValues { keys[$0] ?? $0 }.merging(keys) { $1 }
    for (old, new) in keys where old != new {
      for key in runs.keys {
        for place in runs[key]?.results.indices ?? 0..<0 where runs[key]?.results[place].signatureKey == old {
          runs[key]?.results[place].signature = Int64(bitPattern: new.value)
        }
      }
      if let text = texts.removeValue(forKey: old) { texts[new] = texts[new] ?? text }
      if let cause = causes.removeValue(forKey: old) { causes[new] = causes[new] ?? cause }
    }
    version += 1
  }

  /// Brings what others see of a run in line with what is kept of it.
  private mutating func settle(_ key: RunKey) {
    guard var run = runs[key] else { return }
    run.record.key = key
    run.record.labels = run.labels.filter { !$0.value.isEmpty }
    var content = ItemEntries([], of: RunContent(record: run.record) { _, _ in })
    content.kinds = kinds
    (run.record.counts, run.record.items) = content.counts(run.results)
    run.record.startedAt = run.started.flatMap { $0.milliseconds == run.time ? $0 : nil }
    runs[key] = run
    version += 1
  }

  private mutating func keep(_ items: ItemEntries, of run: RunKey) {
    kinds.merge(items.kinds) { $1 }
    for measure in items.measures {
      measures[run, default: []].removeAll { $0.test == measure.test && $0.leg == measure.leg }
      measures[run]?.append(measure)
    }
  }

  /// The number that an item is known by in a run and leg.
  func measure(of test: Int64, _ leg: Int64, in run: RunKey) -> Double? {
    measures[run]?.first { $0.test == test && $0.leg == leg }?.value
  }

  private mutating func keep(_ content: RunContent) {
    texts.merge(content.signatures) { known, _ in known }
  }

  private var legNames: [Int64: LegName] {
    Dictionary(uniqueKeysWithValues: legs.enumerated().map { (Int64($0), LegName(text: $1)) })
  }

  private mutating func leg(_ name: String) -> Int64 {
    if let place = legs.firstIndex(of: name) { return Int64(place) }
    legs.append(name)
    return Int64(legs.count - 1)
  }

  private mutating func giveTests(_ entries: inout [RunEntry], _ content: RunContent) -> Int {
    let known = names.count
    for place in entries.indices {
      if numbers[entries[place].hash] == nil {
        content.withName(Int(entries[place].row)) { names.append(String(decoding: $0, as: UTF8.self)) }
        numbers[entries[place].hash] = Int64(names.count)
      }
      entries[place].test = numbers[entries[place].hash] ?? 0
    }
    return names.count - known
  }

  private func hash(_ name: String) -> Int64 {
    var hash = NameHash(seed: number)
    var name = name
    name.withUTF8 { hash.add(UnsafeRawBufferPointer($0)) }
    return hash.value
  }
}

extension MemoryRepository.Kept {
  /// Fills in what an earlier report did not say of the run; whether that was anything. Where reports differ, the least
  /// counts, in whatever order they come.
  fileprivate mutating func fillIn(_ other: RunRecord, _ received: Timestamp, legs: [LegName]) -> Bool {
    let before = self
    func least<Value: Comparable>(_ known: Value?, _ new: Value?) -> Value? { [known, new].compactMap(\.self).min() }
    record.commit = least(record.commit, other.commit)
    record.commitTitle = least(record.commitTitle, other.commitTitle)
    record.branch = least(record.branch, other.branch)
    record.isComplete = record.isComplete || other.isComplete
    record.took = RunTime.surer(record.took, other.took)
    if let new = other.startedAt, started.map({ new < $0 }) ?? true {
      started = new
      time = other.time(received: received)
    }
    for (name, value) in record.labels.merging(other.labels, uniquingKeysWith: { known, _ in known }) {
      let isCommon =
        (other.labels[name] ?? value) == value && legs.allSatisfy { ($0.labels[name] ?? value) == value }
      labels[name] = isCommon ? labels[name] ?? value : ""
    }
    return record.took != before.record.took || record.commit != before.record.commit
      || record.commitTitle != before.record.commitTitle
      || record.branch != before.record.branch || record.isComplete != before.record.isComplete
      || started != before.started || labels != before.labels
  }
}

extension StoredResult {
  /// The key of what the first failing attempt said; nil when none failed.
  var signatureKey: SignatureKey? { signature.map { SignatureKey(UInt64(bitPattern: $0)) } }
  /// Whether there is more to tell of its attempts than its outcome does.
  var isRetried: Bool { attempts != nil }
}
