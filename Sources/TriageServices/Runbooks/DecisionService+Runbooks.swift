internal import FailureAnalysis
internal import Runbooks
internal import TriageActions
package import TriageModel
package import Workspace

/// What people write while they work with runbooks: ticks, whether a page helped, a page of their own.
extension DecisionService {
  /// The id under which the journal keeps these.
  static let runbookAction = "runbook"
  /// Names that are tried for a new page.
  private static let mostNames = 100

  /// Keeps a mark with the failure of a test, for whoever sees the failure next; a tick that is there is taken away.
  ///
  /// - Returns: What was done, in one line.
  package func keep(
    _ mark: RunbookMark, at test: TestIndex, in dossier: RunDossier
  ) throws(JournalError) -> String {
    var plan = Plan()
    let (who, now) = (person, WallClock.now(environment: environment))
    guard let (note, title) = note(mark, at: test, in: dossier, who, now) else { return "" }
    plan.title = title
    plan.steps = [.keep(note)]
    try carryOut(plan, of: Self.runbookAction, who: who, time: now)
    return title
  }

  private func note(
    _ mark: RunbookMark, at test: TestIndex, in dossier: RunDossier, _ who: String, _ now: Timestamp
  ) -> (note: Note, title: String)? {
    let subject = dossier.noteSubject(of: test)
    var note: Note
    let title: String
    func new(_ kind: Note.Kind, _ text: String) -> Note {
      Note(kind, at: subject.test, signature: subject.signature, text: text, who: who, time: now)
    }
    switch mark {
    case .start: return nil
    case .helped(let page):
      note = new(.helped, page)
      note.runbook = page
      title = "\(page) helped"
    case .tick(let page, let text):
      if let known = dossier.notes(on: test).ticks(in: page)[text] {
        note = new(.undo, "")
        note.undoes = known.id
        title = "unticked \"\(text)\""
      } else {
        note = new(.tick, text)
        title = "ticked \"\(text)\""
      }
      note.runbook = page
    }
    note.run = subject.run
    return (note, title)
  }

  /// Writes what is asked for.
  ///
  /// - Returns: What was done, in one line, and the path of a page that was made.
  package func carryOut(
    _ mark: RunbookMark, at test: TestIndex, in dossier: RunDossier, _ library: RunbookLibrary
  ) throws(JournalError) -> (title: String, page: String?) {
    guard mark == .start else { return (try keep(mark, at: test, in: dossier), nil) }
    let path = try startRunbook(for: test, in: dossier, library)
    return ("started the runbook \(path)", path)
  }

  /// Makes a page for the failure of a test, filled with what is known of it.
  ///
  /// - Returns: The page's path.
  package func startRunbook(
    for test: TestIndex, in dossier: RunDossier, _ library: RunbookLibrary
  ) throws(JournalError) -> String {
    let now = WallClock.now(environment: environment)
    let run = dossier.run
    let seen = [run.info.name, run.info.branch, run.info.commit.map { String($0.prefix(7)) }, run.info.commitTitle]
    let signatures = dossier.signatures ?? FailureSignatures(of: [test], in: run.table, threads: 1)
    let template = RunbookTemplate(
      for: library.facts(of: test, in: dossier), title: signatures.signature(of: test)?.title ?? "",
      owner: dossier.owner(of: test),
      seen: "Seen at \(run.table.id(of: test)) in \(seen.compactMap(\.self).joined(separator: " ")).", today: now)
    let path = library.free(template.name, limit: Self.mostNames)
    let write = FileWrite(path, expected: nil, bytes: Array(template.text.utf8))
    try carryOut(
      Plan(title: "started the runbook \(path)", writes: [write]), of: Self.runbookAction, who: person, time: now)
    return path
  }
}

extension RunDossier {
  /// The failure of a test that something is kept with.
  package func noteSubject(of test: TestIndex) -> NoteSubject {
    let signatures = signatures ?? FailureSignatures(of: [test], in: run.table, threads: 1)
    return NoteSubject(
      test: StableName.of(run.table.id(of: test)), signature: signatures.key(of: test), run: run.info.name)
  }
}

extension RunbookLibrary {
  /// A path of a page that is not there: the name, or the name with a number.
  fileprivate func free(_ name: String, limit: Int) -> String {
    let stem = name.dropLast(3)
    let names = [name] + (2...limit).map { "\(stem)-\($0).md" }
    let paths = names.map { folderOfNewPages + "/" + $0 }
    return paths.first { page($0).page == nil && !has($0) } ?? paths[0]
  }
}
