import Synchronization
import TriageModel

@testable import RunHistory

/// A history that is kept nowhere: for tests of what stands on a store.
final class MemoryHistory: HistoryStore, LookStore {
  private let repositories = Mutex<[String: MemoryRepository]>([:])

  /// A history of no runs.
  init() {}

  private func read<Value>(_ repository: String, _ body: (MemoryRepository) throws -> Value) throws(HistoryError)
    -> Value
  {
    do {
      return try body(repositories.withLock { $0[repository] } ?? MemoryRepository(number: 0))
    } catch {
      throw HistoryError(error, path: "memory")
    }
  }

  private func write<Value>(_ repository: String, _ body: (inout MemoryRepository) -> sending Value) -> Value {
    repositories.withLock { repositories in
      let number = Int64(repositories.count + 1)
      return body(&repositories[repository, default: MemoryRepository(number: number)])
    }
  }

  /// The repository that has a run: keys are told apart by it.
  private func repository(of run: RunKey) -> MemoryRepository {
    repositories.withLock { $0.values.first { $0.runs[run] != nil } } ?? MemoryRepository(number: 0)
  }
}

// MARK: - Adding and forgetting

extension MemoryHistory {
  func add(
    _ content: RunContent, repository: String, received: Timestamp
  ) throws(HistoryError) -> RunAdded {
    let received = content.received.map { min(max($0, Timestamp(milliseconds: 0)), received) } ?? received
    return write(repository) { repository in
      let added = repository.add(content, received: received)
      repository.keep(content.verdicts, of: content.record.identity)
      return added
    }
  }

  func prune(
    _ repository: String, keepDays days: Int, isDryRun: Bool
  ) throws(HistoryError) -> Pruned {
    write(repository) { repository in
      let old = repository.snapshot.runs(olderThan: days)
      if !isDryRun { repository.forget(old.map(\.key)) }
      return Pruned(old)
    }
  }

  func compact() {}

  func rekey(_ key: (String) -> SignatureKey) throws(HistoryError) -> Int { 0 }

  func carry(_ keys: [SignatureKey: SignatureKey], in repository: String) throws(HistoryError) {
    write(repository) { $0.carry(keys) }
  }
}

// MARK: - Runs

extension MemoryHistory {
  func snapshot(of repository: String) throws(HistoryError) -> HistorySnapshot {
    try read(repository) { $0.snapshot }
  }

  func received(_ run: RunKey) throws(HistoryError) -> Int64? {
    repository(of: run).runs[run].flatMap { $0.time == $0.received ? $0.received : nil }
  }

  func tests(ofRun run: RunKey, limit: Int) throws(HistoryError) -> [RunTest] {
    let repository = repository(of: run)
    let tests = (repository.runs[run]?.results ?? []).lazy.filter { repository.kinds[$0.test] == nil }
    return tests.prefix(max(0, limit)).map { result in
      RunTest(name: repository.name(of: result.test), leg: repository.legName(result.leg, in: run))
    }
  }

  func results(
    ofRun run: RunKey, isWhole: Bool
  ) throws(HistoryError) -> [(test: String, result: ResultRecord)] {
    let repository = repository(of: run)
    let rows = (repository.runs[run]?.results ?? []).map { result in
      let leg = isWhole ? repository.legs[Int(result.leg)] : repository.legName(result.leg, in: run)
      return (repository.name(of: result.test), result.record(of: run, leg: leg))
    }
    return rows.sorted { ($0.0, $0.1.leg) < ($1.0, $1.1.leg) }
  }

  func compare(
    _ before: RunKey, _ after: RunKey, limit: Int, where isWanted: ((String) -> Bool)?
  ) throws(HistoryError) -> RunComparison {
    let repository = repository(of: after)
    func side(_ run: RunKey) -> RunSide {
      var rest = (repository.runs[run]?.results ?? []).makeIterator()
      return RunSide(run: run, next: { rest.next() }, legName: { repository.legName($0, in: run) })
    }
    do {
      var join = try RunJoin(side(before), side(after), limit: limit) { repository.name(of: $0) }
      try join.walk(isWanted)
      return try join.comparison()
    } catch {
      throw HistoryError(error, path: "memory")
    }
  }
}

// MARK: - Tests

extension MemoryHistory {
  func tests(fitting text: String, in repository: String) throws(HistoryError) -> [String] {
    try read(repository) { repository in
      let wanted = text.lowercased()
      let parts = repository.names.filter { $0.lowercased().contains(wanted) }.sorted {
        ($0.hasSuffix(text) ? 0 : 1, $0) < ($1.hasSuffix(text) ? 0 : 1, $1)
      }.prefix(100)
      let ends = parts.filter { $0.hasSuffix(text) }
      return Array(ends.isEmpty ? parts : ends[...])
    }
  }

  func keys(of tests: [String], in repository: String) throws(HistoryError) -> [TestKey?] {
    try read(repository) { repository in
      tests.map { repository.number(of: StableName.of($0)).map { TestKey(token: $0) } }
    }
  }

  func eachSeries(
    of tests: [String], in repository: String, _ filter: HistoryFilter, _ body: (Int, TestSeries) -> Void
  ) throws(HistoryError) {
    try read(repository) { repository in
      let runs = repository.snapshot.runs(filter).reversed().map(\.key)
      for (place, test) in tests.enumerated() {
        let name = StableName.of(test)
        body(place, TestSeries(test: name, results: runs.flatMap { repository.results(of: name, in: $0) }))
      }
    }
  }

  func results(
    of test: String, inRun run: RunKey, in repository: String
  ) throws(HistoryError) -> [ResultRecord] {
    try read(repository) { $0.results(of: StableName.of(test), in: run) }
  }

  func unsteady(in repository: String, _ filter: HistoryFilter) throws(HistoryError) -> [UnsteadyTest] {
    try read(repository) { repository in
      var found: [Int64: UnsteadyTest] = [:]
      for run in repository.snapshot.runs(filter) {
        for result in repository.runs[run.key]?.results ?? [] where result.outcome.isFailing || result.isRetried {
          let name = repository.name(of: result.test)
          let none = UnsteadyTest(test: name, failures: 0, retried: 0, seconds: 0, lastSeen: run.key)
          found[result.test, default: none].failures += result.outcome.isFailing ? 1 : 0
          found[result.test]?.retried += result.attempts != nil ? 1 : 0
          found[result.test]?.seconds += Double(result.duration ?? 0) / 10_000
        }
      }
      return found.values.sorted { ($1.failures + $1.retried, $0.test) < ($0.failures + $0.retried, $1.test) }
    }
  }
}

// MARK: - Durations

extension MemoryHistory {
  func seconds(ofRuns runs: [RunKey]) throws(HistoryError) -> [RunKey: Double] {
    var seconds: [RunKey: Double] = [:]
    for run in runs {
      let repository = repository(of: run)
      let tests = (repository.runs[run]?.results ?? []).filter { repository.kinds[$0.test] == nil }
      let known = tests.compactMap(\.duration)
      if !known.isEmpty { seconds[run] = Double(known.reduce(0, +)) / 10_000 }
    }
    return seconds
  }

  func slowest(ofRun run: RunKey, limit: Int) throws(HistoryError) -> [(test: String, seconds: Double)] {
    let repository = repository(of: run)
    var longest: [String: Int64] = [:]
    for result in repository.runs[run]?.results ?? [] {
      guard let duration = result.duration, repository.kinds[result.test] == nil else { continue }
      longest[repository.name(of: result.test), default: 0] = max(
        duration, longest[repository.name(of: result.test), default: 0])
    }
    let sorted = longest.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    return sorted.prefix(max(0, limit)).map { ($0.key, Double($0.value) / 10_000) }
  }
}

// MARK: - Verdicts

extension MemoryHistory {
  func verdicts(of runs: [RunKey]) throws(HistoryError) -> [KeptVerdict] {
    runs.flatMap { run in
      (repository(of: run).verdicts[run] ?? [:]).sorted { $0.key < $1.key }
        .map { KeptVerdict(run: run, test: $0.key, label: $0.value) }
    }
  }
}

// MARK: - Items

extension MemoryHistory {
  func measures(
    of items: [String], in repository: String, _ filter: HistoryFilter
  ) throws(HistoryError) -> [[MeasureRecord]] {
    try read(repository) { repository in
      let runs = repository.snapshot.runs(filter).reversed().map(\.key)
      return items.map { item in
        guard let number = repository.number(of: StableName.of(item)) else { return [] }
        return runs.flatMap { run in
          repository.legs.indices.compactMap { leg in
            guard let value = repository.measure(of: number, Int64(leg), in: run),
              let result = repository.runs[run]?.results.first(where: { $0.test == number && $0.leg == Int64(leg) })
            else { return nil }
            return MeasureRecord(
              run: run, leg: repository.legName(Int64(leg), in: run), outcome: result.outcome, value: value)
          }
        }
      }
    }
  }

  func items(ofRun run: RunKey, isWhole: Bool) throws(HistoryError) -> [ItemRecord] {
    let repository = repository(of: run)
    return (repository.runs[run]?.results ?? []).compactMap { result in
      guard let kind = repository.kinds[result.test] else { return nil }
      let leg = isWhole ? repository.legs[Int(result.leg)] : repository.legName(result.leg, in: run)
      return ItemRecord(
        id: repository.name(of: result.test), leg: leg, kind: kind, outcome: result.outcome,
        measure: repository.measure(of: result.test, result.leg, in: run))
    }
  }
}

// MARK: - Failures and looks

extension MemoryHistory {
  func failures(in repository: String, least: Int) throws(HistoryError) -> RunFailures {
    try read(repository) { repository in
      var failures = RunFailures()
      guard repository.runs.values.contains(where: { $0.record.counts.failing >= least }) else { return failures }
      for (key, run) in repository.runs {
        let failing = run.results.filter { $0.outcome.isFailing && repository.kinds[$0.test] == nil }
        let failed = failing.map { result in
          let record = result.record(of: key, leg: repository.legName(result.leg, in: key))
          return RunFailures.Failure(
            test: TestKey(token: result.test), leg: record.leg, signature: record.signature)
        }
        failures.set(failed, of: key)
      }
      return failures
    }
  }

  func spans(
    of signatures: [SignatureKey], in repository: String
  ) throws(HistoryError) -> [SignatureKey: SignatureSpan] {
    try read(repository) { repository in
      var spans: [SignatureKey: SignatureSpan] = [:]
      let wanted = Set(signatures)
      for run in repository.snapshot.runs.reversed() {
        for signature in (repository.runs[run.key]?.results ?? []).compactMap(\.signatureKey)
        where wanted.contains(signature) {
          spans[signature, default: SignatureSpan(first: run.key, last: run.key, count: 0)].last = run.key
          spans[signature]?.count += 1
        }
      }
      return spans
    }
  }

  func text(
    of signature: SignatureKey, in repository: String
  ) throws(HistoryError) -> RunContent.SignatureText? {
    try read(repository) { $0.texts[signature] }
  }

  func rekeyed(
    _ keys: [SignatureKey], in repository: String
  ) throws(HistoryError) -> [SignatureKey: SignatureKey] {
    try rekeyed(in: repository).filter { keys.contains($0.key) }
  }

  func rekeyed(in repository: String) throws(HistoryError) -> [SignatureKey: SignatureKey] {
    try read(repository) { $0.rekeyed }
  }

  func causes(
    of keys: [SignatureKey], in repository: String
  ) throws(HistoryError) -> [SignatureKey: SignatureKey] {
    try read(repository) { repository in repository.causes.filter { keys.contains($0.key) } }
  }

  func remember(
    causes: [SignatureKey: SignatureKey], in repository: String
  ) throws(HistoryError) {
    write(repository) { $0.causes.merge(causes) { known, _ in known } }
  }

  func lastLook(of repository: String, job: String) throws(HistoryError) -> LastLook? {
    try read(repository) { $0.looks[job] }
  }

  func setLastLook(_ look: LastLook, of repository: String, job: String) throws(HistoryError) {
    write(repository) { $0.looks[job] = look }
  }
}
