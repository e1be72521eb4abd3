internal import SafeText
internal import TriageActions
package import TriageModel
package import Workspace

/// Blocks of runbooks that are run: shown first, accepted by the page's very bytes, and kept with the failure.
extension DecisionService {
  /// The bytes of a variable that a block gets.
  private static let longestVariable = 4000

  /// What would be run for the failure of a test; nothing is run.
  package func offer(
    _ place: RunbookScript.Place, for test: TestIndex, in dossier: RunDossier, _ library: RunbookLibrary
  ) throws(ScriptRefusal) -> ScriptOffer {
    let script = try library.script(place)
    var offer = ScriptOffer(script, for: dossier.noteSubject(of: test))
    offer.variables = variables(for: test, in: dossier, place)
    offer.isTrusted = accepted(place.page) == script.pageHash
    offer.refusal = (refusal ?? script.obstacle).map { "could not run it: \($0)" }
    return offer
  }

  /// What a block is told of the failure; a variable that has no value is empty, so that none is left from elsewhere.
  private func variables(
    for test: TestIndex, in dossier: RunDossier, _ place: RunbookScript.Place
  ) -> [String: String] {
    let (run, table) = (dossier.run, dossier.run.table)
    let values: [String: String?] = [
      "ASSAY_TEST": table.id(of: test), "ASSAY_MESSAGE": table.text.string(table.headline(of: test)),
      "ASSAY_SIGNATURE": dossier.noteSubject(of: test).signature?.text, "ASSAY_RUN": run.info.name,
      "ASSAY_COMMIT": run.info.commit, "ASSAY_BRANCH": run.info.branch, "ASSAY_PAGE": place.page,
      "ASSAY_BLOCK": String(place.number),
    ]
    return values.mapValues { Sanitizer.line($0 ?? "", limit: Self.longestVariable) }
  }

  /// Accepts a block that was shown, and with it the page as its bytes are: nothing is run that was not seen.
  package func accept(_ offer: ScriptOffer, _ library: RunbookLibrary) throws(JournalError) {
    if let refusal = offer.refusal ?? refusal { throw .refused(refusal) }
    let place = offer.script.place
    guard (try? library.script(place)) == offer.script else {
      throw .refused("\(place.page) changed since its block was shown: nothing was run")
    }
    try trust(place.page, offer.script.pageHash)
  }

  /// Keeps with the failure that a block was run, and how it ended.
  ///
  /// - Parameter status: Its exit status; of a signal 128 and the signal's number, as shells say it.
  /// - Returns: What was done, in one line.
  package func keep(_ offer: ScriptOffer, status: Int) throws(JournalError) -> String {
    let now = WallClock.now(environment: environment)
    let place = offer.script.place
    let first = offer.script.text.split(separator: "\n").first { !$0.allSatisfy(\.isWhitespace) } ?? ""
    var note = Note(
      .ran, at: offer.subject.test, signature: offer.subject.signature,
      text: "\(place.words) ended with status \(status): \(Sanitizer.line(first, limit: 200))", who: person, time: now)
    (note.runbook, note.run) = (place.page, offer.subject.run)
    (note.script, note.status) = (offer.script.hash, status)
    var plan = Plan()
    plan.title = "ran \(place.words): status \(status)"
    plan.steps = [.keep(note)]
    try carryOut(plan, of: Self.runbookAction, who: note.who, time: now)
    return plan.title
  }
}
