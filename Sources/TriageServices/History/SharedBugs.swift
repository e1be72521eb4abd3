internal import FailureAnalysis
package import TriageModel

/// Which texts of a run's failures are one bug: they began in one run, after one last pass, and either fail at one place
/// of the project's code or have one commit as their only suspect.
///
/// That they began together is not enough: a run brings many commits.
package struct SharedBugs {
  /// Texts that are one bug.
  package struct Bug: Equatable {
    /// The places of its causes in the run's list, most failures first.
    package var causes: [Int]
    /// Why they are one, as a clause: `all at src/reader.py:32`.
    package var why: String
  }

  /// Finds the only commit that can have broken a test; nil when there are others, or none is known.
  package typealias Culprit = (TestIndex, TestStanding) -> String?

  /// The bugs with more than one text.
  private(set) var bugs: [Bug] = []

  /// The bugs among some tests' failures, whose causes stand in `places`.
  init(
    of tests: [TestIndex], in table: TestTable, places: [TestIndex: Int], standings: [TestIndex: TestStanding],
    culprit: Culprit
  ) {
    var evidence: [Int: Evidence] = [:]
    for test in tests {
      guard let place = places[test] else { continue }
      evidence[place, default: Evidence()].add(test, standings[test], in: table)
    }
    var links = Links()
    var culprits: [Evidence.Beginning: String?] = [:]
    for (place, found) in evidence.sorted(by: { $0.key < $1.key }) {
      guard let beginning = found.beginning, let first = found.first else { continue }
      for location in found.locations { links.add(place, at: beginning, "at \(location)") }
      if culprits[beginning] == nil, let standing = standings[first] {
        culprits[beginning] = .some(culprit(first, standing))
      }
      if let commit = culprits[beginning] ?? nil { links.add(place, at: beginning, "since commit \(commit.prefix(9))") }
    }
    bugs = links.bugs
  }
}

/// What is known of the failures of one text.
private struct Evidence {
  /// The run in which they began, and the last good one before.
  struct Beginning: Hashable {
    var since: RunIdentity
    var lastPass: RunIdentity?
  }

  var first: TestIndex?
  var locations: Set<String> = []
  private var beginnings: Set<Beginning?> = []

  /// The one beginning of all of them; nil when there are several, or one is not known.
  var beginning: Beginning? { beginnings.count == 1 ? beginnings.first ?? nil : nil }

  mutating func add(_ test: TestIndex, _ standing: TestStanding?, in table: TestTable) {
    if first == nil { first = test }
    let isBreakage = standing.map { [.new, .broken].contains($0.verdict.label) } ?? false
    if isBreakage, let since = standing?.since {
      beginnings.insert(Beginning(since: since.identity, lastPass: standing?.lastPass?.identity))
    } else {
      beginnings.insert(nil)
    }
    guard let failure = table.decidingFailure(of: test), failure.line > 0 else { return }
    let file = table.text.withBytes(of: failure.file) { String(decoding: $0.prefix(400), as: UTF8.self) }
    if !file.isEmpty { locations.insert("\(file):\(failure.line)") }
  }
}

/// Causes that are linked by what they share, as trees of places.
private struct Links {
  private var parents: [Int: Int] = [:]
  private var firsts: [String: Int] = [:]
  private var reasons: [Int: String] = [:]

  mutating func add(_ place: Int, at beginning: Evidence.Beginning, _ reason: String) {
    let name =
      "\(beginning.since.source)\u{0}\(beginning.since.id)\u{0}\(beginning.since.attempt)\u{0}\(beginning.lastPass?.id ?? "")\u{0}\(reason)"
    guard let other = firsts[name] else { return firsts[name] = place }
    let (one, two) = (root(place), root(other))
    if one == two { return }
    let (lead, rest) = (min(one, two), max(one, two))
    parents[rest] = lead
    reasons[lead] = reasons[lead] ?? reasons[rest] ?? reason
  }

  private func root(_ place: Int) -> Int {
    var place = place
    while let parent = parents[place] { place = parent }
    return place
  }

  var bugs: [SharedBugs.Bug] {
    var members: [Int: [Int]] = [:]
    for place in parents.keys { members[root(place), default: []].append(place) }
    return members.sorted { $0.key < $1.key }.map { lead, rest in
      SharedBugs.Bug(causes: [lead] + rest.sorted(), why: reasons[lead] ?? "")
    }
  }
}
