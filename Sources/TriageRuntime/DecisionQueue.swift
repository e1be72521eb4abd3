internal import Dispatch
internal import TriageActions
internal import TriageMessages
internal import TriageModel
internal import TriageServices
internal import Workspace

/// Answers what the screens ask about decisions, one after the other on a thread of its own.
final class DecisionQueue: Sendable {
  private let service: DecisionService
  private let goldens: GoldenQueue
  private let history: HistoryOpener
  private let owners: OwnerLookup
  private let post: @Sendable (Event) -> Void
  private let elsewhere: JobReruns?
  private let deciding = DispatchQueue(label: "assay.deciding")
  /// A service that is slow to answer holds up no decision.
  private let asking = DispatchQueue(label: "assay.asking-there")

  /// A queue that posts its answers.
  init(
    service: DecisionService, goldens: GoldenQueue, history: HistoryOpener, owners: OwnerLookup, elsewhere: JobReruns?,
    post: @escaping @Sendable (Event) -> Void
  ) {
    self.elsewhere = elsewhere
    self.service = service
    self.goldens = goldens
    self.history = history
    self.owners = owners
    self.post = post
  }

  /// What the team agreed on mutes.
  var muteSettings: MuteSettings { service.configuration.mutes }

  /// Mends what a crash left, and says so.
  func start() {
    deciding.async {
      for words in self.service.recover() { self.post(.notice(Notice(.warning, words))) }
    }
  }

  /// Says what a decision would do.
  func prepare(_ request: DecisionRequest) {
    deciding.async {
      guard let survey = self.goldens.survey(of: request.run) else {
        var preview = DecisionPreview(
          request: request, places: [], files: [], neverDisplayed: 0, held: [], warnings: [])
        preview.refusal = Self.reread
        return self.post(.prepared(preview))
      }
      self.post(.prepared(self.service.plan(request, survey).preview))
    }
  }

  /// Carries a decision out.
  func decide(_ request: DecisionRequest) {
    deciding.async {
      guard let survey = self.goldens.survey(of: request.run) else {
        return self.post(.decided(DecisionOutcome(request: request, done: [], held: [], failure: Self.reread)))
      }
      let outcome = self.service.decide(self.service.plan(request, survey))
      self.post(.decided(outcome))
      if !outcome.done.isEmpty { self.goldens.find(request.run) }
    }
  }

  /// Writes a person's rule on causes, and says what became of it.
  func decide(_ decision: CauseDecision, _ causes: @escaping @Sendable () -> RunCauses?) {
    deciding.async {
      guard let causes = causes() else { return self.post(.notice(Notice(.failure, Self.reread))) }
      guard let action = TriageActions.cause(decision.action) else { return }
      let rule: CauseRule
      do throws(CauseRefusal) {
        rule = try action.rule(causes.facts(of: decision.tests), words: decision.words)
      } catch {
        return self.post(.notice(Notice(.info, error.words)))
      }
      do throws(CauseRuleError) {
        _ = try self.service.add(rule)
        self.post(.causesChanged)
        self.post(.notice(Notice(.info, "\(rule.words); u undoes it")))
      } catch {
        self.post(.notice(Notice(.failure, "could not change the causes: \(error)")))
      }
    }
  }

  static let reread = "the runs were read again meanwhile: look at them once more"

  /// Has the service write something, and says what became of it; `learn` is called then.
  func write(
    _ prefix: String, remark: String = "; u undoes it", learn: @escaping @Sendable () -> Void,
    _ body: @escaping @Sendable (DecisionService) throws(JournalError) -> String
  ) {
    deciding.async {
      do throws(JournalError) {
        self.post(.notice(Notice(.info, "\(try body(self.service))\(remark)")))
        learn()
      } catch {
        self.post(.notice(Notice(.failure, "\(prefix)\(error)")))
      }
    }
  }

  /// Says what would be run of a runbook.
  func prepare(
    _ place: RunbookScript.Place, for test: TestIndex, in dossier: RunDossier, _ runbooks: RunbookLibrary
  ) {
    deciding.async {
      do throws(ScriptRefusal) {
        self.post(.preparedScript(try self.service.offer(place, for: test, in: dossier, runbooks)))
      } catch {
        self.post(.scriptRefused(place, "\(error)"))
      }
    }
  }

  /// Accepts what was shown of a runbook, and says that it may run.
  func accept(_ offer: ScriptOffer, _ runbooks: RunbookLibrary) {
    deciding.async {
      do throws(JournalError) {
        try self.service.accept(offer, runbooks)
        self.post(.scriptAccepted(offer))
      } catch {
        self.post(.notice(Notice(.failure, "\(error)")))
      }
    }
  }

  /// Says what would be taken back or done again.
  func offer(isRedo: Bool) {
    deciding.async {
      do throws(JournalError) {
        self.post(.undoOffer(try self.service.offer(isRedo: isRedo)))
      } catch {
        self.post(.undoOffer(nil))
        self.post(.notice(Notice(.warning, "\(error)")))
      }
    }
  }

  /// Says what an action on failing tests would do.
  func prepare(_ request: ActionRequest, _ dossier: RunDossier) {
    queue(for: request).async {
      guard let planned = self.planned(request, dossier) else { return }
      var answer = ActionAnswer(request: request)
      answer.refusal = planned.refusal
      answer.headline = planned.plan.headline
      answer.warnings = planned.plan.warnings
      answer.patch = planned.plan.steps.flatMap(\.patch)
      if !planned.plan.mutes.isEmpty {
        answer.hindsight = (try? self.history.service?.hindsight(of: planned.plan.mutes))?.words
      }
      self.post(.preparedAction(answer))
    }
  }

  /// Works out what is to be run again, and hands it on.
  func rerun(_ request: ActionRequest, _ dossier: RunDossier, start: @escaping @Sendable (Plan) -> Void) {
    queue(for: request).async {
      guard let planned = self.planned(request, dossier) else { return }
      if let refusal = planned.refusal { return self.post(.notice(Notice(.failure, refusal))) }
      start(planned.plan)
      self.post(.notice(Notice(.info, "\(planned.plan.title) began: J shows it")))
    }
  }

  /// Does it, and says what became of it; `learn` is called when something was written.
  func carryOut(_ request: ActionRequest, _ dossier: RunDossier, learn: @escaping @Sendable () -> Void) {
    write("", learn: learn) { service throws(JournalError) in
      guard let planned = self.planned(request, dossier) else { throw .refused("this cannot be done here") }
      _ = try service.carryOut(planned)
      return planned.plan.title
    }
  }

  private func planned(_ request: ActionRequest, _ dossier: RunDossier) -> PlannedAction? {
    guard let action = TriageActions.failure(request.action) else { return nil }
    let subjects = service.subjects(request.subjects, of: dossier, history.service, owners)
    let run = dossier.run.info
    var order = FailureOrder(action, subjects, inputs: request.inputs, options: request.options, run: run.name)
    if asksElsewhere(request) { order.jobs = elsewhere?.jobs(of: run) }
    return service.plan(order)
  }

  private func asksElsewhere(_ request: ActionRequest) -> Bool {
    request.action.id == Rerun.description.id && Rerun.jobs(request.inputs) != nil
  }

  private func queue(for request: ActionRequest) -> DispatchQueue { asksElsewhere(request) ? asking : deciding }

  /// Takes back or does again what was offered; `learn` is called then.
  func undo(_ offer: UndoOffer, learn: @escaping @Sendable () -> Void) {
    deciding.async {
      do throws(JournalError) {
        try self.service.undo(offer)
        let verb = offer.isRedo ? "did again" : "took back"
        self.post(.notice(Notice(.info, "\(verb): \(offer.title)")))
      } catch {
        self.post(.notice(Notice(.failure, "\(error)")))
      }
      self.goldens.findAgain()
      learn()
    }
  }
}
