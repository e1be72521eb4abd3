package import TriageActions
internal import TriageModel
internal import Workspace

/// A decision on goldens whose evidence was read: the plan, and what a person sees of it.
package struct PlannedDecision: Sendable {
  /// What it would do, for people.
  package let preview: DecisionPreview
  /// What is carried out.
  package let plan: Plan
  let facts: DecisionFacts
}

extension DecisionService {
  /// Reads the changes of a request again, and plans; nothing is written.
  package func plan(_ request: DecisionRequest, _ survey: GoldenSurvey) -> PlannedDecision {
    var facts = DecisionFacts(who: person, time: WallClock.now(environment: environment))
    facts.reason = request.reason
    facts.ticket = request.ticket
    facts.run = survey.runName
    facts.commit = survey.commit
    facts.named = request.named
    facts.isBulk = request.isBulk
    let plan = repository.map { self.plan(request, facts, survey, $0) } ?? Plan()
    let preview = DecisionPreview(
      request: request, places: plan.locations, files: plan.writes.map(\.path),
      neverDisplayed: plan.locations.count { !request.displayed.contains($0) }, held: plan.held,
      warnings: warnings(survey), refusal: refusal)
    return PlannedDecision(preview: preview, plan: plan, facts: facts)
  }

  private func plan(
    _ request: DecisionRequest, _ facts: DecisionFacts, _ survey: GoldenSurvey, _ repository: Repository
  ) -> Plan {
    var goldens: [GoldenLocation: PreparedGolden] = [:]
    var candidates: [Candidate] = []
    var unknown: [HeldBack] = []
    guard let action = TriageActions.golden(request.action) else { return Plan() }
    let readsSecrets = request.action.includes.contains(.secrets) && !request.named.contains(.secrets)
    for place in request.locations where goldens[place] == nil {
      guard let change = survey.change(place) else {
        unknown.append(HeldBack(location: place, obstacle: .done, reason: "the run changes no golden of this name"))
        continue
      }
      var golden = PreparedGolden(change, survey, repository, readsSecrets: readsSecrets)
      golden.candidate.reviewed = request.reviewed[place]
      goldens[place] = golden
      candidates.append(golden.candidate)
    }
    var plan = action.plan(candidates, facts, in: GoldenWrites(goldens))
    plan.held = unknown + plan.held
    return plan
  }
}
