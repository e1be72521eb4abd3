import Testing
import TriageModel

@testable import Runbooks

@Suite struct RunbookIndexTests {
  private static let key = SignatureKey(0xABCD)

  private static func facts(_ change: (inout RuleSubject) -> Void = { _ in }) -> RuleSubject {
    var facts = RuleSubject(id: "tests/unit/test_a.py::TestX::test_scores_golden[a/b]")
    facts.texts = [Array("setup failed".utf8), Array("TimeoutError: the store did not answer in 3 s\n".utf8)]
    facts.signature = key
    facts.kinds = ["test", "golden"]
    facts.markers = ["contract"]
    facts.labels = ["platform": "gpu"]
    facts.verdict = .broken
    facts.paths = ["churn/model.py", "tests/unit/test_a.py"]
    change(&facts)
    return facts
  }

  private static func page(_ path: String, _ rules: [[RunbookRule.Condition]], _ severity: Severity? = nil) -> Runbook {
    var page = Runbook(path: path, title: path)
    page.rules = rules.map { RunbookRule($0) }
    page.severity = severity
    return page
  }

  private static func found(_ rules: [[RunbookRule.Condition]], _ facts: RuleSubject = facts()) -> Bool {
    !RunbookIndex([page("a.md", rules)], problems: []).pages(for: facts).isEmpty
  }

  @Test(arguments: [
    (RunbookRule.Field.test, "*golden*", true), (.test, "tests/unit/*", true), (.test, "tests/other/*", false),
    (.test, "test_scores", true), (.test, "*snapshot*", false), (.message, "did not answer in \\d+ s", true),
    (.message, "^setup failed$", true), (.message, "DID NOT", false), (.signature, "000000000000abcd", true),
    (.signature, "000000000000abce", false), (.kind, "golden", true), (.kind, "suite", false),
    (.marker, "contract", true), (.marker, "contra", false), (.label, "platform=gpu", true),
    (.label, "platform=cpu", false), (.label, "gpu", false), (.verdict, "broken", true), (.verdict, "flaky", false),
    (.path, "churn/", true), (.path, "*.sql", false),
  ])
  func asksEachCondition(field: RunbookRule.Field, value: String, holds: Bool) {
    #expect(Self.found([[.init(field, [value])]]) == holds)
  }

  @Test func allConditionsOfOneRuleMustHold() {
    let test = RunbookRule.Condition(.test, ["nothing", "*golden*"])
    #expect(Self.found([[test, .init(.kind, ["golden"])]]))
    #expect(!Self.found([[test, .init(.kind, ["suite"])]]))
    #expect(Self.found([[test, .init(.kind, ["suite"])], [test]]))
    #expect(!Self.found([]))
  }

  @Test func theMostSpecificRuleComesFirst() {
    let everything = Self.page("0-everything.md", [[.init(.test, ["**"])]], .ignore)
    let pages = [
      everything, Self.page("1.md", [[.init(.kind, ["test"])]]), Self.page("2.md", [[.init(.marker, ["contract"])]]),
      Self.page("3.md", [[.init(.test, ["*golden*"])]]), Self.page("4.md", [[.init(.test, ["*scores_golden*"])]]),
      Self.page("5.md", [[.init(.test, ["test_scores_golden"])]]), Self.page("6.md", [[.init(.message, ["answer"])]]),
      Self.page("7.md", [[.init(.message, ["answer"]), .init(.verdict, ["broken"])]]),
      Self.page("8.md", [[.init(.signature, [Self.key.text])]]),
    ]
    let found = RunbookIndex(pages, problems: []).pages(for: Self.facts())
    #expect(found.map(\.page.path) == pages.map(\.path).reversed())
    #expect(found.last?.holdsOfEverything == true)
    #expect(found.severity == nil, "a rule that holds of everything cannot make failures be ignored")
  }

  @Test func whatHelpedBeforeComesFirstAmongEquals() {
    let rule = [[RunbookRule.Condition(.test, ["*golden*"])]]
    let index = RunbookIndex([Self.page("a.md", rule), Self.page("b.md", rule)], problems: [])
    #expect(index.pages(for: Self.facts()).map(\.page.path) == ["a.md", "b.md"])
    #expect(index.pages(for: Self.facts()) { $0 == "b.md" ? 1 : 0 }.map(\.page.path) == ["b.md", "a.md"])
  }

  @Test func theSeverityIsThatOfTheMostSpecificPageThatSaysOne() {
    let golden = [[RunbookRule.Condition(.test, ["*golden*"])]]
    let pages = [
      Self.page("a.md", golden, .ticket), Self.page("b.md", golden, .page),
      Self.page("c.md", [[.init(.marker, ["contract"])]], .ignore), Self.page("d.md", [[.init(.message, ["answer"])]]),
    ]
    #expect(RunbookIndex(pages, problems: []).pages(for: Self.facts()).severity == .page)
    #expect(RunbookIndex([pages[2]], problems: []).pages(for: Self.facts()).severity == .ignore)
    #expect(RunbookIndex([], problems: []).pages(for: Self.facts()).severity == nil)
  }

  @Test(arguments: [
    (RunbookRule.Field.message, "(", "a pattern"), (.signature, "abc", "a key"), (.verdict, "brokn", "one of muted"),
    (.kind, "an image", "a kind"),
  ])
  func aRuleThatIsNotUnderstoodHoldsOfNothing(field: RunbookRule.Field, value: String, words: String) {
    let index = RunbookIndex([Self.page("a.md", [[.init(field, [value], line: 4)]])], problems: [])
    #expect(index.pages(for: Self.facts()).isEmpty)
    let problem = index.pages[0].problems.first ?? ""
    #expect(problem.hasPrefix("a.md:4: \(field.word): expected \(words)"), "\(problem)")
  }

  @Test(arguments: [
    ([RunbookRule.Condition(.test, ["*"])], true), ([.init(.test, ["**/*"])], true), ([.init(.path, ["**"])], true),
    ([.init(.message, [".*"])], true), ([.init(.message, ["(?s)^"])], true), ([.init(.message, ["x"])], false),
    ([.init(.test, ["*"]), .init(.message, [""])], true), ([.init(.test, ["*"]), .init(.kind, ["golden"])], false),
    ([.init(.kind, ["test", "suite"])], true), ([.init(.test, ["test_*"])], false),
  ])
  func tellsRulesThatHoldOfEverything(conditions: [RunbookRule.Condition], isAll: Bool) {
    let audit = RuleAudit(RunbookIndex([Self.page("a.md", [conditions])], problems: []))
    #expect((audit.remarks.first?.kind == .everything) == isAll)
  }

  @Test func tellsRulesThatHoldOfNothing() {
    let pages = [
      Self.page("dead.md", [[.init(.test, ["tests/gone/*"])]]), Self.page("held.md", [[.init(.message, ["answer"])]]),
      Self.page("seen.md", [[.init(.message, ["disk full"])]]), Self.page("never.md", [[.init(.message, ["no such"])]]),
      Self.page("other.md", [[.init(.test, ["test_b"])]]),
    ]
    var audit = RuleAudit(RunbookIndex(pages, problems: []))
    audit.take(Self.facts(), isFailure: true)
    audit.take(RuleSubject(id: "tests/unit/test_a.py::test_b"), isFailure: false)
    #expect(audit.remarks.map { "\($0.path) \($0.kind)" } == ["dead.md dead", "seen.md unseen", "never.md unseen"])
    audit.take(text: Array("OSError: disk full".utf8), SignatureKey(1))
    #expect(audit.remarks.map { "\($0.path) \($0.kind)" } == ["dead.md dead", "never.md dead"])
  }
}
