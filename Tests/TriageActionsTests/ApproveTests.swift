import Testing
import TriageModel

@testable import TriageActions

@Suite struct ApproveTests {
  private let old = ContentHash(of: "old".utf8)
  private let new = ContentHash(of: "new".utf8)
  private let place = GoldenPlace(path: "tests/a.csv")

  private func candidate(_ change: (inout Candidate) -> Void = { _ in }) -> Candidate {
    var golden = GoldenChange(place: place, convention: "c", test: "t", recovery: .exact, state: .pending)
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
    let plan = Approve(named: named, isBulk: bulk).plan([candidate(change)])
    #expect((plan.held.isEmpty) == (plan.steps.count == 1))
    return plan.held.first?.obstacle
  }

  @Test func replacesWhatWasReviewed() {
    let plan = Approve(isBulk: true).plan([candidate()])
    #expect(plan.steps == [.replace(place, expected: old, actual: new)] && plan.held.isEmpty)
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
    #expect(
      Approve(isBulk: true).plan([made, removed]).steps == [
        .replace(place, expected: nil, actual: new), .remove(place, expected: old),
      ])
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
      obstacle(named: named) { $0.refusal = HeldBack(place: place, obstacle: .place, reason: "out") } == .place)
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
    #expect(Reject().plan([stale]).steps == [.refuse(place, actual: new)])
    let partial = candidate { ($0.actual, $0.change.recovery) = (nil, .statistics) }
    #expect(Reject().plan([partial]).held.map(\.obstacle) == [.partial])
    #expect(Reject().plan([candidate { $0.change.state = .rejected }]).held.map(\.obstacle) == [.done])
    #expect(Reject().plan([candidate { $0.reviewed = old }]).held.map(\.obstacle) == [.bytes])
  }
}
