internal import Foundation
package import RunHistory
internal import TriageModel

/// What a copy of a shared history took.
package struct HistoryPull: Sendable {
  /// Runs that were copied, or copied again because more is known of them.
  package var copied = 0
  /// Their results.
  package var results = 0
  /// Runs that the copy has now.
  package var runs = 0
  /// The server and its database.
  package var source = ""
}

extension HistoryService {
  /// Copies this repository's part of the shared history to this machine, where it answers while the server cannot be
  /// reached. Only what changed since the last copy is read; where runs were forgotten, all of it is.
  ///
  /// - Parameter progress: Told how many runs of how many are done.
  package func pull(_ progress: (Int, Int) -> Void) throws(HistoryError) -> HistoryPull {
    guard let address = place.address else { throw .system("history.store in .assay/config.yaml names none") }
    if case .unreachable? = refusal, let refusal { throw refusal }
    let shared = try PostgresAddress(address)
    let now = WallClock.now(environment: environment)
    let copy = SharedCopy(of: shared, place.directories)
    let names = [repository, reruns.repository]
    var path = copy.current?.path ?? copy.newPath(now)
    var target = try SQLiteHistory(path: path)
    for name in names {
      let known = Set(try store.runs(of: name).map(\.identity))
      guard try target.runs(of: name).contains(where: { !known.contains($0.identity) }) else { continue }
      path = copy.newPath(now)
      target = try SQLiteHistory(path: path)
      break
    }
    var pull = HistoryPull(source: shared.name)
    for name in names { try self.pull(name, into: target, &pull, progress) }
    try copy.keep(path, pulled: now)
    return pull
  }

  private func pull(
    _ repository: String, into target: SQLiteHistory, _ pull: inout HistoryPull, _ progress: (Int, Int) -> Void
  ) throws(HistoryError) {
    let runs = try store.runs(of: repository)
    pull.runs += runs.count
    let verdicts = try Dictionary(grouping: store.verdicts(of: runs.map(\.key)), by: \.run).mapValues(\.count)
    let known = try target.runs(of: repository)
    let knownVerdicts = try Dictionary(grouping: target.verdicts(of: known.map(\.key)), by: \.run).mapValues(\.count)
    let copies = Dictionary(known.map { ($0.identity, $0) }) { first, _ in first }
    // Oldest first: a copy that is cut off lacks the newest, as one that is old does.
    for (place, run) in runs.reversed().enumerated() {
      progress(place, runs.count)
      if var copy = copies[run.identity], knownVerdicts[copy.key] == verdicts[run.key] {
        copy.key = run.key
        if copy == run { continue }
      }
      guard let content = try content(of: run, in: repository) else { continue }
      let received = Timestamp(
        milliseconds: try store.received(run.key) ?? WallClock.now(environment: environment).milliseconds)
      _ = try target.add(content, repository: repository, received: received)
      let keys = content.rows.signatureKeys.sorted()
      try target.remember(causes: store.causes(of: keys, in: repository), in: repository)
      pull.copied += 1
      pull.results += content.rows.count
    }
    // Last: what was copied before the server carried keys over lies under the older ones, runs and causes alike.
    let carried = try target.rekeyed(in: repository)
    try target.carry(store.rekeyed(in: repository).filter { carried[$0.key] != $0.value }, in: repository)
  }

  /// A run with all that is kept of it, as another store takes it.
  private func content(of run: RunRecord, in repository: String) throws(HistoryError) -> RunContent? {
    var lines = RunLines()
    var failure: HistoryError?
    _ = try store.export(run, of: repository) { block in
      do throws(HistoryError) {
        for line in block.split(separator: 0x0A) { _ = try lines.add(Array(line)) }
        return true
      } catch {
        failure = error
        return false
      }
    }
    if let failure { throw failure }
    return try lines.finish()
  }
}
