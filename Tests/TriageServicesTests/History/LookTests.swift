import FailureAnalysis
import TestSupport
import Testing
import TriageModel
import Workspace

@testable import TriageServices

/// What a person is told of what changed since they looked last.
@Suite struct LookTests {
  private let folder: TemporaryFolder
  private let service: HistoryService

  init() throws {
    folder = try TemporaryFolder()
    service = try HistoryService(
      nil, directories: Directories(environment: ["HOME": folder.path]),
      environment: ["ASSAY_NOW": "2026-11-21T12:00:00Z"])
  }

  /// A run that began so many days into the month, with the tests that fail in it.
  private func run(
    _ day: Int, failing: Set<String>, skipped: Set<String> = [], branch: String = "main"
  ) throws -> Run {
    var fixture = RunFixture()
    for name in ["test_a", "test_b", "test_c"] {
      if failing.contains(name) {
        fixture.add(name, .failed, message: "boom")
      } else {
        fixture.add(name, skipped.contains(name) ? .skipped : .passed)
      }
    }
    fixture.info.identity = RunIdentity(source: "ci", id: "\(4100 + day)")
    fixture.info.branch = branch
    fixture.info.startedAt = Timestamp(milliseconds: Int64(1_760_000_000_000) + Int64(day) * 86_400_000)
    let run = fixture.run()
    try service.add(run)
    return run
  }

  @Test func namesWhatBrokeAndWhatWasMendedSinceTheLastLook() throws {
    let first = try run(1, failing: ["test_a"])
    _ = try run(2, failing: ["test_a", "test_b"])
    let third = try run(3, failing: ["test_b"])
    #expect(try service.look(at: first, isKept: true) == nil)
    let look = try service.look(at: third, isKept: true)
    #expect(look?.run.identity.id == "4101")
    #expect(look?.newlyFailing.map { String($0.suffix(6)) } == ["test_b"])
    #expect(look?.fixed.map { String($0.suffix(6)) } == ["test_a"])
    // The same run opened again says the same: nothing new was looked at.
    #expect(try service.look(at: third, isKept: true) == look)
  }

  @Test func aTestThatIsSkippedByNowWasNotMended() throws {
    _ = try service.look(at: try run(1, failing: ["test_a", "test_b"]), isKept: true)
    let look = try service.look(at: try run(2, failing: [], skipped: ["test_a"]), isKept: true)
    #expect(look?.fixed.map { String($0.suffix(6)) } == ["test_b"])
  }

  @Test func aTestOfSeveralLegsIsNamedOnce() throws {
    func run(_ day: Int, _ outcome: Outcome) throws -> Run {
      var fixture = RunFixture()
      for leg in ["a", "b", "c"] {
        fixture.beginReport("\(leg).xml", labels: ["leg": leg])
        fixture.add("test_x", outcome, message: "boom")
      }
      fixture.info.identity = RunIdentity(source: "ci", id: "\(4100 + day)")
      fixture.info.startedAt = Timestamp(milliseconds: Int64(1_760_000_000_000) + Int64(day) * 86_400_000)
      let run = fixture.run()
      try service.add(run)
      return run
    }
    _ = try service.look(at: try run(1, .passed), isKept: true)
    #expect(try service.look(at: try run(2, .failed), isKept: true)?.newlyFailing.count == 1)
  }

  @Test func aLookAtAnOlderRunChangesNothing() throws {
    let first = try run(1, failing: [])
    let second = try run(2, failing: ["test_a"])
    _ = try service.look(at: first, isKept: true)
    let look = try service.look(at: second, isKept: true)
    #expect(try service.look(at: first, isKept: true) == nil)
    #expect(try service.look(at: second, isKept: true) == look)
  }

  @Test func runsOfAnotherBranchAreNotCompared() throws {
    _ = try service.look(at: try run(1, failing: []), isKept: true)
    #expect(try service.look(at: try run(2, failing: ["test_a"], branch: "other"), isKept: true) == nil)
  }

  @Test func aLookThatIsNotKeptIsNotRemembered() throws {
    _ = try service.look(at: try run(1, failing: []), isKept: true)
    let second = try run(2, failing: ["test_a"])
    #expect(try service.look(at: second, isKept: false)?.run.identity.id == "4101")
    #expect(try service.look(at: try run(3, failing: ["test_a"]), isKept: true)?.run.identity.id == "4101")
  }

  @Test func aCauseKeepsTheIDItWasFirstSeenWith() throws {
    func causes(_ messages: [String]) throws -> RunCauses {
      var fixture = RunFixture()
      for (place, message) in messages.enumerated() { fixture.add("test_\(place)", .failed, message: message) }
      fixture.info.identity = RunIdentity(source: "ci", id: "\(messages.count)")
      let run = fixture.run()
      try service.add(run)
      return RunCauses(of: run.testsOfNote, FailureSignatures(of: run.table)) { service.knownCauses(of: $0) }
    }
    let texts = ["feature", "picture", "weights", "gradient", "tensor", "sample"].map {
      String(repeating: "the model server gave up waiting for what was asked of it, row by row;\n", count: 60)
        + "the batch wanted the \($0)"
    }
    let first = try causes([texts[0]])
    // Close texts join it, and whatever their keys, the cause is the one that was known.
    for count in 2...texts.count {
      let later = try causes(Array(texts[..<count]))
      #expect(later.causes.count == 1)
      #expect(later.causes.first?.id == first.causes.first?.id)
    }
  }
}
