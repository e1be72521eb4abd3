package import TriageActions
package import TriageModel
package import Workspace

/// What is asked of an action on failures: on what, and what was typed and chosen.
package struct FailureOrder: Sendable {
  /// The action.
  package var action: any FailureAction
  /// The tests.
  package var subjects: [FailureSubject]
  /// What was typed, by the ids of the inputs.
  package var inputs: [String: String]
  /// What was chosen, by the ids of the options.
  package var options: Set<String>
  /// What people call the run.
  package var run: String?
  /// The jobs of the run at its CI service, or why they are not known; nil where nobody asked.
  package var jobs: Result<ServiceJobs, ActionRefusal>?

  /// An order.
  package init(
    _ action: any FailureAction, _ subjects: [FailureSubject], inputs: [String: String], options: Set<String>,
    run: String?
  ) {
    self.action = action
    self.subjects = subjects
    self.inputs = inputs
    self.options = options
    self.run = run
  }

  /// What it is called and what it asks for.
  package var description: ActionDescription { type(of: action).description }
}

/// An action on failures that was worked out and not yet done.
package struct PlannedAction: Sendable {
  /// What is done.
  package let description: ActionDescription
  /// What it would do.
  package let plan: Plan
  /// Why it cannot be done, as a sentence; nil when it can.
  package let refusal: String?
  /// Who decides.
  package let who: String
  /// When.
  package let time: Timestamp
}

extension DecisionService {
  /// What is known of tests of a run that are decided on.
  package func subjects(_ dossier: RunDossier) -> FailureSubjects { FailureSubjects(dossier, configuration.mutes) }

  /// What is known of what an action is about: in a run, in the history, in the mutes.
  package func subjects(
    _ subjects: ActionSubjects, of dossier: RunDossier, _ history: HistoryService?, _ owners: OwnerLookup
  ) -> [FailureSubject] {
    switch subjects {
    case .tests(let tests):
      let known = self.subjects(dossier)
      return tests.map { known.subject(of: $0) }
    case .names(let names):
      return names.map { name in
        (try? history?.subject(of: name, owners, configuration.mutes)) ?? FailureSubject(.test(name))
      }
    case .mutes(let mutes): return mutes.map { FailureSubject($0.scope, signature: $0.signature) }
    }
  }

  /// Works out what an action would do; nothing is written.
  package func plan(_ order: FailureOrder) -> PlannedAction {
    let now = WallClock.now(environment: environment)
    var facts = FailureFacts(who: person, time: now)
    (facts.inputs, facts.options, facts.run) = (order.inputs, order.options, order.run)
    facts.settings = configuration.mutes
    facts.jobs = order.jobs
    if order.action is Rerun { facts.reruns = reruns?.setting }
    if configuration.ticket.pattern != nil { facts.isTicket = configuration.ticket.isTicket }
    var plan = Plan()
    var refusal = self.refusal
    do throws(ActionRefusal) {
      plan = try order.action.plan(order.subjects, facts, in: RepositoryDecisions(repository))
    } catch {
      refusal = "could not \(order.description.id): \(error)"
    }
    return PlannedAction(
      description: order.description, plan: plan, refusal: refusal, who: facts.who, time: facts.time)
  }

  /// Keeps the ticket that a failure is known by since.
  ///
  /// - Returns: What was done, in one line.
  package func keep(ticket: String, on subject: NoteSubject) throws(JournalError) -> String {
    let failure = FailureSubject(.test(subject.test), signature: subject.signature)
    let planned = plan(FailureOrder(KeepNote(), [failure], inputs: ["ticket": ticket], options: [], run: subject.run))
    _ = try carryOut(planned)
    return planned.plan.title
  }

  /// Does what was worked out; the entry of the journal that takes it back.
  package func carryOut(_ planned: PlannedAction) throws(JournalError) -> JournalEntry {
    if let refusal = planned.refusal { throw .refused(refusal) }
    return try carryOut(planned.plan, of: planned.description.id, who: planned.who, time: planned.time)
  }
}

/// The files of decisions of a repository, read when they are asked for.
private struct RepositoryDecisions: DecisionFiles {
  private let repository: Repository?
  private let file: Result<MuteFile, ConfigurationError>

  init(_ repository: Repository?) {
    self.repository = repository
    do throws(ConfigurationError) {
      file = .success(try MuteFile(repository: repository))
    } catch {
      file = .failure(error)
    }
  }

  var mutes: [Mute] { (try? file.get())?.mutes ?? [] }

  func changing(_ changes: [MuteEdit]) throws(ActionRefusal) -> FileWrite {
    guard let repository else { throw ActionRefusal("nothing is decided outside of a repository (-C)") }
    let mutes: MuteFile
    do throws(ConfigurationError) { mutes = try file.get() } catch { throw ActionRefusal("\(error)") }
    let target: RepositoryFile
    let before: [UInt8]?
    do throws(FileError) {
      target = try RepositoryFile(own: MuteFile.path, in: repository)
      before = try target.bytes()
    } catch {
      throw ActionRefusal("\(MuteFile.path): \(error)")
    }
    guard (before ?? []) == Array(mutes.text.utf8) else { throw ActionRefusal("\(MuteFile.path) changes just now") }
    do throws(MuteEditError) {
      let patch = try mutes.applying(changes)
      var write = FileWrite(
        target.path, expected: before.map { ContentHash(of: $0) }, bytes: Array(patch.text.utf8))
      write.patch = patch.removed.map { "- " + $0 } + patch.added.map { "+ " + $0 }
      return write
    } catch {
      throw ActionRefusal("\(error)")
    }
  }
}
