internal import Foundation
internal import Goldens
package import TriageActions
internal import TriageModel
package import Workspace

/// Prepares decisions on goldens and carries them out: the one way in which goldens are written.
package struct DecisionService: Sendable {
  /// The repository; nil outside of one, where nothing is decided.
  let repository: Repository?
  let directories: Directories
  let permission: WritePermission
  let environment: [String: String]

  /// A service for a repository and a person.
  package init(
    repository: Repository?, directories: Directories, permission: WritePermission, environment: [String: String]
  ) {
    self.repository = repository
    self.directories = directories
    self.permission = permission
    self.environment = environment
  }

  /// The journal; nil outside of a repository.
  package var journal: Journal? { repository.map { Journal(repository: $0, directories: directories) } }

  /// Why nothing may be written, as a sentence; nil when it may.
  package var refusal: String? {
    if repository == nil { return "nothing is decided outside of a repository (-C)" }
    return permission.refusal.map { "nothing is written: \($0)" }
  }

  /// What a decision would do; nothing is written.
  package func preview(_ request: DecisionRequest, _ survey: GoldenSurvey) -> DecisionPreview {
    let draft = repository.map { DecisionDraft(request, survey, $0) }
    let plan = draft?.plan ?? Plan()
    return DecisionPreview(
      request: request, places: plan.places, steps: plan.steps, files: draft?.writes.map(\.file.path) ?? [],
      neverDisplayed: plan.places.count { !request.displayed.contains($0) }, held: plan.held,
      warnings: warnings(survey), refusal: refusal)
  }

  /// Carries a decision out on all that nothing stands in the way of: whole, or not at all.
  package func decide(_ request: DecisionRequest, _ survey: GoldenSurvey) -> DecisionOutcome {
    var outcome = DecisionOutcome(request: request, done: [], held: [])
    guard let repository, let journal, refusal == nil else {
      outcome.failure = refusal
      return outcome
    }
    guard request.reason.contains(where: { !$0.isWhitespace }) else {
      outcome.failure = "could not decide without a reason"
      return outcome
    }
    let draft = DecisionDraft(request, survey, repository)
    outcome.held = draft.plan.held
    outcome.warnings = warnings(survey)
    if draft.plan.steps.isEmpty { return outcome }
    let who = GitObjects(root: repository.root, environment: environment).person() ?? user
    do throws(JournalError) {
      let entry = try journal.commit(
        draft.journalDraft(survey, who: who, time: WallClock.now(environment: environment)))
      outcome.done = draft.plan.places
      outcome.entry = entry.number
    } catch {
      outcome.failure = "\(error)"
    }
    return outcome
  }

  private func warnings(_ survey: GoldenSurvey) -> [String] {
    guard let repository, let commit = survey.commit else { return [] }
    let git = GitObjects(root: repository.root, environment: environment)
    guard git.head() != nil, !git.isAncestorOfHead(commit) else { return [] }
    let short = commit.prefix(12)
    return [
      git.has(commit)
        ? "the run's commit \(short) is no ancestor of what is checked out"
        : "the run's commit \(short) is not in this repository"
    ]
  }

  /// The person, where git does not know one.
  var user: String {
    for name in ["USER", "LOGNAME"] {
      if let value = environment[name], !value.isEmpty { return value }
    }
    return "user \(getuid())"
  }
}
