internal import SafeText
internal import TriageModel

/// Words for whoever sees the failure next, and the ticket that it is known by.
package struct KeepNote: FailureAction {
  /// What it is called and what it asks for.
  package static let description = ActionDescription(
    id: "note", title: "Note", verb: "keeps it", past: "noted", key: "t",
    help: "note on this failure, with its ticket", hint: "note",
    inputs: [
      ActionInput("text", label: "note", help: "The note; may be left out where a ticket is named."),
      ActionInput("ticket", help: "The ticket that the failure is known by."),
    ],
    abstract: "Keep a note, or a ticket, with a failure.",
    discussion: """
      It is shown wherever the same failure shows again, in any test and any run, and is a line of .assay/notes.jsonl, \
      which branches merge by themselves.
      """)

  /// A note that was not yet told on what.
  package init() {}

  /// A line of the ledger for each failure; tests that said the same share one.
  package func plan(
    _ subjects: [FailureSubject], _ facts: FailureFacts, in files: some DecisionFiles
  ) throws(ActionRefusal) -> Plan {
    let text = facts.input("text") ?? ""
    let ticket = facts.input("ticket")
    if text.isEmpty, ticket == nil { throw ActionRefusal("there is nothing to keep: a note or a ticket is needed") }
    if let ticket, let isTicket = facts.isTicket, !isTicket(ticket) {
      throw ActionRefusal("\(ticket) is no ticket as the configuration describes them (ticket.pattern)")
    }
    let secrets = SecretScan.findings(in: Array(text.utf8), since: [])
    if !secrets.isEmpty { throw ActionRefusal("the note holds what looks like \(SecretFinding.words(secrets))") }
    var plan = Plan()
    var known: Set<SignatureKey> = []
    for subject in subjects {
      if let signature = subject.signature, !known.insert(signature).inserted { continue }
      var note = Note(
        text.isEmpty ? .ticket : .note, at: subject.scope.text, signature: subject.signature, text: text,
        who: facts.who, time: facts.time)
      (note.ticket, note.run) = (ticket, facts.run)
      plan.steps.append(.keep(note))
    }
    let what = subjects.count == 1 ? subjects[0].scope.text : CountText.of(subjects.count, "test")
    plan.title = "noted at \(what)\(ticket.map { " (\($0))" } ?? "")" + (text.isEmpty ? "" : ": \"\(text)\"")
    plan.headline =
      "\(CountText.of(plan.steps.count, "line")) would be kept with \(CountText.of(plan.steps.count, "failure"))"
    return plan
  }
}
