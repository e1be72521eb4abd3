import TerminalKit
import ItemQueries
import TriageActions
import TriageMessages
import TriageModel
import TriageStyle

@testable import TriageUI

/// A small run with every outcome, built the way a reader builds one.
enum SampleRun {
  /// A run of the one test, which failed.
  static func make(only name: String) -> Run {
    var run = make()
    var builder = TestTableBuilder()
    builder.beginReport(ReportInfo(path: "junit.xml", folder: "", format: "junit"))
    add("tests/unit/test_handler.py", name, [.failed], "order was b, a", &builder)
    builder.endReport()
    run.table = builder.table
    return run
  }

  /// The tests that need attention, in another order.
  static func make(first name: String) -> Run {
    let run = make()
    var reordered = run
    var builder = TestTableBuilder()
    builder.beginReport(ReportInfo(path: "junit.xml", folder: "", format: "junit"))
    let tests = run.table.tests(where: \.needsAttention)
    for test in tests.filter({ run.table.name(of: $0) == name }) + tests.filter({ run.table.name(of: $0) != name }) {
      let suite = run.table.suiteName(run.table.suite(of: test))
      add(suite, run.table.name(of: test), run.table.attemptOutcomes(of: test), "no", &builder)
    }
    builder.endReport()
    reordered.table = builder.table
    return reordered
  }

  static func make(incomplete reasons: [String] = []) -> Run {
    var builder = TestTableBuilder()
    builder.beginReport(ReportInfo(path: "junit.xml", folder: "", format: "junit"))
    add("tests/unit/test_scoring.py", "test_scores_golden", [.failed], "regression values differ: 31 of 40", &builder)
    add("tests/unit/test_scoring.py", "test_scores_npz_golden", [.failed], "31 of 40 elements differ", &builder)
    add("tests/unit/test_handler.py", "test_retry_order", [.failed, .failed, .passed], "order was b, a", &builder)
    add("tests/unit/test_handler.py", "test_cold_start_budget", [.timedOut], "Timeout >2.0s", &builder)
    add("tests/contract/test_signature.py", "test_onnx_round_trip", [.errored], "no module named onnx", &builder)
    for number in 0..<20 { add("tests/unit/test_features.py", "test_feature[\(number)]", [.passed], "", &builder) }
    add("tests/unit/test_features.py", "test_gpu", [.skipped], "", &builder)
    builder.endReport()
    var info = RunInfo(identity: RunIdentity(source: "example", id: "4136"))
    info.commit = "8acabed881503eca1b175955d60e1c12df751bfb"
    info.commitTitle = "Restore the round trip"
    info.branch = "main"
    if !reasons.isEmpty { info.completeness = .incomplete(reasons: reasons) }
    info.files = [RunFile(path: "console.log", kind: .log, size: 4077, location: "/runs/036/console.log")]
    return Run(info: info, table: builder.table)
  }

  private static func add(
    _ suite: String, _ name: String, _ outcomes: [Outcome], _ message: String, _ builder: inout TestTableBuilder
  ) {
    for outcome in outcomes {
      var record = AttemptRecord(suite: builder.suite(suite), name: builder.text(name), outcome: outcome)
      record.duration = 0.25
      if outcome.isFailing {
        var failure = FailureRecord()
        failure.message = builder.text(message)
        failure.type = builder.text("AssertionError")
        record.failures = [failure]
      }
      builder.add(record)
    }
  }
}

/// Drives the application as a person does: presses keys, answers what it asks for, looks at the screen.
struct Driver {
  var state: AppState
  /// What was asked of the runtime and is not answered here, in order.
  var effects: [Effect] = []
  /// The golden changes of every run.
  let goldens: [GoldenChange]
  /// What the history says of the tests of every run.
  let standings: [TestIndex: TestStanding]
  /// The runs of the history, newest first.
  let records: [RunRecord]
  /// What the history says of flaky tests; nil leaves the question open.
  var flakes: [FlakeList.Row]?
  /// Names of tests that have one cause.
  var causes: Set<String> = []
  /// Why nothing may be written.
  var refusal: String?

  init(
    _ runs: [Run], isComplete: Bool = true, goldens: [GoldenChange] = [],
    standings: [TestIndex: TestStanding] = [:], causes: Set<String> = [], records: [RunRecord] = [],
    flakes: [FlakeList.Row]? = nil, width: Int = 120, height: Int = 40
  ) {
    self.records = records
    self.flakes = flakes
    self.causes = causes
    self.goldens = goldens
    self.standings = standings
    state = AppState(size: Size(width: width, height: height))
    send(.runs(RunSet(revision: 1, runs: runs, isComplete: isComplete)))
  }

  mutating func send(_ event: Event) {
    for effect in App.update(&state, event) {
      switch effect {
      case .arrange(let request): send(.arranged(answer(request)))
      case .read(let request): send(.document(document(request)))
      case .findGoldens(let run): send(.goldens(SampleGoldens.list(goldens, run: run)))
      case .judge(let run): send(.judgement(RunJudgement(run: run, tests: standings)))
      case .findFlakes(let request):
        guard let flakes else { continue }
        effects.append(effect)
        send(.flakes(SampleFlakes.answer(request, flakes)))
      case .describe(let request):
        effects.append(effect)
        send(.attempt(SampleFlakes.answer(request)))
      case .compare(let request): send(.comparison(compare(request)))
      case .listRuns(let request):
        effects.append(effect)
        send(.runList(RunList(request: request, runs: records)))
      case .compareRuns(let pair):
        effects.append(effect)
        send(.runComparison(SampleHistory.answer(pair)))
      case .prepare(let request):
        effects.append(effect)
        var preview = SampleGoldens.preview(request)
        preview.refusal = refusal
        send(.prepared(preview))
      default: effects.append(effect)
      }
    }
  }

  mutating func press(_ keys: Key...) { for key in keys { send(.terminal(.key(key))) } }

  mutating func type(_ text: String) { for character in text { press(.character(character)) } }

  var screen: [String] { App.draw(state).lines }

  private func answer(_ request: QueryRequest) -> QueryAnswer {
    let run = state.context.runs.runs[request.run.index]
    let scope = run.table.tests { request.query.scope == .all || $0.needsAttention }
    let words = request.query.filter.lowercased()
    let tests = words.isEmpty ? scope : scope.filter { run.table.id(of: $0).contains(words) }
    var facts = TestFacts()
    facts.verdict = { standings[$0]?.verdict.label }
    facts.cause = { test in
      let headline = run.table.text.string(run.table.headline(of: test))
      if headline.isEmpty { return nil }
      if causes.contains(run.table.name(of: test)) { return .init(key: "golden@4116", title: "golden changed") }
      return .init(key: "key of \(headline)", title: headline)
    }
    let arrangement = Arrangement(
      of: tests, in: run, by: request.query.grouping, sortedBy: request.query.order, facts: facts)
    return QueryAnswer(request: request, arrangement: arrangement)
  }

  private func compare(_ request: ComparisonRequest) -> ComparisonAnswer {
    let comparison = request.asText ? SampleGoldens.text : SampleGoldens.comparison(of: request.golden)
    return ComparisonAnswer(request: request, comparison: comparison)
  }

  private func document(_ request: DocumentRequest) -> Document {
    let text =
      switch request.subject {
      case .message(let test): "message of \(state.context.runs.runs[request.run.index].table.name(of: test))"
      case .stack: "stack"
      case .output: "output"
      case .files: "files"
      case .history: "history"
      case .comparedOutput: "output of three runs"
      case .cause(let key): "cause \(key)"
      case .runbook: "runbook"
      case .page(let path): "page \(path)"
      case .file(let link): "contents of \(link.shown)"
      case .commit(let link): "commit \(link.hash)"
      }
    let lines = (0..<100).map { Line($0 == 0 ? text : "line \($0)") }
    let place = SourceLocation(file: "tests/unit/test_scoring.py", line: 17)
    return Document(
      request: request, lines: lines, links: [1: .source(place)], opensAtEnd: text.contains("console.log"))
  }
}
