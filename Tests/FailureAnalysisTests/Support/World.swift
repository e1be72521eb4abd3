import TestSupport
import FailureAnalysis
import TriageModel

/// A made history of one test among others, with what an experienced engineer would accept to be told of it.
struct World {
  /// What a test does in a run; texts are numbered.
  enum Act {
    case passes
    case fails(Int)
    /// Fails at every attempt of two.
    case failsTwice(Int)
    /// Fails, and passes at another attempt.
    case flakes(Int)
    case isAbsent
  }

  /// A question: what is the verdict in a run?
  struct Question {
    var run: RunKey
    /// The newest run when it is asked.
    var known: RunKey
    var right: Verdict.Label
    var acceptable: Set<Verdict.Label>
    /// A run that the range must contain, where one is said.
    var culprit: RunKey?
  }

  static let target = "tests/test_a.py::target"

  var random: Seeded
  /// The other tests.
  let others: Int
  var runs: [RunRecord] = []
  var results: [ResultRecord] = []
  var failures = RunFailures()
  var questions: [Question] = []
  /// Whether `assay flaky` should list the test at the end; nil where both can be defended.
  var isFlaky: Bool? = false
  private var hours = 0.0
  private var commit = 0

  init(others: Int = 12, seed: UInt64) {
    self.others = others
    random = Seeded(state: seed)
  }

  /// The newest run.
  var last: RunKey { RunKey(token: Int64(runs.count)) }

  /// The run that stands so many before the newest.
  func run(before count: Int) -> RunKey { RunKey(token: last.token - Int64(count)) }

  /// Lets time pass.
  mutating func rest(days: Double) { hours += days * 24 }

  /// The next commit's name.
  mutating func nextCommit() -> String {
    commit += 1
    return "c\(commit)"
  }

  /// Adds a run; without a commit it gets the next. `legs` run in it side by side; `beside` says what other tests do.
  @discardableResult
  mutating func run(
    _ act: Act, branch: String? = "main", commit: String? = nil, labels: [String: String] = [:], every: Double = 4,
    legs: [String: Act] = [:], beside: (Int) -> Int? = { _ in nil }
  ) -> RunKey {
    hours += every
    var run = RunRecord(
      key: RunKey(token: Int64(runs.count + 1)), identity: RunIdentity(source: "ci", id: "\(1001 + runs.count)"))
    run.branch = branch
    run.commit = commit ?? nextCommit()
    run.labels = labels
    run.startedAt = Timestamp(milliseconds: 1_700_000_000_000 + Int64(hours * 3_600_000))
    var failing: [RunFailures.Failure] = []
    for (leg, act) in legs.isEmpty ? ["": act] : legs {
      guard let result = Self.result(act, run.key, leg) else { continue }
      results.append(result)
      run.counts[result.outcome] += 1
      if result.outcome.isFailing {
        failing.append(.init(test: TestKey(token: 0), leg: leg, signature: result.signature))
      }
    }
    for other in 1...others {
      let text = beside(other)
      run.counts[text == nil ? .passed : .failed] += 1
      if let text { failing.append(.init(test: TestKey(token: Int64(other)), signature: SignatureKey(UInt64(text)))) }
    }
    failures.set(failing, of: run.key)
    runs.append(run)
    return run.key
  }

  /// So many runs in which it does the same.
  mutating func runs(_ count: Int, _ act: Act = .passes, branch: String? = "main", every: Double = 4) {
    for _ in 0..<count { run(act, branch: branch, every: every) }
  }

  /// Asks for the verdict in the newest run.
  mutating func ask(
    _ right: Verdict.Label, or others: Set<Verdict.Label> = [], at run: RunKey? = nil, culprit: RunKey? = nil
  ) {
    questions.append(
      Question(run: run ?? last, known: last, right: right, acceptable: others.union([right]), culprit: culprit))
  }

  private static func result(_ act: Act, _ run: RunKey, _ leg: String) -> ResultRecord? {
    func key(_ text: Int) -> SignatureKey { SignatureKey(UInt64(text)) }
    return switch act {
    case .passes: ResultRecord(run: run, outcome: .passed, attempts: [.passed], leg: leg)
    case .fails(let text):
      ResultRecord(run: run, outcome: .failed, attempts: [.failed], signature: key(text), leg: leg)
    case .failsTwice(let text):
      ResultRecord(run: run, outcome: .failed, attempts: [.failed, .failed], signature: key(text), leg: leg)
    case .flakes(let text):
      ResultRecord(
        run: run, outcome: .passedOnRetry, attempts: [.failed, .passed], signature: key(text), leg: leg)
    case .isAbsent: nil
    }
  }

  // MARK: - Judging

  /// Whether a range of runs has a culprit in it: by their commits, which are numbered as they were made.
  func contains(_ culprit: RunKey, _ range: Verdict.Range) -> Bool {
    func commit(_ run: RunKey) -> Int { Int(runs[Int(run.token) - 1].commit?.dropFirst() ?? "") ?? 0 }
    return commit(range.earliest) <= commit(culprit) && commit(culprit) <= commit(range.latest)
      && range.lastPass.map { commit($0) < commit(culprit) } ?? true
  }

  /// A judge that knows the runs up to one, or all.
  func judge(upTo run: RunKey? = nil) -> (judge: VerdictJudge, series: TestSeries) {
    let end = run?.token ?? .max
    let known = runs.filter { $0.key.token <= end }
    return (
      VerdictJudge(runs: known, failures: failures),
      TestSeries(test: Self.target, results: results.filter { $0.run.token <= end })
    )
  }

  /// Whether the list of flaky tests has it.
  var isListedAsFlaky: Bool {
    let (judge, series) = judge()
    return !judge.judgeNewest(series).flaky.isEmpty
  }
}
