import TerminalKit
import TriageMessages
import TriageModel

extension AppState {
  /// The line that is being typed.
  var prompt: Prompt? {
    if let prompt = pair.prompt { return prompt }
    return switch screen {
    case .triage: triage.prompt
    case .goldens: goldens.prompt
    case .flakes: flakes.prompt
    case .runs: runsScreen.prompt
    }
  }

  /// What is wrong with the filter that is typed.
  var filterProblem: String? {
    switch screen {
    case .triage: triage.filterProblem
    case .goldens: goldens.filterProblem
    case .flakes: flakes.filterProblem
    case .runs: runsScreen.filterProblem
    }
  }

  /// Does what a key means while a line is typed; what it was typed for, once it is done.
  mutating func promptKey(_ key: Key) -> Prompt.Purpose? {
    if pair.prompt != nil { return pair.promptKey(key) }
    return switch screen {
    case .triage: triage.promptKey(key)
    case .goldens: goldens.promptKey(key)
    case .flakes: flakes.promptKey(key)
    case .runs: runsScreen.promptKey(key)
    }
  }

  /// Takes pasted text into the line that is typed.
  mutating func promptPaste(_ text: String) {
    if pair.prompt != nil { return pair.paste(text) }
    switch screen {
    case .triage: triage.paste(text)
    case .goldens: goldens.paste(text)
    case .flakes: flakes.paste(text)
    case .runs: runsScreen.paste(text)
    }
  }

  mutating func resizeScreens() {
    triage.resize(to: size)
    goldens.resize(to: size)
    flakes.resize(to: size)
    runsScreen.resize(to: size)
  }

  /// What must be asked of the history: what it says of the run's tests, and what its screens show.
  mutating func wantsOfHistory() -> [Effect] {
    var effects: [Effect] = []
    if runs.isComplete, currentRun != nil {
      let judge = Effect.judge(run: run, revision: runs.revision)
      if askedToJudge != judge {
        askedToJudge = judge
        effects.append(judge)
      }
    }
    switch screen {
    case .triage, .goldens, .flakes: break
    case .runs: effects += [runsScreen.question(window), runsScreen.comparisonQuestion()].compactMap(\.self)
    }
    let isOnFlakes = screen == .flakes
    return effects + flakes.questions(window, reading: judgement?.revision ?? 0, isLookedAt: isOnFlakes)
  }

  /// Takes what the history says of the run that is looked at; of an older reading it is dropped.
  mutating func take(_ judgement: RunJudgement) {
    guard judgement.run == run, judgement.revision == runs.revision else { return }
    // What takes longer to find comes with a second answer, which leaves the rows as they are.
    let isNews = self.judgement?.tests != judgement.tests || !triage.isJudged
    self.judgement = judgement
    if isNews { countVerdicts(judgement) }
    if (judgement.sinceLook != nil) != triage.hasNews {
      triage.hasNews.toggle()
      triage.resize(to: size)
    }
    if isNews { triage.judged() }
    runsScreen.historyChanged(revision: judgement.revision)
  }

  /// Counts the failing tests by verdict, so that the counts add up to all that fail: of a test that the history does
  /// not judge nothing is known.
  private mutating func countVerdicts(_ judgement: RunJudgement) {
    verdictCounts = [:]
    guard let table = currentRun?.table, !judgement.tests.isEmpty else { return }
    var counted = 0
    for (test, standing) in judgement.tests where table.outcome(of: test).isFailing {
      verdictCounts[standing.verdict.label, default: 0] += 1
      counted += 1
    }
    if counted < table.counts.failing { verdictCounts[.unknown, default: 0] += table.counts.failing - counted }
  }

  /// What the history says of the run that is looked at; what it said of an older reading names tests of that one.
  var currentJudgement: RunJudgement? {
    judgement.flatMap { $0.run == run && $0.revision == runs.revision ? $0 : nil }
  }

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
