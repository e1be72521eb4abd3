internal import RunHistory
internal import ItemQueries
package import Runbooks
package import TriageModel
package import Workspace

/// Judges whether the failures of runs stop a release, by a policy, the mutes and the history.
package struct Gate {
  let settings: GateSettings
  let rules: [RuleMatcher]
  private let windows: [RuleMatcher?]
  let mutes: MuteSettings
  private let now: Timestamp
  private let history: HistoryService?
  let runbooks: RunbookLibrary

  /// A gate; throws which of its rules cannot be understood.
  package init(
    _ settings: GateSettings, mutes: MuteSettings, now: Timestamp, history: HistoryService?, runbooks: RunbookLibrary
  ) throws(RuleError) {
    self.settings = settings
    rules = try settings.rules.map { rule throws(RuleError) in try RuleMatcher(rule.rule) }
    windows = try settings.windows.map { window throws(RuleError) in
      try window.rule.map { rule throws(RuleError) in try RuleMatcher(rule) }
    }
    self.mutes = mutes
    self.now = now
    self.history = history
    self.runbooks = runbooks
  }

  /// The answer on runs of which all is known, newest first.
  package func judge(_ dossiers: [RunDossier]) -> GateAnswer {
    var answer = GateAnswer()
    guard let newest = dossiers.first?.run.info else { return answer }
    for dossier in dossiers {
      let run = dossier.run
      // Runs of other commits say nothing of what is released.
      guard run.info.commit == newest.commit else {
        answer.problems.append("\(run.info.name) is of another commit and was not judged")
        continue
      }
      let isOlder = dossiers.contains { other in
        other.run.info.identity.source == run.info.identity.source && other.run.info.identity.id == run.info.identity.id
          && other.run.info.labels == run.info.labels
          && other.run.info.identity.attempt > run.info.identity.attempt
      }
      if isOlder {
        answer.problems.append("\(run.info.name), attempt \(run.info.identity.attempt): a later attempt was judged")
        continue
      }
      answer.runs.append(
        GateAnswer.JudgedRun(
          name: run.info.name, tests: run.table.counts.total, items: run.table.itemCounts.total,
          failing: run.table.failing,
          incomplete: run.info.completeness.reasons))
      add(dossier, to: &answer)
    }
    let order = GateLine.Ruling.allCases
    answer.lines.sort { left, right in
      let ranks = [left, right].map { order.firstIndex(of: $0.ruling) ?? 0 }
      return (ranks[0], -left.tests.count, left.title) < (ranks[1], -right.tests.count, right.title)
    }
    return answer
  }

  private func add(_ dossier: RunDossier, to answer: inout GateAnswer) {
    let table = dossier.run.table
    let subjects = FailureSubjects(dossier, mutes)
    let known = known(dossier)
    let find = runbooks.finder()
    var indices: [[String]: Int] = [:]
    for test in dossier.run.testsOfNote {
      let isRetried = table.outcome(of: test) == .passedOnRetry
      guard table.outcome(of: test).isFailing || isRetried else { continue }
      let pages = find(test, dossier)
      let (ruling, why) =
        isRetried
        ? (.retried, "passed at attempt \(table.attemptCount(of: test))")
        : rule(test, dossier, subjects, pages, isKnown: known.contains(test))
      let title = dossier.cause(of: test)?.title ?? table.text.string(table.headline(of: test))
      let key = dossier.cause(of: test)?.key ?? ""
      let index = indices[[ruling.word, key, title, why], default: answer.lines.endIndex]
      indices[[ruling.word, key, title, why]] = index
      if index == answer.lines.endIndex {
        answer.lines.append(line(ruling, key, title, why, test, dossier, pages.first))
      }
      // Of a cause the page of any of its tests is better than none.
      if answer.lines[index].runbook == nil, let page = pages.first?.page {
        answer.lines[index].runbook = (page.path, page.title)
      }
      answer.lines[index].tests.append(
        GateLine.Test(id: table.id(of: test), location: dossier.run.location(of: test)))
    }
  }

  private func line(
    _ ruling: GateLine.Ruling, _ key: String, _ title: String, _ why: String, _ test: TestIndex,
    _ dossier: RunDossier, _ page: RunbookIndex.Found?
  ) -> GateLine {
    var line = GateLine(ruling, cause: key, title: title, why: why)
    line.verdict = dossier.standings[test]?.verdict.label
    line.since = dossier.standings[test]?.since?.record.shortName
    line.owner = dossier.owner(of: test)
    line.runbook = page.map { ($0.page.path, $0.page.title) }
    let name = StableName.of(dossier.run.table.id(of: test))
    line.ticket =
      dossier.mutes[test]?.ticket
      ?? dossier.records.notes.ticket(test: name, signature: dossier.signature(of: test))?.ticket
    return line
  }

  /// What is done with a failure. What pages is asked first: neither age nor maintenance lets a contract through, only a
  /// mute that names it.
  private func rule(
    _ test: TestIndex, _ dossier: RunDossier, _ subjects: FailureSubjects, _ pages: [RunbookIndex.Found],
    isKnown: Bool
  ) -> (GateLine.Ruling, String) {
    let contract = subjects.contract(of: test)
    // A pattern names no contract: what it covers by the way still blocks the release.
    if let mute = dossier.mutes[test], contract == nil || mute.isNamed {
      return (.muted, "\(mute.ticket), until the end of \(mute.expires)")
    }
    let facts = runbooks.facts(of: test, in: dossier)
    let severity = zip(settings.rules, rules).first { $1.holds(of: facts) }?.0.severity
    if severity == .page { return (.page, "a rule of the gate pages") }
    if severity == nil {
      if let contract { return (.page, "a contract: \(contract)") }
      if pages.severity == .page { return (.page, "its runbook pages") }
    }
    let window = zip(settings.windows, windows).first { window, rule in
      window.from <= now && now < window.until && (rule?.holds(of: facts) ?? true)
    }
    if let window = window?.0 { return (.maintenance, "\(window.reason), until \(window.until.minuteText)") }
    switch severity {
    case .ticket: return (.ticket, "a rule of the gate asks for a ticket")
    case .ignore: return (.ignore, "a rule of the gate ignores it")
    case .page, nil: break
    }
    if settings.failOn == .new, isKnown {
      let standing = dossier.standings[test]
      let since = standing?.turn.map { " \($0.word) run \($0.run.shortName)" } ?? ""
      return (.known, "\(standing?.verdict.label.rawValue ?? "known")\(since), in the same way")
    }
    return (.fail, "no rule names it" + (dossier.nearMutes[test].map { "; " + $0 } ?? ""))
  }

  /// The failures that were there before in the same way: the history says since when, and has seen this very failure in
  /// another run.
  private func known(_ dossier: RunDossier) -> Set<TestIndex> {
    guard settings.failOn == .new, let history else { return [] }
    let run = dossier.run
    let tests = run.testsOfNote.filter { test in
      guard let label = dossier.standings[test]?.verdict.label else { return false }
      return label == .broken || label == .flaky
    }
    guard let series = try? history.series(of: tests.map { run.table.id(of: $0) }),
      let runs = try? history.records()
    else { return [] }
    let own = runs.first { $0.identity == run.info.identity }?.key
    var known: Set<TestIndex> = []
    for (test, series) in zip(tests, series) {
      guard let signature = dossier.signature(of: test) else { continue }
      let isSeen = series.results.contains { $0.run != own && $0.outcome.isFailing && $0.signature == signature }
      if isSeen { known.insert(test) }
    }
    return known
  }
}
