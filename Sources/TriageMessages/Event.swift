package import TerminalKit
package import TriageActions
package import TriageModel

/// What the screens are told: keys, and answers to effects.
package enum Event: Sendable, Equatable {
  case terminal(TerminalEvent)
  /// How far a load has come.
  case loading(LoadCount)
  /// A snapshot of the open runs.
  case runs(RunSet)
  case arranged(QueryAnswer)
  case document(Document)
  case goldens(GoldenList)
  case comparison(ComparisonAnswer)
  case whatIf(WhatIfAnswer)
  case prepared(DecisionPreview)
  case decided(DecisionOutcome)
  /// An entry that could be undone; nil when there is none, and a notice says why.
  case undoOffer(UndoOffer?)
  case judgement(RunJudgement)
  /// What an action on failing tests would do.
  case preparedAction(ActionAnswer)
  /// What the history and the mutes say of a run's tests by now, after a decision.
  case standings(RunRef, [TestIndex: TestStanding])
  /// How far a job has come.
  case job(Job)
  case flakes(FlakeList)
  case mutes(MutesAnswer)
  case health(HealthAnswer)
  case attempt(AttemptAnswer)
  case runList(RunList)
  case runComparison(RunComparisonAnswer)
  /// People's rules on causes are others now: what is grouped by them is to be asked for again.
  case causesChanged
  /// The person's editor has ended: what is read from the repository may be another text.
  case edited
  /// A page was made for a failure; its path.
  case runbookStarted(String)
  /// A block of a runbook, as it would be run.
  case preparedScript(ScriptOffer)
  /// A block that cannot be shown, and so not be run; why, as a sentence.
  case scriptRefused(RunbookScript.Place, String)
  /// A block was accepted: it is to be run.
  case scriptAccepted(ScriptOffer)
  /// The text of a ticket, to be shown in the editor.
  case ticketComposed(TicketDraft)
  case notice(Notice)
  /// Files of the open runs changed on disk.
  case filesChanged
}

/// One line for the person: what was done, or what could not be.
package struct Notice: Sendable, Equatable {
  /// How much it matters.
  package enum Weight: Sendable, Equatable {
    case info
    case warning
    case failure
  }

  /// How much it matters.
  package var weight: Weight
  /// The line.
  package var text: String

  /// A line for the person.
  package init(_ weight: Weight, _ text: String) {
    self.weight = weight
    self.text = text
  }
}
