package import RunHistory
package import TriageModel

extension HistoryService {
  /// Tests that are looked at one by one; of larger runs only the number is told.
  private static let mostNamed = 200_000
  /// Files that are named one by one.
  private static let namedFiles = 3

  /// The runs, each with what the history says of tests that did not run, and its other items judged.
  package func completed(_ runs: [Run]) throws(HistoryError) -> [Run] {
    let known = try store.runs(of: repository)
    if known.isEmpty { return runs }
    var runs = runs
    for place in runs.indices {
      if !runs[place].table.itemCounts.isEmpty { runs[place] = try ItemJudge(self).judged(runs[place], among: known) }
      let (reasons, takenAlong) = try missing(in: runs[place], among: known)
      if !reasons.isEmpty { runs[place].info.note(shortfall: reasons, takenAlong: takenAlong) }
    }
    return runs
  }

  /// Why a run cannot hold all its tests, as the runs of its stream before it tell, and how many tests each failure of
  /// a file took along; nothing for a chosen part of the tests.
  private func missing(
    in run: Run, among known: [RunRecord]
  ) throws(HistoryError) -> (reasons: [String], takenAlong: [String: Int]) {
    if run.info.selection != nil { return ([], [:]) }
    let shortfall = RunShortfall(thresholds)
    let peers = shortfall.peers(of: RunRecord(run), among: known)
    guard let usual = shortfall.usual(peers) else { return ([], [:]) }
    let unloaded = UnloadedFile.all(in: run.table)
    guard shortfall.isFarBelow(run.table.counts.total, usual: usual) || !unloaded.isEmpty,
      let whole = peers.first(where: { !shortfall.isFarBelow($0.counts.total, usual: usual) })
    else { return ([], [:]) }
    let lost = try lost(of: run, since: whole)
    var reasons: [String] = []
    var takenAlong: [String: Int] = [:]
    for file in unloaded {
      let count = lost.missing.count { $0.name.hasPrefix(file.path + "::") || $0.name.hasPrefix(file.path + "/") }
      guard count > 0 else { continue }
      reasons.append("\(Self.tests(count)) of \(file.path) did not run: it did not load")
      takenAlong[file.failure] = count
    }
    if reasons.count > Self.namedFiles {
      reasons = reasons.prefix(Self.namedFiles) + ["\(reasons.count - Self.namedFiles) more files did not load"]
    }
    if shortfall.isFarBelow(lost.expected - lost.missing.count, usual: lost.expected),
      shortfall.isFarBelow(lost.held, usual: lost.expected)
    {
      let (missing, expected) = (CountText.of(lost.missing.count), CountText.of(lost.expected))
      reasons.insert("\(missing) of \(expected) tests did not run that ran in \(whole.shortName)", at: 0)
    }
    return (reasons, takenAlong)
  }

  /// What the legs of a run lack of a whole run's tests, how many were expected there, and how many tests they hold.
  private func lost(
    of run: Run, since whole: RunRecord
  ) throws(HistoryError) -> (missing: [RunTest], expected: Int, held: Int) {
    var held: Set<RunTest> = []
    for place in 0..<min(run.table.count, Self.mostNamed) {
      let test = TestIndex(place)
      guard run.table.kind(of: test).isOfTests else { continue }
      held.insert(RunTest(name: StableName.of(run.table.id(of: test)), leg: run.table.leg(of: test)))
    }
    let legs = Set(held.map(\.leg))
    let all = try store.tests(ofRun: whole.key, limit: Self.mostNamed)
    // Legs are added one by one: those that are not here yet are no loss of the others.
    let expected = all.filter { legs.contains($0.leg) || legs.isEmpty }
    return (expected.filter { !held.contains($0) }, expected.count, held.count)
  }

  private static func tests(_ count: Int) -> String { count == 1 ? "1 test" : "\(CountText.of(count)) tests" }
}

/// A file of tests that could not be loaded: its tests are not part of the run, and one failure stands for them.
struct UnloadedFile: Hashable {
  /// The path, as the names of its tests begin.
  let path: String
  /// The id of the failure that stands for it.
  let failure: String

  /// The files that a run could not load.
  static func all(in table: TestTable) -> [UnloadedFile] {
    var files: Set<UnloadedFile> = []
    for test in table.tests(where: \.isFailing) where table.kind(of: test) == .suite {
      let id = table.id(of: test)
      func add(_ path: String) { files.insert(UnloadedFile(path: path, failure: id)) }
      if let file = table.pytestFile(of: table.suite(of: test)) { add(file) }
      // A file of Python, or a module by its dotted name, as JUnit's `name` has it.
      let paths = id.contains { $0 == " " || $0 == "/" } ? [id] : [id, id.replacing(".", with: "/") + ".py"]
      for path in paths where !path.contains("::") { add(path) }
      if let file = table.definition(of: test)?.file { add(file) }
    }
    return files.sorted { ($0.path, $0.failure) < ($1.path, $1.failure) }
  }
}

extension HistoryService {
  /// The runs of a filter, newest first; those that lack tests of their stream are not whole, and say how many.
  package func runs(_ filter: HistoryFilter) throws(HistoryError) -> [RunRecord] {
    let missing = RunShortfall(thresholds).missing(in: try store.runs(of: repository))
    return try store.runs(of: repository, filter).map { run in
      guard let count = missing[run.key] else { return run }
      var run = run
      run.missing = count
      run.isComplete = false
      return run
    }
  }
}
