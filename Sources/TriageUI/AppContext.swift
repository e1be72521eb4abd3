package import TerminalKit
package import TriageMessages
import TriageModel

/// What all screens share: the open runs, what the history says of the one that is looked at, and the sides of a golden.
package struct AppContext: Equatable, Sendable {
  /// What the person has switched.
  package var options = AppState.Options()
  /// The terminal's columns and rows.
  package internal(set) var size: Size
  /// The open runs, newest first.
  package internal(set) var runs = RunSet.none
  /// The place of the run that is looked at.
  package internal(set) var run = 0
  /// Whether a person chose it; until then it is the newest that is known.
  var isRunChosen = false
  /// How far a load has come; nil when none is under way.
  var loading: LoadCount?
  /// How far back the screens of the history look.
  var window = HistoryWindow.days(90)
  /// What the history says of the run that is looked at.
  private(set) var judgement: RunJudgement?
  /// How many failing tests have each verdict, counted when the history spoke: a frame must not cost more with each test.
  private(set) var verdictCounts: [Verdict.Label: Int] = [:]
  /// The newest question for that.
  private var askedToJudge: Effect?
  /// The two sides of the golden that is looked at, in either screen.
  var pair = PairState()
  /// What goes on, or went on in this session, oldest first.
  private(set) var jobs: [Job] = []
  /// The reason that is offered for the next decision.
  var lastReason = ""

  /// Nothing is open yet.
  init(size: Size) { self.size = size }

  /// The run that is looked at, as it was read last.
  var ref: RunRef { runs.ref(run) }

  /// The run that is looked at; nil before the first is known.
  var currentRun: Run? { run < runs.runs.count ? runs.runs[run] : nil }

  /// The runs whose files are open.
  var openRuns: Set<RunIdentity> { Set(runs.runs.map(\.info.identity)) }

  /// Whether an answer is of the run that is looked at, as it was read last.
  func isOfCurrentRun(_ run: RunRef) -> Bool { run == ref }

  /// Whether the open runs are still on their way into the history.
  var isHistoryBehind: Bool { !runs.isComplete || judgement?.run.revision != runs.revision }
}

extension AppContext {
  /// Takes how far a job has come.
  mutating func take(_ job: Job) {
    if let place = jobs.firstIndex(where: { $0.number == job.number }) { jobs[place] = job } else { jobs.append(job) }
  }

  /// How many jobs are running.
  var runningJobs: Int { jobs.count { $0.snapshot.state == .running } }
}

// MARK: - What the history says

extension AppContext {
  /// The question for what the history says of the run's tests; nil when it was asked already.
  mutating func wantsJudgement() -> Effect? {
    guard runs.isComplete, currentRun != nil else { return nil }
    let judge = Effect.judge(ref)
    guard askedToJudge != judge else { return nil }
    askedToJudge = judge
    return judge
  }

  /// Takes what the history says, and counts the failing tests by verdict, so that the counts add up to all that fail: of
  /// a test that the history does not judge nothing is known.
  mutating func take(_ judgement: RunJudgement) {
    self.judgement = judgement
    verdictCounts = [:]
    guard let table = currentRun?.table, !judgement.tests.isEmpty else { return }
    var counted = 0
    for (test, standing) in judgement.tests where table.outcome(of: test).isFailing {
      verdictCounts[standing.verdict.label, default: 0] += 1
      counted += 1
    }
    if counted < table.failing { verdictCounts[.unknown, default: 0] += table.failing - counted }
  }

  /// What the history says of the run that is looked at; what it said of an older reading names tests of that one.
  var currentJudgement: RunJudgement? { judgement.flatMap { isOfCurrentRun($0.run) ? $0 : nil } }

  /// The verdict that a failing test is counted under, and that of any other the history judged; nil while nothing is
  /// judged.
  func verdict(of test: TestIndex) -> Verdict.Label? {
    guard let judgement = currentJudgement, !judgement.tests.isEmpty else { return nil }
    if let standing = judgement.tests[test] { return standing.verdict.label == .passing ? nil : standing.verdict.label }
    return currentRun?.table.outcome(of: test).isFailing == true ? .unknown : nil
  }

  /// What the history says of a test of the run that is looked at.
  func standing(of test: TestIndex) -> TestStanding? { currentJudgement?.tests[test] }
}
