import Testing
import TriageModel

@testable import TriageActions

/// The mutes of a made-up repository.
struct SampleDecisions: DecisionFiles {
  var mutes: [Mute] = []

  func changing(_ changes: [MuteEdit]) throws(ActionRefusal) -> FileWrite {
    var write = FileWrite("m", expected: nil, bytes: [])
    write.patch = changes.map { "\($0)" }
    return write
  }
}

@Suite struct MuteTestsTests {
  private let now = Timestamp(milliseconds: 1_764_298_800_000)  // 2025-11-28

  private func facts(_ inputs: [String: String] = [:], _ options: Set<String> = []) -> FailureFacts {
    var facts = FailureFacts(who: "Jo", time: now)
    facts.inputs = ["ticket": "ML-1", "reason": "meant"].merging(inputs) { $1 }
    facts.options = options
    return facts
  }

  private func failure(_ name: String = "a::x") -> FailureSubject {
    var subject = FailureSubject(.test(name), signature: SignatureKey(7))
    subject.labels = ["shard": "2"]
    subject.owner = "@ml"
    return subject
  }

  @Test func mutesTheFailureAloneForTwoWeeksUnlessToldOtherwise() throws {
    let mute = try #require(
      try MuteTests().plan([failure()], facts(), in: SampleDecisions()).mutes.first)
    #expect(mute.signature == SignatureKey(7) && mute.labels.isEmpty && mute.owner == "@ml" && mute.author == "Jo")
    #expect(mute.expires == Day(now).adding(14) && mute.created == Day(now))
    let wide = try MuteTests().plan(
      [failure()], facts(["expires": "3d", "passes": "5"], ["any-failure", "same-labels"]), in: SampleDecisions())
    #expect(wide.mutes[0].signature == nil && wide.mutes[0].labels == ["shard": "2"] && wide.mutes[0].passes == 5)
    #expect(wide.mutes[0].expires == Day(now).adding(3) && !wide.warnings.isEmpty)
  }

  @Test(arguments: [
    ["ticket": " "], ["reason": ""], ["expires": "2025-11-27"], ["expires": "soon"], ["expires": "2025-02-30"],
    ["expires": "91d"], ["passes": "0"], ["ticket": "no-key"],
  ])
  func refusesWhatWouldRot(inputs: [String: String]) {
    var facts = facts(inputs)
    facts.isTicket = { $0.hasPrefix("ML-") }
    #expect(throws: ActionRefusal.self) { try MuteTests().plan([failure()], facts, in: SampleDecisions()) }
  }

  @Test func aContractHasToBeNamed() throws {
    var contract = failure()
    contract.contract = "it is marked contract"
    #expect(throws: ActionRefusal.self) { try MuteTests().plan([contract], facts(), in: SampleDecisions()) }
    #expect(try MuteTests().plan([contract], facts([:], ["even-contract"]), in: SampleDecisions()).mutes.count == 1)
  }

  @Test func aPatternSaysWhatItCoversAndNeverAll() throws {
    var glob = FailureSubject(.glob("a::*"))
    glob.covered = (["a::x", "a::y"], 3)
    let plan = try MuteTests().plan([glob], facts(), in: SampleDecisions())
    #expect(plan.warnings.first?.contains("2 of 3") == true)
    glob.covered = (["a::x", "a::y"], 2)
    #expect(throws: ActionRefusal.self) { try MuteTests().plan([glob], facts(), in: SampleDecisions()) }
    glob.covered = ([], 2)
    #expect(throws: ActionRefusal.self) { try MuteTests().plan([glob], facts(), in: SampleDecisions()) }
  }

  @Test func anOwnerHasNoMoreMutesThanAgreed() throws {
    var facts = facts()
    facts.settings.perOwner = 1
    #expect(try MuteTests().plan([failure()], facts, in: SampleDecisions()).mutes.count == 1)
    #expect(throws: ActionRefusal.self) {
      try MuteTests().plan([failure(), failure("b")], facts, in: SampleDecisions())
    }
  }

  @Test func anExpiredMuteGetsANewLifeAndALiveOneIsNotDoubled() throws {
    let old = try MuteTests().plan([failure()], facts(), in: SampleDecisions()).mutes[0]
    var expired = old
    expired.expires = Day(now).adding(-1)
    let plan = try MuteTests().plan([failure()], facts(), in: SampleDecisions(mutes: [expired]))
    #expect(plan.writes[0].patch == ["\(MuteEdit.replace(expired, with: old))"])
  }

  @Test func unmutesAndExtendsWhatIsThere() throws {
    let mute = Mute(.test("a::x"), ticket: "ML-1", reason: "r", expires: Day(now))
    let files = SampleDecisions(mutes: [mute])
    #expect(try Unmute().plan([failure()], facts(), in: files).writes[0].patch == ["\(MuteEdit.remove(mute))"])
    var longer = mute
    longer.expires = Day(now).adding(20)
    let plan = try ExtendMutes().plan([FailureSubject(.test("a::x"))], facts(["expires": "20d"]), in: files)
    #expect(plan.writes[0].patch == ["\(MuteEdit.replace(mute, with: longer))"])
    #expect(throws: ActionRefusal.self) { try Unmute().plan([failure("b")], facts(), in: files) }
  }

  @Test(arguments: [("f", "flaky"), ("Broken", "broken"), (" infra ", "infra")])
  func aPersonCallsAFailureSomethingElse(typed: String, label: String) throws {
    let plan = try CallVerdict().plan([failure("a"), failure("b")], facts(["verdict": typed]), in: SampleDecisions())
    let notes = plan.steps.compactMap { step in if case .keep(let note) = step { note } else { nil } }
    #expect(notes.map(\.text) == [label, label] && notes.allSatisfy { $0.kind == .called && $0.run == facts().run })
  }

  @Test(arguments: ["", " ", "muted", "passing", "flakyish", "unknown"])
  func whatIsNoVerdictOfAPersonIsRefused(typed: String) {
    #expect(throws: ActionRefusal.self) {
      try CallVerdict().plan([failure("a")], facts(["verdict": typed]), in: SampleDecisions())
    }
  }

  @Test func aNoteIsOneLineAFailureAndNoSecret() throws {
    let subjects = [failure("a"), failure("b"), FailureSubject(.test("c"), signature: SignatureKey(8))]
    let plan = try KeepNote().plan(subjects, facts(["text": "the host is shared"]), in: SampleDecisions())
    #expect(plan.steps.count == 2)
    #expect(throws: ActionRefusal.self) {
      try KeepNote().plan(subjects, facts(["text": "key AKIAIOSFODNN7EXAMPLE"]), in: SampleDecisions())
    }
    #expect(throws: ActionRefusal.self) {
      try KeepNote().plan(subjects, facts(["text": "", "ticket": ""]), in: SampleDecisions())
    }
  }
}
