internal import Foundation
internal import Goldens
package import TriageActions
package import TriageModel
package import Workspace

/// Prepares decisions on goldens and carries them out: the one way in which goldens are written.
package struct DecisionService: Sendable {
  /// The repository; nil outside of one, where nothing is decided.
  let repository: Repository?
  let directories: Directories
  let permission: WritePermission
  /// What the repository says of itself.
  package let configuration: Configuration
  let environment: [String: String]
  /// Runs tests again; nil outside of a repository.
  package var reruns: RerunService?

  /// A service for a repository and a person.
  package init(
    repository: Repository?, directories: Directories, permission: WritePermission, environment: [String: String],
    configuration: Configuration = Configuration()
  ) {
    self.repository = repository
    self.directories = directories
    self.permission = permission
    self.environment = environment
    self.configuration = configuration
  }

  /// The journal; nil outside of a repository.
  package var journal: Journal? { repository.map { Journal(repository: $0, directories: directories) } }

  /// Why nothing may be written, as a sentence; nil when it may.
  package var refusal: String? {
    if repository == nil { return "nothing is decided outside of a repository (-C)" }
    return permission.refusal.map { "nothing is written: \($0)" }
  }

  /// Carries a decision out on all that nothing stands in the way of: whole, or not at all.
  package func decide(_ decision: PlannedDecision) -> DecisionOutcome {
    let request = decision.preview.request
    var outcome = DecisionOutcome(request: request, done: [], held: [])
    guard decision.preview.refusal == nil else {
      outcome.failure = decision.preview.refusal
      return outcome
    }
    guard !request.action.requires("reason") || request.reason.contains(where: { !$0.isWhitespace }) else {
      outcome.failure = "could not decide without a reason"
      return outcome
    }
    outcome.held = decision.plan.held
    outcome.warnings = decision.preview.warnings
    if decision.plan.steps.isEmpty { return outcome }
    do throws(JournalError) {
      let entry = try carryOut(
        decision.plan, of: request.action.id, who: decision.facts.who, time: decision.facts.time)
      outcome.done = decision.plan.locations
      outcome.entry = entry.number
    } catch {
      outcome.failure = "\(error)"
    }
    return outcome
  }

  /// Carries out the plan of an action through the journal, which takes it back: all of it, or nothing.
  ///
  /// - Parameter action: The action's id.
  @discardableResult
  package func carryOut(
    _ plan: Plan, of action: String, who: String, time: Timestamp
  ) throws(JournalError) -> JournalEntry {
    guard let journal, let repository, refusal == nil else { throw .refused(refusal ?? "") }
    var draft = JournalDraft(action: action, title: plan.title, who: who, time: time)
    for step in plan.steps {
      switch step {
      case .write(let write): draft.writes.append(try Self.journalled(write, in: repository))
      case .append(let line): draft.lines.append(line.json)
      case .keep(let note):
        draft.ledger = .notes
        draft.lines.append(note.json)
      // Jobs are no decisions: nothing of them can be taken back.
      case .run, .runThere: continue
      }
    }
    return try journal.commit(draft)
  }

  /// The file of a write: what became a link since it was planned is another file.
  private static func journalled(
    _ write: FileWrite, in repository: Repository
  ) throws(JournalError) -> JournalDraft.Write {
    do throws(FileError) {
      let file = try RepositoryFile(own: write.path, in: repository)
      guard file.path == write.path else { throw .changed }
      return JournalDraft.Write(file, expected: write.expected, bytes: write.bytes)
    } catch {
      throw .file(write.path, error)
    }
  }

  func warnings(_ survey: GoldenSurvey) -> [String] {
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

  /// Who decides, as git knows the person, else the system.
  var person: String {
    repository.flatMap { GitObjects(root: $0.root, environment: environment).person() } ?? user
  }

  private var user: String {
    for name in ["USER", "LOGNAME"] {
      if let value = environment[name], !value.isEmpty { return value }
    }
    return "user \(getuid())"
  }
}
