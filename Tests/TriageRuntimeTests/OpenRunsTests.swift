import FailureAnalysis
import ItemQueries
import TestSupport
import Testing
import TriageMessages
import TriageModel
import TriageServices
import Workspace

@testable import TriageRuntime

@Suite struct OpenRunsTests {
  private let runs = OpenRuns(owners: OwnerLookup(Owners(rules: [])))
  private let test = TestIndex(0)

  private func run(_ message: String) -> Run {
    var fixture = RunFixture(id: "1")
    fixture.add("t", .failed, message: message)
    return fixture.run()
  }

  private func standings(_ label: Verdict.Label) -> [TestIndex: TestStanding] {
    [test: TestStanding(verdict: Verdict(label, why: []))]
  }

  @Test func whatIsLearnedOfAnOlderReadingIsDropped() {
    let old = runs.open([run("the disk is full")], isComplete: true).ref(0)
    runs.learn(of: old) { $0.take(standings(.new)) }
    #expect(runs.dossier(old)?.facts.verdict(test) == .new)
    let new = runs.open([run("another shape was expected")], isComplete: true).ref(0)
    runs.learn(of: old) { $0.take(standings(.broken)) }
    #expect(runs.dossier(old) == nil && runs.named(old) == nil)
    #expect(runs.dossier(new)?.standings.isEmpty == true)
  }

  @Test func causesAreFoundOnceAndAnewUnderOtherRules() throws {
    let ref = runs.open([run("the disk is full")], isComplete: true).ref(0)
    let folder = try TemporaryFolder()
    let repository = Repository(root: folder.path)
    var asked = 0
    func find(_ book: CauseRuleSet) {
      runs.findCauses(of: ref, book) { _ in
        asked += 1
        return [:]
      }
    }
    find(CauseRuleSet(repository))
    find(CauseRuleSet(repository))
    #expect(asked == 1)
    let key = try #require(runs.named(ref)?.signature(of: test))
    try folder.write(".assay/causes.yaml", "- split: '\(key.text)'\n  reason: it is another thing\n")
    let book = CauseRuleSet(repository)
    try #require(book.problem == nil && runs.isNew(book))
    find(book)
    #expect(asked == 2)
  }

  /// The screen learns step by step, in any order, what a command learns at once: they say the same.
  @Test func stepByStepIsTheSameAsAtOnce() throws {
    let run = run("the disk is full")
    var whole = RunDossier(of: run, owners: OwnerLookup(Owners(rules: [])))
    try whole.learnAll(history: nil, goldens: nil, causes: CauseRuleSet(nil), records: .none)
    whole.take(standings(.broken))
    whole.nameCauses()
    let ref = runs.open([run], isComplete: true).ref(0)
    runs.findCauses(of: ref, CauseRuleSet(nil)) { _ in [:] }
    _ = runs.named(ref)
    runs.learn(of: ref) { $0.take(standings(.broken)) }
    let stepwise = try #require(runs.named(ref))
    #expect(stepwise.cause(of: test) == whole.cause(of: test) && whole.cause(of: test) != nil)
    #expect(stepwise.facts.verdict(test) == whole.facts.verdict(test))
    #expect(stepwise.signature(of: test) == whole.signature(of: test))
  }

  @Test func namesThatAreOutOfDateAreNotTaken() {
    let ref = runs.open([run("the disk is full")], isComplete: true).ref(0)
    runs.findCauses(of: ref, CauseRuleSet(nil)) { _ in [:] }
    var copy = runs.dossier(ref)
    copy?.nameCauses()
    runs.learn(of: ref) { $0.take(goldenTests: [test]) }
    if let copy { runs.learn(of: ref) { $0.takeNames(of: copy) } }
    #expect(runs.dossier(ref)?.names == nil)
    #expect(runs.named(ref)?.cause(of: test)?.title == "golden changed")
  }
}
