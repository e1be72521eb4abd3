internal import TriageModel

/// What a store does for a run that is added, inside one transaction; what is made of it is the same in every store.
protocol RunWriting {
  var repository: Int64 { get }
  /// Now: where a run without a time stands.
  var received: Timestamp { get }

  /// The run of an identity; nil when it is not known.
  func number(of identity: RunIdentity) throws -> Int64?
  /// The number of a leg, which is made where it is new; 0 for the one without a name.
  func number(ofLeg name: String) throws -> Int32
  /// Gives each entry its test; the entries are in order of hash. Returns how many tests are new.
  func resolve(_ entries: inout [RunEntry], of content: RunContent) throws -> Int
  /// The names of some legs.
  func names(ofLegs legs: Set<Int64>) throws -> [Int64: String]
  /// The kinds of the repository's items that are no tests, by their numbers.
  func itemKinds() throws -> [Int64: String]

  /// Adds a run without its results.
  func insert(_ run: KeptRun, _ identity: RunIdentity, _ counts: StoredCounts) throws -> Int64
  /// What is kept of a run, and whether it has items that are no tests.
  func kept(_ run: Int64) throws -> (run: KeptRun, hasItems: Bool)
  /// Keeps a run as it is now.
  func update(_ number: Int64, _ run: KeptRun) throws
  /// Keeps how the results of a run ended.
  func update(_ number: Int64, _ counts: StoredCounts) throws

  /// Gives the results of a run one by one, in order of test and leg; nil at the end. It is asked until then.
  func results(of run: Int64) throws -> () throws -> StoredResult?
  /// Adds results, in order of test and leg, to a run that has none.
  func insert(_ results: some RandomAccessCollection<StoredResult>, run: Int64) throws
  /// Removes the results of a run.
  func deleteResults(of run: Int64) throws
  /// Keeps the kinds and numbers of a run's items.
  func keep(_ items: ItemEntries, run: Int64) throws
  /// Keeps texts; what was kept of a signature stays.
  func keep(_ texts: [SignatureKey: RunContent.SignatureText]) throws
  /// Keeps what failures were called, by their tests' hashes; what was kept of one stays.
  func keep(_ verdicts: [(hash: Int64, label: Verdict.Label)], run: Int64) throws
  /// Marks what anybody has read of the repository's runs as old.
  func countUp() throws
}

/// How the results of a run ended, as stores write it.
struct StoredCounts: Equatable {
  var results: Int
  var tests: String
  var items: String

  init(_ results: some Collection<StoredResult>, _ items: ItemEntries) {
    let counts = items.counts(results)
    self.results = results.count
    tests = counts.tests.stored
    self.items = counts.items.stored
  }
}

extension RunWriting {
  /// Adds a run, or completes the one that is known.
  func add(_ content: RunContent) throws -> RunAdded {
    let known = try number(of: content.record.identity)
    var entries = content.entries(of: repository)
    try content.giveLegs(&entries) { try number(ofLeg: $0) }
    let newTests = try resolve(&entries, of: content)
    entries.sort { ($0.test, $0.leg) < ($1.test, $1.leg) }
    let results = content.results(entries)
    let run: Int64
    let added: RunAdded
    if let known {
      run = known
      added = try complete(known, content, results, newTests: newTests)
    } else {
      let legs = try self.legs(of: LegSet(results))
      let count: Int
      if StoredResult.mayBeVague(among: legs) {
        (run, count) = try insert(StoredResult.settled(Array(results), legs), entries, of: content)
      } else {
        (run, count) = try insert(results, entries, of: content)
      }
      added = .added(results: count, newTests: newTests)
    }
    if !content.verdicts.isEmpty {
      let verdicts = content.verdicts.sorted { $0.key < $1.key }.map { name, label in
        (hash: NameHash.of(StableName.of(name), in: repository), label: label)
      }
      try keep(verdicts, run: run)
    }
    if added != .known { try countUp() }
    return added
  }

  private func insert(
    _ results: some RandomAccessCollection<StoredResult>, _ entries: [RunEntry], of content: RunContent
  ) throws -> (run: Int64, count: Int) {
    let items = ItemEntries(entries, of: content)
    let run = try insert(
      KeptRun(content.record, received: received), content.record.identity, StoredCounts(results, items))
    try insert(results, run: run)
    try keep(items, run: run)
    try keep(content.signatures)
    return (run, results.count)
  }

  private func complete(
    _ run: Int64, _ content: RunContent, _ results: RunResults, newTests: Int
  ) throws -> RunAdded {
    let before = try kept(run)
    if let legs = try legs(ofKnown: run, before.run, telling: results) {
      var now = before.run
      now.fillIn(KeptRun(content.record, received: received), legs)
      if now == before.run { return .known }
    }
    // Kinds are only read where the run or what is added has any.
    let kinds = before.hasItems || !content.items.isEmpty ? try itemKinds() : [:]
    let items = ItemEntries(results.entries, of: content, known: kinds)
    let next = try self.results(of: run)
    var stored: [StoredResult] = []
    while let result = try next() { stored.append(result) }
    let results = Array(results)
    let named = try named(stored, before.run)
    let legs = try legs(of: LegSet(named + results))
    let merged = StoredResult.settled(StoredResult.completed(named, by: results), legs)
    var now = before.run
    now.fillIn(KeptRun(content.record, received: received), legs)
    if now != before.run { try update(run, now) }
    if merged == stored, now == before.run { return .known }
    try keep(content.signatures)
    try keep(items, run: run)
    if merged != stored {
      try deleteResults(of: run)
      try insert(merged, run: run)
      try update(run, StoredCounts(merged, items))
    }
    return .completed(results: max(0, merged.count - stored.count), newTests: newTests)
  }

  /// The legs of a run whose results tell already all that further results of it do: nothing is left to be completed. Nil
  /// where they may not, and where legs must be told apart first.
  private func legs(ofKnown run: Int64, _ kept: KeptRun, telling results: RunResults) throws -> [Int64: LegName]? {
    var legs = LegSet(results)
    let next = try self.results(of: run)
    var place = 0
    var isTold = true
    while let stored = try next() {
      if !isTold { continue }
      legs.insert(stored.leg)
      guard place < results.count else { continue }
      let result = results[place]
      if (stored.test, stored.leg) < (result.test, result.leg) { continue }
      isTold =
        stored == result
        || stored.test == result.test && stored.leg == result.leg && stored.completed(by: result) == stored
      place += 1
    }
    guard isTold, place == results.count, !legs.numbers.contains(0) || kept.commonLabels.isEmpty else { return nil }
    let names = try self.legs(of: legs)
    return StoredResult.mayBeVague(among: names) ? nil : names
  }

  /// Results that were kept before legs had the names of all their labels: those of a run with labels get its.
  private func named(_ results: [StoredResult], _ run: KeptRun) throws -> [StoredResult] {
    guard results.contains(where: { $0.leg == 0 }) else { return results }
    let leg = try number(ofLeg: LegName(run.commonLabels).text)
    if leg == 0 { return results }
    return results.map { result in
      var result = result
      if result.leg == 0 { result.leg = Int64(leg) }
      return result
    }
    .sorted { ($0.test, $0.leg) < ($1.test, $1.leg) }
  }

  /// The names of the legs that results are of.
  private func legs(of legs: LegSet) throws -> [Int64: LegName] {
    let names = try names(ofLegs: legs.numbers)
    return Dictionary(uniqueKeysWithValues: legs.numbers.map { ($0, LegName(text: names[$0] ?? "")) })
  }
}

/// The numbers of legs that results are of.
private struct LegSet {
  private(set) var numbers: Set<Int64> = []
  private var last: Int64 = -1

  init(_ results: some Sequence<StoredResult>) {
    for result in results { insert(result.leg) }
  }

  mutating func insert(_ leg: Int64) {
    if leg == last { return }
    last = leg
    numbers.insert(leg)
  }
}

extension RunContent {
  /// When a store got it: a later time than now is none that another store can have had.
  func received(now: Timestamp) -> Timestamp {
    received.map { min(max($0, Timestamp(milliseconds: 0)), now) } ?? now
  }
}
