package import TriageActions
package import TriageModel

/// What the screens ask of the runtime: data, so that a test of a key is one comparison.
package enum Effect: Sendable, Equatable {
  /// Read everything again.
  case reload
  /// Filter, group and sort.
  case arrange(QueryRequest)
  /// Make a text ready.
  case read(DocumentRequest)
  /// Find and compare the golden changes of a run.
  case findGoldens(RunRef)
  /// Compare one golden for the screen.
  case compare(ComparisonRequest)
  /// Try a tolerance on the comparison that is looked at.
  case whatIf(WhatIfRequest)
  /// Say what a decision would do.
  case prepare(DecisionRequest)
  /// Carry a decision out.
  case decide(DecisionRequest)
  /// Say what an action on failing tests would do.
  case prepareAction(ActionRequest)
  /// Do it.
  case carryOut(ActionRequest)
  /// End a job.
  case cancelJob(Int)
  /// Merge causes, or split one.
  case decideCauses(CauseDecision)
  /// Say which entry of the journal would be taken back, or done again.
  case offerUndo(isRedo: Bool)
  /// Take an entry of the journal back, or do it again.
  case undo(UndoOffer)
  /// Say what the history knows of a run's tests.
  case judge(RunRef)
  /// Find the flaky tests of a window.
  case findFlakes(FlakesRequest)
  /// Say how the mutes stand.
  case findMutes(MutesRequest)
  /// Count the service-level figures of a window.
  case findHealth(HealthRequest)
  /// Say what an attempt of the history did.
  case describe(AttemptRequest)
  /// List the runs of a window.
  case listRuns(RunListRequest)
  /// Compare two runs of the history.
  case compareRuns(RunPair)
  /// Open a source file in the person's editor, at a line.
  case edit(SourceLocation)
  /// Keep with a test's failure what a person marked in a runbook, or make a page for it.
  case mark(RunRef, TestIndex, RunbookMark)
  /// Say what would be run of a runbook for a test's failure.
  case prepareScript(RunRef, TestIndex, RunbookScript.Place)
  /// Accept a block of a runbook that was shown, with its page as it is.
  case acceptScript(ScriptOffer)
  /// Run a block that was accepted, on the terminal.
  case runScript(ScriptOffer)
  /// Keep with the failure that a block was run, and its exit status.
  case keepScript(ScriptOffer, status: Int)
  /// Compose a ticket on a test's failure.
  case composeTicket(RunRef, TestIndex)
  /// Show a ticket in the person's editor, and hand it to the configured command when that is confirmed.
  case fileTicket(TicketDraft)
  /// Keep the ticket that a failure is known by since.
  case keepTicket(String, NoteSubject)
  /// Open an address of the web, or a file by its path, in the program that the person has chosen for that.
  case openElsewhere(String)
  /// Put text on the clipboard; `what` names it to the person (`test id`).
  case copy(text: String, what: String)
  /// Take the mouse from the terminal, or give it back.
  case mouse(Bool)
  /// Stop as a job of the shell.
  case suspend
  case quit
}
