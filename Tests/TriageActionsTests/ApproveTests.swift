import SafeText
import Testing
import TriageModel

@testable import TriageActions

/// Files that take every golden whole, and none at `no/`.
struct SampleFiles: GoldenFiles {
  private(set) var writes: [FileWrite] = []

  mutating func put(_ candidate: Candidate) -> HeldBack? {
    let place = candidate.change.location
    if place.path.hasPrefix("no/") { return HeldBack(location: place, obstacle: .place, reason: "out") }
    writes.append(
      FileWrite(place.path, expected: candidate.change.currentHash, bytes: candidate.actual.map { _ in [] }))
    return nil
  }
}

@Suite struct ApproveTests {
  private let old = ContentHash(of: "old".utf8)
  private let new = ContentHash(of: "new".utf8)
  private let place = GoldenLocation(path: "tests/a.csv")

  private var facts: DecisionFacts {
    var facts = DecisionFacts(who: "jo", time: Timestamp(milliseconds: 0))
    facts.reason = "meant"
    return facts
  }

  private func words(_ plan: Plan) -> [String] { plan.shown.map(\.words) }

  private func candidate(_ change: (inout Candidate) -> Void = { _ in }) -> Candidate {
    var golden = GoldenChange(location: place, convention: "c", test: "t", recovery: .exact, state: .pending)
    (golden.expectedHash, golden.currentHash, golden.actualHash) = (old, old, new)
    golden.drift = Drift(.noise, "")
    var candidate = Candidate(golden)
    candidate.actual = new
    candidate.reviewed = new
    change(&candidate)
    return candidate
  }

  private func obstacle(
    bulk: Bool = false, named: Set<Obstacle> = [], _ change: (inout Candidate) -> Void
  ) -> Obstacle? {
    var facts = self.facts
    facts.isBulk = bulk
    facts.named = named
    let plan = Approve().plan([candidate(change)], facts, in: SampleFiles())
    // A line of the ledger for each file that is written, and neither for what is held back.
    #expect(plan.held.isEmpty == (plan.writes.count == 1) && plan.lines.count == plan.writes.count)
    return plan.held.first?.obstacle
  }

  @Test func replacesWhatWasReviewed() {
    let plan = Approve().plan([candidate()], facts, in: SampleFiles())
    #expect(plan.steps.first == .write(FileWrite(place.path, expected: old, bytes: [])))
    #expect(words(plan) == ["replace tests/a.csv (\(old.short) by \(new.short))"] && plan.held.isEmpty)
    #expect(plan.title == "approved tests/a.csv: \"meant\"")
    #expect(plan.lines.map(\.reason) == ["meant"] && plan.lines.map(\.drift) == ["noise"])
  }

  @Test func makesAndRemoves() {
    let made = candidate {
      $0.change.state = .new
      ($0.change.expectedHash, $0.change.currentHash) = (nil, nil)
    }
    let removed = candidate {
      $0.change.state = .deleted
      ($0.actual, $0.change.actualHash, $0.reviewed) = (nil, nil, nil)
      $0.isDeletion = true
    }
    let plan = Approve().plan([made, removed], facts, in: SampleFiles())
    #expect(words(plan) == ["make tests/a.csv (\(new.short))", "remove tests/a.csv (\(old.short))"])
  }

  /// What cannot be written is left out of the ledger too, and the rest is done.
  @Test func leavesOutWhatItsFileRefuses() {
    var outside = candidate()
    outside.change.location = GoldenLocation(path: "no/a.csv")
    let plan = Approve().plan([outside, candidate()], facts, in: SampleFiles())
    #expect(
      plan.held.map(\.obstacle) == [.place] && plan.locations == [place] && plan.writes.map(\.path) == [place.path])
  }

  @Test func refusesWhateverIsNamed() {
    let named = Set(Obstacle.allCases)
    #expect(obstacle(named: named) { $0.change.state = .stale } == .stale)
    #expect(obstacle(named: named) { $0.change.state = .nonDeterministic } == .nonDeterministic)
    #expect(obstacle(named: named) { $0.change.state = .approved } == .done)
    #expect(obstacle(named: named) { $0.change.recovery = .partial } == .partial)
    #expect(obstacle(named: named) { $0.change.recovery = .nothing } == .partial)
    #expect(obstacle(named: named) { $0.actual = nil } == .partial)
    #expect(obstacle(named: named) { $0.actual = old } == .bytes)
    #expect(obstacle(named: named) { $0.reviewed = old } == .bytes)
    #expect(obstacle(named: named) { $0.change.currentHash = new } == .done)
    #expect(
      obstacle(named: named) { $0.refusal = HeldBack(location: place, obstacle: .place, reason: "out") } == .place)
  }

  @Test func holdsBackInBulkUntilNamed() {
    let nan: (inout Candidate) -> Void = { $0.change.drift = Drift(.nanBorn, "3") }
    let shape: (inout Candidate) -> Void = { $0.change.drift = Drift(.shape, "1") }
    #expect(obstacle(bulk: true, nan) == .nanBorn)
    #expect(obstacle(bulk: false, nan) == nil)
    #expect(obstacle(bulk: true, named: [.nanBorn], nan) == nil)
    #expect(obstacle(bulk: true, named: [.nanBorn], shape) == .shape)
    #expect(obstacle(bulk: false, shape) == nil)
    #expect(obstacle(bulk: true, named: [.shape], shape) == nil)
    #expect(
      obstacle(bulk: true) {
        $0.change.summary = ChangeSummary(unit: "cells")
        $0.change.summary?.structure = ["the final line end is new"]
      } == nil)
    let secret: (inout Candidate) -> Void = { $0.secrets = [SecretFinding(.jwt, line: 1)] }
    #expect(obstacle(bulk: false, secret) == .secrets)
    #expect(obstacle(bulk: true, named: [.secrets], secret) == nil)
  }

  @Test func aRefusalNeedsSomethingToBeBoundTo() {
    let stale = candidate { $0.change.state = .stale }
    let plan = Reject().plan([stale], facts, in: SampleFiles())
    #expect(plan.writes.isEmpty && words(plan) == ["refuse \(new.short) for tests/a.csv"])
    let partial = candidate { ($0.actual, $0.change.recovery) = (nil, .statistics) }
    #expect(Reject().plan([partial], facts, in: SampleFiles()).held.map(\.obstacle) == [.partial])
    #expect(
      Reject().plan([candidate { $0.change.state = .rejected }], facts, in: SampleFiles()).held.map(\.obstacle) == [
        .done
      ])
    #expect(Reject().plan([candidate { $0.reviewed = old }], facts, in: SampleFiles()).held.map(\.obstacle) == [.bytes])
  }
}
