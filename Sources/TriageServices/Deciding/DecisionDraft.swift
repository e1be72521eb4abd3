internal import Goldens
internal import TriageActions
internal import TriageModel
internal import Workspace

/// A decision whose evidence was read: the plan, and the files it writes.
struct DecisionDraft {
  let request: DecisionRequest
  private(set) var plan: Plan
  /// The files as they are and as they would be.
  let writes: [JournalDraft.Write]
  private let goldens: [GoldenPlace: PreparedGolden]

  /// Reads the changes of a request again, and plans.
  init(_ request: DecisionRequest, _ survey: GoldenSurvey, _ repository: Repository) {
    self.request = request
    var goldens: [GoldenPlace: PreparedGolden] = [:]
    var candidates: [Candidate] = []
    var unknown: [HeldBack] = []
    let isApproval = request.kind == .approve
    for place in request.places where goldens[place] == nil {
      guard let change = survey.change(place) else {
        unknown.append(HeldBack(place: place, obstacle: .done, reason: "the run changes no golden of this name"))
        continue
      }
      var golden = PreparedGolden(
        change, survey, repository, readsSecrets: isApproval && !request.named.contains(.secrets))
      golden.candidate.reviewed = request.reviewed[place]
      goldens[place] = golden
      candidates.append(golden.candidate)
    }
    var plan =
      isApproval
      ? Approve(named: request.named, isBulk: request.isBulk).plan(candidates) : Reject().plan(candidates)
    var writes = GoldenWrites()
    if isApproval {
      plan.steps.removeAll { step in
        guard let golden = goldens[step.place], let held = writes.add(golden) else { return false }
        plan.held.append(held)
        return true
      }
    }
    plan.held = unknown + plan.held
    self.plan = plan
    self.writes = writes.writes
    self.goldens = goldens
  }

  /// What the journal is asked to do.
  func journalDraft(_ survey: GoldenSurvey, who: String, time: Timestamp) -> JournalDraft {
    var draft = JournalDraft(
      kind: request.kind == .approve ? .approve : .reject, title: title, who: who, time: time)
    draft.writes = writes
    draft.lines = plan.steps.map { line($0, survey, who: who, time: time).json }
    return draft
  }

  private var title: String {
    let verb = request.kind == .approve ? "approved" : "rejected"
    let what = plan.steps.count == 1 ? "\(plan.steps[0].place)" : "\(plan.steps.count) goldens"
    return "\(verb) \(what): \"\(request.reason)\""
  }

  private func line(_ step: Step, _ survey: GoldenSurvey, who: String, time: Timestamp) -> ApprovalLine {
    let candidate = goldens[step.place]?.candidate
    var line = ApprovalLine(
      request.kind == .approve ? .approve : .reject, step.place, convention: candidate?.change.convention ?? "",
      old: candidate?.change.currentHash, new: candidate?.actual, time: time, who: who, reason: request.reason,
      run: survey.runName)
    line.commit = survey.commit
    line.ticket = request.ticket
    line.drift = candidate?.change.drift?.kind.word
    line.recovery = candidate?.change.recovery.word
    return line
  }
}
