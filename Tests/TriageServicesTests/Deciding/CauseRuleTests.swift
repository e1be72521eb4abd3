import FailureAnalysis
import Foundation
import ItemQueries
import TestSupport
import Testing
import TriageActions
import TriageModel
import Workspace

@testable import TriageServices

/// People's rules on causes, from the tests they point at to the file, and back by undo.
@Suite struct CauseRuleTests {
  private let folder: TemporaryFolder
  private let repository: Repository

  init() throws {
    folder = try TemporaryFolder()
    try folder.makeFolder("project/.git")
    repository = Repository(root: folder.at("project"))
  }

  private func service(isReadOnly: Bool = false) -> DecisionService {
    let environment = ["HOME": folder.path, "USER": "jo", "ASSAY_NOW": "2026-11-21T12:00:00Z"]
    return DecisionService(
      repository: repository, directories: Directories(environment: environment),
      permission: WritePermission(isReadOnly: isReadOnly, environment: environment), environment: environment)
  }

  private var run: Run {
    var fixture = RunFixture()
    fixture.add("test_a", .failed, message: "could not reach the feature store in time")
    // Only behind a long text is one other word no other cause.
    let said = String(repeating: "the model server gave up waiting, and said so row by row;\n", count: 60)
    fixture.add("test_b", .failed, message: said + "it wanted features")
    fixture.add("test_c", .failed, message: said + "it wanted pictures")
    fixture.add("test_d", .failed, message: "")
    return fixture.run()
  }

  private func rule(_ action: any CauseAction, _ tests: [Int], _ words: String) throws -> CauseRule {
    try action.rule(causes().facts(of: tests.map { TestIndex($0) }), words: words)
  }

  private func causes() -> RunCauses {
    RunCauses(of: run.testsOfNote, FailureSignatures(of: run.table), CauseRuleSet(repository)) { _ in [:] }
  }

  private func place(_ test: Int) -> Int? { causes().indices[TestIndex(test)] }

  private func add(_ rule: CauseRule) throws { _ = try service().add(rule) }

  @Test func mergedCausesStayOneUntilTheMergeIsTakenBack() throws {
    #expect(place(0) != place(1))
    try add(try rule(MergeCauses(), [0, 1], "the feature store is down"))
    #expect(place(0) == place(1))
    #expect(causes().cause(of: TestIndex(0))?.title == "the feature store is down")
    let text = try String(contentsOfFile: repository.root + "/" + CauseFile.path, encoding: .utf8)
    #expect(text.contains("by: \"jo\""))
    let offer = try service().offer(isRedo: false)
    #expect(offer.title.contains("the feature store is down"))
    try service().undo(offer)
    #expect(place(0) != place(1))
    #expect(!FileManager.default.fileExists(atPath: repository.root + "/" + CauseFile.path))
  }

  @Test func aSplitFailureIsACauseOfItsOwnAndALaterRuleWins() throws {
    // Their texts are close enough to be one cause without anybody's word.
    #expect(place(1) == place(2))
    try add(try rule(SplitCause(), [2], "pictures are another host"))
    #expect(place(1) != place(2))
    try add(try rule(MergeCauses(), [1, 2], "it was the same after all"))
    #expect(place(1) == place(2))
  }

  /// Goldens that broke in one run stand as one cause, though each failure is a cause of its own by its text.
  @Test func aFailureIsSplitFromTestsThatOnlyTheScreenHasInOneCause() throws {
    #expect(place(0) != place(1))
    try add(try rule(SplitCause(), [0, 1], "this golden is another thing"))
    #expect(causes().isRuled(TestIndex(0)) && !causes().isRuled(TestIndex(1)))
  }

  @Test func whatHasNothingToDecideIsRefusedInWords() throws {
    func refusal(_ rule: @autoclosure () throws -> CauseRule) -> String? {
      do { _ = try rule() } catch { return (error as? CauseRefusal)?.words }
      return nil
    }
    #expect(refusal(try rule(MergeCauses(), [0], "one"))?.contains("one cause already") == true)
    #expect(refusal(try rule(SplitCause(), [0], "alone"))?.contains("nothing to split") == true)
    #expect(throws: CauseRuleError.self) { try service(isReadOnly: true).add(CauseRule(.split(SignatureKey(1)))) }
  }

  @Test func aFileThatDoesNotReadIsNotAddedTo() throws {
    try folder.write("project/" + CauseFile.path, "- merge: [")
    #expect(throws: CauseRuleError.self) { try service().add(CauseRule(.split(SignatureKey(1)))) }
    let text = try String(contentsOfFile: repository.root + "/" + CauseFile.path, encoding: .utf8)
    #expect(text == "- merge: [")
    #expect(CauseRuleSet(repository).problem?.contains(".assay/causes.yaml") == true)
  }
}
