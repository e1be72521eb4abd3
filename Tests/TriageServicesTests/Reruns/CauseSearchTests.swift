import Foundation
import Synchronization
import SystemKit
import TestSupport
import Testing
import TriageActions
import TriageModel
import TriageServices
import Workspace

/// Searches for the cause of a flake, with shell scripts in the place of frameworks.
@Suite struct CauseSearchTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("repo/.git/HEAD", "ref: refs/heads/main\n")
    try folder.write("repo/tests/test_a.py", "")
  }

  private func service(_ rule: String, script: String) throws -> RerunService {
    try folder.write("repo/run.sh", script)
    let repository = Repository(root: folder.at("repo"))
    let environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "", "HOME": folder.path, "TZ": "UTC",
      "XDG_STATE_HOME": folder.at("state"),
    ]
    let directories = Directories(environment: environment)
    let history = try HistoryService(repository, directories: directories, environment: environment)
    return RerunService(
      repository: repository, configuration: try Configuration(text: "rerun:\n  - \(rule)\n"),
      directories: directories, environment: environment, history: history, supervisor: Product.path("assay"),
      isTrusted: { true })
  }

  /// A command of its own, whose status says how it went.
  private func ownService(_ script: String) throws -> RerunService {
    try service("command: [sh, run.sh, \"{name}\"]", script: script)
  }

  /// What takes pytest's arguments, and fails the last test where the condition holds of them.
  private func pytestLike(failsWhere condition: String) throws -> RerunService {
    try service(
      "{framework: pytest, command: [sh, run.sh]}",
      script: """
        for word; do case $word in --junitxml=*) report=${word#--junitxml=} ;; *::*) last=$word ;; esac; done
        result=
        if \(condition); then result='<failure message="x">x</failure>'; fi
        echo "<testsuite><testcase file='tests/test_a.py' classname='tests.test_a' name='${last##*::}'>$result" > "$report"
        echo '</testcase></testsuite>' >> "$report"
        """)
  }

  /// A run of tests of a file, of which one was skipped, and one of another report.
  private func dossier(_ count: Int) throws -> RunDossier {
    let cases = (0..<count).map { number in
      let body = number == 2 ? "<skipped/>" : ""
      return
        "<testcase file=\"tests/test_a.py\" classname=\"tests.test_a\" name=\"test_\(number)\" time=\"0.5\">\(body)</testcase>"
    }
    try folder.write("run/a.xml", "<testsuite>\(cases.joined())</testsuite>")
    try folder.write("run/b.xml", "<testsuite><testcase classname=\"b\" name=\"b\"/></testsuite>")
    return try dossier()
  }

  /// What is known of the run that lies there.
  private func dossier() throws -> RunDossier {
    let request = LoadRequest(
      paths: [folder.at("run")], repositoryRoot: folder.at("repo"), cacheFolder: folder.at("cache"))
    let run = try #require(try RunLoader.load(request).runs.first)
    return RunDossier(of: run, owners: OwnerLookup(Owners(rules: [])))
  }

  private func name(_ number: Int) -> String { "tests/test_a.py::test_\(number)" }

  private func find(
    _ request: CauseRequest, _ service: RerunService, cancellation: ProcessCancellation = ProcessCancellation(),
    observe: @escaping @Sendable (CauseSnapshot) -> Void = { _ in }
  ) throws -> CauseSnapshot {
    try service.findCause(service.causePlan(request), cancellation: cancellation, observe: observe)
  }

  @Test func aTestsNeighboursAreThoseOfItsReportInItsOrder() throws {
    let request = CauseRequest(RerunTest(id: name(4), suite: "tests.test_a", name: "test_4"), in: try dossier(7))
    #expect(request.before.map(\.id) == [0, 1, 3].map(name))
    #expect(request.after.map(\.id) == [5, 6].map(name))
    #expect(request.knowsOrder)
    #expect(!CauseRequest(RerunTest(id: "t::x", suite: "t", name: "x"), in: try dossier(7)).knowsOrder)
  }

  @Test(arguments: [1, 3])
  func namesThePolluterAmongTheTestsBefore(_ jobs: Int) throws {
    let service = try pytestLike(failsWhere: #"case " $* " in *"::test_20 "*) true ;; *) false ;; esac"#)
    var request = CauseRequest(RerunTest(id: name(40), suite: "tests.test_a", name: "test_40"), in: try dossier(60))
    request.order.jobs = jobs
    let last = try find(request, service)
    #expect(last.cause.finding == .polluters([name(20)], cleaners: []))
    #expect(last.cause.sentence.hasPrefix("fails after \(name(20)): "))
    #expect(last.state == .finished)
    #expect(last.cause.runs < 40)
  }

  /// pytest runs nothing at all where one of the tests that are named is not there.
  @Test func testsThatAreNotHereDoNotKeepTheOthersFromBeingRun() throws {
    let service = try pytestLike(
      failsWhere: #"""
        case " $* " in *"::test_5 "*) echo "ERROR: not found: $PWD/tests/test_a.py::test_5"; exit 4 ;; esac
        case " $* " in *"::test_7 "*) true ;; *) false ;; esac
        """#)
    let last = try find(
      CauseRequest(RerunTest(id: name(9), suite: "tests.test_a", name: "test_9"), in: try dossier(12)), service)
    #expect(last.cause.finding == .polluters([name(7)], cleaners: []))
    #expect(last.cause.unusable == 0)
    #expect(last.warnings == ["\(name(5)) is not here, and left out of the tests before it"])
  }

  @Test func testsOfFilesThatAreNotHereAreLeftOut() throws {
    let service = try pytestLike(failsWhere: "false")
    try folder.write(
      "run/a.xml",
      "<testsuite><testcase file='tests/old.py' classname='tests.old' name='test_x'/>"
        + "<testcase file='tests/test_a.py' classname='tests.test_a' name='test_1'/>"
        + "<testcase file='tests/test_a.py' classname='tests.test_a' name='test_2'/></testsuite>")
    let request = CauseRequest(RerunTest(id: name(2), suite: "tests.test_a", name: "test_2"), in: try dossier())
    #expect(request.before.count == 2)
    let plan = service.causePlan(request)
    #expect(plan.request.before.map(\.id) == [name(1)])
    #expect(plan.alone.warnings.contains("1 other test of the run is not here, and left out"))
  }

  @Test func namesAConditionOfTheEnvironment() throws {
    let last = try find(
      CauseRequest(RerunTest(id: "t::x", suite: "t", name: "x")), try ownService("[ \"$TZ\" != Asia/Kathmandu ]"))
    #expect(last.cause.finding == .condition(.timeZone("Asia/Kathmandu")))
  }

  @Test func namesTheSeedThatDecides() throws {
    let service = try pytestLike(failsWhere: "[ \"$PYTHONHASHSEED\" = 1 ]")
    var request = CauseRequest(RerunTest(id: name(1), suite: "tests.test_a", name: "test_1"), in: try dossier(3))
    request.budget = 60
    guard case .hashSeed(failing: 1, let passing) = try find(request, service).cause.finding else {
      Issue.record("the seed was not named")
      return
    }
    #expect(passing != 1)
  }

  /// What was tried under a condition tells nothing of the test as it is: only the runs of it alone are kept.
  @Test func keepsNoRunUnderACondition() throws {
    let service = try ownService("true")
    var request = CauseRequest(RerunTest(id: "t::x", suite: "t", name: "x"))
    request.budget = 12
    let last = try find(request, service)
    let alone = last.rows.filter { $0.condition == .alone }.reduce(0) { $0 + $1.count.total }
    #expect(last.cause.finding == .neverFails && last.cause.runs == 12)
    #expect(alone > 0 && alone < 12)
    #expect(try service.history?.reruns.records().count == alone)
  }

  @Test func saysWhatCannotBeHad() throws {
    let plan = try ownService("true").causePlan(CauseRequest(RerunTest(id: "t::x", suite: "t", name: "x")))
    #expect(Set(plan.missing.map(\.kind)).isSuperset(of: [.asInRun, .order, .hashSeed]))
    #expect(plan.missing.allSatisfy { !$0.why.isEmpty })
    let kinds = Set(plan.cost.rows.map(\.condition.kind))
    #expect(kinds.isSuperset(of: [.alone, .busyProcessors]))
    #expect(kinds.isDisjoint(with: plan.missing.map(\.kind)))
  }

  @Test func whatTellsNothingIsNoPass() throws {
    let last = try find(CauseRequest(RerunTest(id: "t::x", suite: "t", name: "x")), try ownService("exit 127"))
    #expect(last.cause.finding == .nothingKnown)
    #expect(last.warnings.contains { $0.hasPrefix("alone: it ended with status 127") })
  }

  @Test func saysWhatIsKnownWhenItIsCancelled() throws {
    let cancellation = ProcessCancellation()
    let last = try find(
      CauseRequest(RerunTest(id: "t::x", suite: "t", name: "x")), try ownService("true"), cancellation: cancellation
    ) { if $0.cause.runs == 3 { cancellation.cancel() } }
    #expect(last.state == .cancelled)
    #expect(last.cause.finding == .neverFails && last.cause.runs == 3)
  }
}
