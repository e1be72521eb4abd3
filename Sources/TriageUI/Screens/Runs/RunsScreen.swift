package import TerminalKit
import TestQueries
package import TriageMessages
package import TriageModel

/// The Runs screen: the runs of the history on one side, what differs between two of them on the other.
package struct RunsScreen: Equatable, Sendable {
  /// The pane that takes the keys.
  package enum Focus: Equatable, Sendable {
    case list
    case difference
  }

  /// What the runs are sorted by.
  package enum Order: String, Equatable, Sendable, CaseIterable {
    /// Newest first.
    case time
    /// Most failing tests first.
    case failing
  }

  /// Two runs that are compared, with the commits that lie between them.
  struct Looked: Equatable {
    var pair: RunPair
    /// The commits after the earlier run up to the later one, oldest first.
    var commits: [CommitName]
  }

  /// A commit and the first line of its message.
  struct CommitName: Equatable {
    var commit: String
    var title: String?
  }

  // What is known.
  /// The runs of the window.
  package internal(set) var list: RunList?
  /// The newest question.
  var asked: RunListRequest?
  /// The revision of the open runs that the history had taken in when it was asked.
  var revision = 0
  /// Whether the history has grown since.
  var isStale = false
  var roll = RunRoll()
  /// Answers to what was asked before, the newest last.
  var answers: [RunComparisonAnswer] = []
  /// What is compared; nil when there is nothing to compare with.
  var looked: Looked?
  /// The runs that are open.
  var open: Set<RunIdentity> = []
  // What is shown.
  /// The places of the runs that are shown.
  package internal(set) var shown: [Int] = []
  /// The filter as it is typed.
  package internal(set) var filter = ""
  /// What is wrong with it.
  package internal(set) var filterProblem: String?
  /// Whether only runs with failing tests are shown.
  package internal(set) var isFailingOnly = false
  /// What the runs are sorted by.
  package internal(set) var order = Order.time
  /// Sections of the difference that a person folded or unfolded.
  var toggled: Set<DifferenceRows.Section> = []
  // Where the person is.
  /// The chosen row, and what is scrolled.
  package internal(set) var cursor = ListCursor()
  /// The same in the difference.
  package internal(set) var differenceCursor = ListCursor()
  /// Which pane takes the keys.
  package internal(set) var focus = Focus.list
  /// Whether the pane with the keys has the screen to itself.
  package internal(set) var isZoomed = false
  /// The line that is being typed; nil when none is.
  package internal(set) var prompt: Prompt?
  /// What `n` and `N` look for.
  package internal(set) var find = ""
  /// The place of the run that others are compared with; nil for the run before each.
  var basePlace: Int?
  // The screen, for how far a page goes.
  var size = Size(width: 80, height: 24)

  /// The screen before anything is known.
  package init() {}

  /// What a command of this screen asks of the application.
  enum Reaction: Equatable {
    case done
    case say(String)
    /// Look at this run in Triage.
    case select(RunIdentity)
    /// Look at a test of it there.
    case show(RunIdentity, test: String, leg: String)
  }
}

extension RunsScreen {
  /// The place of the chosen run among all; nil on an empty list.
  var chosen: Int? { shown.indices.contains(cursor.index) ? shown[cursor.index] : nil }

  /// The chosen run.
  package var selected: RunRecord? { chosen.map { roll.runs[$0] } }

  /// The run that others are compared with, by number; nil for the run before each.
  package var base: Int64? { basePlace.map { roll.runs[$0].number } }

  /// The places of the two runs that are compared, the earlier first; nil when there is nothing to compare with.
  var compared: (earlier: Int, later: Int)? {
    guard let chosen else { return nil }
    guard let other = basePlace ?? roll.before[chosen], other != chosen else { return nil }
    return (max(chosen, other), min(chosen, other))
  }

  /// The answer for what is compared; nil until it comes.
  var answer: RunComparisonAnswer? { looked.flatMap { looked in answers.last { $0.pair == looked.pair } } }

  /// The rows of the difference; nil while it is not known.
  var difference: DifferenceRows? {
    answer?.comparison.map { DifferenceRows($0, commits: looked?.commits.count ?? 0, toggled: toggled) }
  }
}

extension RunsScreen {
  /// Comparisons that are kept for a person who goes back and forth.
  private static let keptAnswers = 8

  /// The question for the runs of a window; nil when it was asked already.
  mutating func question(_ window: HistoryWindow) -> Effect? {
    var request = RunListRequest(generation: asked?.generation ?? 0, window: window)
    guard request != asked || isStale else { return nil }
    request.generation += 1
    asked = request
    isStale = false
    return .listRuns(request)
  }

  /// The question for the difference of the chosen run and its base; nil when it was asked already or is known.
  mutating func comparisonQuestion() -> Effect? {
    let pair = compared.map { RunPair(before: roll.runs[$0.earlier].number, after: roll.runs[$0.later].number) }
    guard pair != looked?.pair else { return nil }
    differenceCursor = ListCursor()
    looked = pair.map { Looked(pair: $0, commits: commitsBetween()) }
    return answer == nil ? pair.map { .compareRuns($0) } : nil
  }

  /// The history may know more by now: the runs that were opened are in it.
  mutating func historyChanged(revision: Int) {
    guard revision != self.revision else { return }
    self.revision = revision
    isStale = asked != nil
  }

  /// Takes an answer, unless a newer one was asked for.
  mutating func take(_ list: RunList) {
    guard list.request == asked else { return }
    let chosen = selected?.number
    let base = self.base
    self.list = list
    roll = RunRoll(list.runs)
    basePlace = base.flatMap { base in list.runs.firstIndex { $0.number == base } }
    // A run that was completed since compares otherwise.
    answers = []
    looked = nil
    arrange(keeping: chosen)
  }

  /// Takes what became of tests between two runs.
  mutating func take(_ answer: RunComparisonAnswer) {
    answers.removeAll { $0.pair == answer.pair }
    answers.append(answer)
    if answers.count > Self.keptAnswers { answers.removeFirst() }
    if answer.pair == looked?.pair { moveDifference(to: differenceCursor.index) }
  }

  mutating func resize(to size: Size) {
    self.size = size
    moveCursor(to: cursor.index)
    moveDifference(to: differenceCursor.index)
  }

  /// Filters and sorts anew, and stays on a run.
  mutating func arrange(keeping number: Int64?) {
    let filter: RunFilter
    do throws(FilterError) {
      filter = try RunFilter(parsing: self.filter)
      filterProblem = nil
    } catch {
      // A filter that is half typed leaves what the last whole one selected.
      filterProblem = "\(error)"
      return
    }
    shown = roll.runs.indices.filter { place in
      (!isFailingOnly || roll.runs[place].counts.failing > 0) && filter.accepts(roll.runs[place])
    }
    if order == .failing {
      shown.sort { (roll.runs[$1].counts.failing, $0) < (roll.runs[$0].counts.failing, $1) }
    }
    let again = number.flatMap { number in shown.firstIndex { roll.runs[$0].number == number } }
    moveCursor(to: again ?? (number == nil ? 0 : min(cursor.index, max(0, shown.count - 1))))
  }

  mutating func moveCursor(to row: Int) {
    cursor.move(to: row, count: shown.count, height: layout.list.height)
  }

  mutating func moveDifference(to row: Int) {
    differenceCursor.move(to: row, count: difference?.count ?? 0, height: layout.difference.height)
  }

  /// The commits after the earlier run up to the later one as the runs in between tell them, oldest first.
  private func commitsBetween() -> [CommitName] {
    guard let compared else { return [] }
    let (first, last) = (roll.runs[compared.earlier], roll.runs[compared.later])
    var commits: [CommitName] = []
    var seen: Set<String> = []
    for place in (compared.later..<compared.earlier).reversed() {
      let run = roll.runs[place]
      guard run.branch == last.branch, let commit = run.commit, commit != first.commit,
        seen.insert(commit).inserted
      else { continue }
      commits.append(CommitName(commit: commit, title: run.commitTitle))
    }
    return commits
  }
}
