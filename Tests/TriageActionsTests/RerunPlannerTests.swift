import Testing
import TriageActions
import TriageModel

@Suite struct RerunPlannerTests {
  private static let files: Set<String> = [
    "tests/test_a.py", "-x/test_b.py", "pkg/test_u.py", "services/a/tests/test_c.py",
  ]
  private static let folders: [String: [String]] = [
    "go.mod": ["backend"], "Package.swift": [""], "CTestTestfile.cmake": ["build"],
    "test_c.py": ["services/a/tests"],
  ]

  private func context(_ rules: [RerunRule] = [], hasPytest: Bool = true) -> RerunContext {
    RerunContext(
      root: "/repo", environment: [:], rules: rules, has: { Self.files.contains($0) },
      folders: { Self.folders[$0] ?? [] }, hasProgram: { $0 == "pytest" && hasPytest })
  }

  private func plan(
    _ tests: [RerunTest], _ order: RerunOrder = RerunOrder(), rules: [RerunRule] = [], hasPytest: Bool = true
  ) -> RerunPlan {
    RerunPlanner(order, in: context(rules, hasPytest: hasPytest)).plan(tests)
  }

  private func pytest(_ name: String, file: String = "tests/test_a.py") -> RerunTest {
    RerunTest(id: "\(file)::\(name)", suite: file, name: name, format: "junit")
  }

  @Test(arguments: [
    "test_x[; rm -rf /]", "test_x[$(touch pwned)]", "test_x['\"]", "test_x[a b]", "test_x[\u{1F600}é]", "test_x[-k]",
    "test_x[{attempt}]", "test_x[{report}]", "test_x[a::b]",
  ])
  func aNodeIdIsOneArgumentAsItIs(_ name: String) throws {
    let invocation = try #require(plan([pytest(name)]).invocations.first)
    let arguments = invocation.arguments(attempt: 3, report: "/r.xml")
    #expect(arguments.last == "tests/test_a.py::\(name)")
    #expect(arguments.contains("--junitxml=/r.xml"))
    #expect(Array(arguments.prefix(3)) == ["python3", "-m", "pytest"])
  }

  @Test func aPathThatLooksLikeAnOptionIsNone() throws {
    for path in ["-x/test_b.py", "@args.py"] {
      let invocation = try #require(plan([pytest("test_y", file: path)]).invocations.first)
      #expect(invocation.arguments.last == "./\(path)::test_y")
    }
  }

  /// A report is written by strangers: what lies outside of the repository is not theirs to run.
  @Test(arguments: ["/tmp/evil.py", "../evil.py", "tests/../../evil.py"])
  func nothingOutsideOfTheRepositoryIsRun(_ path: String) {
    #expect(plan([pytest("test_y", file: path)]).invocations.isEmpty)
  }

  @Test func pytestBeginsWhereItsIdsDo() throws {
    let invocation = try #require(plan([pytest("test_c", file: "tests/test_c.py")]).invocations.first)
    #expect(invocation.folder == "services/a")
    #expect(invocation.arguments.last == "tests/test_c.py::test_c")
  }

  @Test func manyTestsShareAProcessUntilALineIsFull() {
    let tests = (0..<300).map { pytest("test_x[" + String(repeating: "p", count: 1000) + "\($0)]") }
    let plan = plan(tests)
    #expect(plan.tests == tests)
    #expect((2...5).contains(plan.invocations.count))
    for invocation in plan.invocations {
      #expect(invocation.arguments.reduce(0) { $0 + $1.utf8.count } < 120_000)
    }
  }

  @Test func namesAreQuotedForTheFrameworksOwnPatterns() throws {
    let go = RerunTest(id: "", suite: "example.org/m/pkg", name: "TestA/b.c(1)_x")
    let golang = try #require(plan([go]).invocations.first)
    #expect(
      golang.arguments == ["go", "test", "-json", "-count=1", "-run", #"^TestA$/^b\.c\(1\)_x$"#, "example.org/m/pkg"])
    #expect(golang.folder == "backend" && golang.report == .output("go-test.json"))
    let swift = try #require(plan([RerunTest(id: "", suite: "Lib.S", name: "adds(n:)")]).invocations.first)
    #expect(swift.arguments.suffix(2) == ["--filter", #"^Lib\.S\/adds\(n:\)(/|$)"#])
    let ctest = try #require(plan([RerunTest(id: "", suite: "a.b+c", name: "a.b+c")]).invocations.first)
    #expect(ctest.arguments.prefix(3) == ["ctest", "-R", #"^a\.b\+c$"#])
    #expect(ctest.folder == "build")
  }

  @Test func wholeTestsOfAGoPackageShareAProcess() {
    let names = ["TestA", "TestB", "TestC/sub"]
    let invocations = plan(names.map { RerunTest(id: "", suite: "example.org/m", name: $0) }).invocations
    #expect(invocations.map { $0.arguments[5] } == ["^(TestA|TestB)$", "^TestC$/^sub$"])
  }

  @Test func methodsAreUnittestsWherePytestIsNot() throws {
    let test = RerunTest(
      id: "pkg/test_u.py::TestU::test_m", suite: "pkg/test_u.py::TestU", name: "test_m", format: "junit")
    let invocation = try #require(plan([test], hasPytest: false).invocations.first)
    #expect(invocation.arguments == ["python3", "-m", "unittest", "-v", "pkg.test_u.TestU.test_m"])
    #expect(plan([test]).invocations.first?.arguments.contains("pytest") == true)
  }

  @Test func aRulesOwnCommandGetsWhatItNames() throws {
    var rule = RerunRule(command: ["run", "--only={name}", "{file}:{line}", "--out", "{report}", "{attempt}"])
    rule.environment = ["CI_NOISE": "{attempt}"]
    rule.folder = "sub"
    var test = pytest("test_x[{report}{attempt}]")
    (test.file, test.line) = ("tests/test_a.py", 7)
    let plan = plan([test], rules: [rule])
    let invocation = try #require(plan.invocations.first)
    #expect(plan.needsTrust)
    #expect(
      invocation.arguments(attempt: 4, report: "/r") == [
        "run", "--only=test_x[{report}{attempt}]", "tests/test_a.py:7", "--out", "/r", "4",
      ])
    #expect(invocation.environment(attempt: 4, report: "/r") == ["CI_NOISE": "4"])
    #expect(invocation.folder == "sub" && invocation.report == .files)
  }

  @Test func aRuleOfAFrameworkReplacesItsBeginning() throws {
    var rule = RerunRule(command: ["python", "-m", "pytest", "--mpl"])
    rule.framework = "pytest"
    let invocation = try #require(plan([pytest("test_x")], rules: [rule]).invocations.first)
    #expect(Array(invocation.arguments.prefix(4)) == ["python", "-m", "pytest", "--mpl"])
    #expect(invocation.arguments.last == "tests/test_a.py::test_x")
  }

  @Test func allTestsOfOneProcessAreArgumentsEach() throws {
    let rule = RerunRule(command: ["run", "{nodeids}"])
    let invocations = plan([pytest("test_x"), pytest("test_y")], rules: [rule]).invocations
    #expect(invocations.map(\.arguments) == [["run", "tests/test_a.py::test_x", "tests/test_a.py::test_y"]])
    // It writes no report, and can say how one test went alone.
    #expect(invocations[0].report == .end(framework: ""))
  }

  /// What a preset cannot know is said before anything runs: the run's options, and where it ran.
  @Test func warnsOfWhatIsNotTheSameHere() {
    var test = pytest("test_x")
    test.labels = ["python": "3.12", "shard": "2"]
    let warnings = plan([test]).warnings
    #expect(warnings.contains { $0.contains("can make a broken test pass") })
    #expect(warnings.contains("the run was on python=3.12, shard=2; here it is what this machine has"))
    #expect(plan([pytest("test_x")], rules: [RerunRule(command: ["run", "{nodeid}"])]).warnings.isEmpty)
  }

  @Test func whatNobodyKnowsHowToRunIsSaid() {
    var rule = RerunRule(command: ["x"])
    rule.framework = "nunit"
    let plan = plan([pytest("test_x")], rules: [rule])
    #expect(plan.invocations.isEmpty)
    #expect(plan.refused.first?.why.contains("nunit") == true)
    let stranger = RerunTest(id: "A test", suite: "Some words", name: "A test")
    #expect(RerunPlanner(RerunOrder(), in: context()).plan([stranger]).refused.count == 1)
  }

  @Test func aConditionIsLaidAroundTheCommand() throws {
    var order = RerunOrder()
    order.wrapper = ["taskset", "-c", "0"]
    order.environment = ["TZ": "Asia/Kathmandu"]
    order.before = [pytest("test_first")]
    let invocation = try #require(plan([pytest("test_x")], order).invocations.first)
    #expect(Array(invocation.arguments.prefix(4)) == ["taskset", "-c", "0", "python3"])
    #expect(invocation.arguments.suffix(2) == ["tests/test_a.py::test_first", "tests/test_a.py::test_x"])
    #expect(invocation.environment["TZ"] == "Asia/Kathmandu")
    #expect(!order.isPlain)
  }
}

/// What the panel shows before `y`.
@Suite struct RerunActionTests {
  private struct NoFiles: DecisionFiles {
    var mutes: [Mute] { [] }
    func changing(_ changes: [MuteEdit]) throws(ActionRefusal) -> FileWrite { throw ActionRefusal("none") }
  }

  private func plan(_ times: String?, trusted: Bool = true, rules: [RerunRule] = []) throws -> Plan {
    var subject = FailureSubject(.test("tests/test_a.py::test_x"))
    subject.rerun = RerunTest(id: "tests/test_a.py::test_x", suite: "tests/test_a.py", name: "test_x")
    let context = RerunContext(root: "/repo", environment: [:], rules: rules, has: { _ in true })
    var setting = RerunSetting(context: context, jobs: 1, isTrusted: trusted) { _ in 42 }
    setting.treeWarnings = ["files here differ"]
    var facts = FailureFacts(who: "a", time: Timestamp(milliseconds: 0))
    facts.reruns = setting
    facts.inputs = times.map { ["times": $0] } ?? [:]
    return try Rerun().plan([subject], facts, in: NoFiles())
  }

  @Test func saysTheCommandAndWhatDiffersHere() throws {
    let plan = try plan("5")
    #expect(plan.warnings.contains("files here differ"))
    #expect(plan.steps.flatMap(\.patch).first?.hasSuffix("tests/test_a.py::test_x") == true)
    #expect(plan.rerun?.order.count == .times(5))
  }

  @Test(arguments: [
    (nil, RerunOrder.Count.untilKnown(most: 100)), ("known", .untilKnown(most: 100)), ("fail", .untilFail(most: 100)),
    ("prove", .prove(passes: 42)),
  ])
  func readsHowOften(_ times: String?, _ count: RerunOrder.Count) throws {
    #expect(try plan(times).rerun?.order.count == count)
  }

  @Test(arguments: ["0", "-1", "often", "1e9"]) func refusesOtherCounts(_ times: String) {
    #expect(throws: ActionRefusal.self) { try plan(times) }
  }

  @Test func runsNoCommandOfTheRepositoryUntrusted() throws {
    let rules = [RerunRule(command: ["run", "{nodeid}"])]
    #expect(throws: ActionRefusal.self) { try plan("1", trusted: false, rules: rules) }
    #expect(try plan("1", rules: rules).rerun?.needsTrust == true)
  }
}

@Suite struct ReplaySeedsTests {
  private func test(_ saying: String) -> RerunTest {
    var test = RerunTest(id: "t.py::t", suite: "t.py", name: "t")
    test.saying = saying
    return test
  }

  @Test(arguments: ["Falsifying example: ", "Failing test case: ", "Failing explicit example: "])
  func findsTheInputsInBothWordings(_ words: String) {
    let inputs = ReplaySeeds.inputs(
      of: test("E   assert 0\nE   \(words)t(\nE       a=[1, (2)],\nE       b='x)\\'(',\nE   )\nE   more"))
    #expect(inputs == ["t(\na=[1, (2)],\nb='x)\\'(',\n)"])
  }

  @Test func findsBlobAndSeed() {
    let said = test("You can reproduce this by @reproduce_failure('6.1', b'AX)ic=') \n--hypothesis-seed=123, or")
    #expect(ReplaySeeds.inputs(of: said) == ["@reproduce_failure('6.1', b'AX)ic=')"])
    #expect(ReplaySeeds([said]).arguments == ["--hypothesis-seed=123"])
  }

  @Test func twoSeedsAreNone() {
    #expect(ReplaySeeds([test("--hypothesis-seed=1"), test("--hypothesis-seed=2")]).arguments.isEmpty)
  }

  @Test(arguments: ["Falsifying example: t(a=", "Falsifying example: ", "", "Falsifying example: t(a='"])
  func whatIsCutIsNoInput(_ text: String) {
    #expect(ReplaySeeds.inputs(of: test(text)).isEmpty)
    #expect(ReplaySeeds([test(text)]).plugin == nil)
  }
}
