internal import Runbooks
internal import SafeText
internal import TerminalKit
internal import TriageModel
internal import TriageServices
internal import TriageStyle

extension DocumentBuilder {
  /// The best page for a test's failure, and the names of the others.
  mutating func addRunbook(of test: TestIndex) {
    guard let library = sources.runbooks else { return add(Line("There is no repository to have runbooks.", .dim)) }
    let found = sources.pages(test)
    guard let best = found.first else {
      add(Line("no runbook", .warning, .bold))
      add(
        Line("No page of \(Sanitizer.line(library.folderOfNewPages, limit: 200))/ has a rule that fits this failure."))
      add(Line())
      add(Line("B in the screen, or assay runbook --new TEST, starts one that is filled with it.", .dim))
      return addProblems(of: library)
    }
    add(best.page, library)
    add(Line("fits by", label: 9, Span(Sanitizer.line(best.rule.words, limit: 400))))
    if best.holdsOfEverything { add(Line("  its rule holds of every failure, and says nothing of this one", .warning)) }
    for other in found.dropFirst().prefix(20) {
      let name = Span(Sanitizer.line(other.page.title, limit: 200), Style(.link, .underline))
      add(
        Line("also", label: 9, name, Span("  " + Sanitizer.line(other.page.path, limit: 200), .dim)),
        to: .page(other.page.path))
    }
    addCut(found.count - 21)
    addProblems(of: library)
    addText(of: best.page, library, for: test)
  }

  /// A page of the repository by its path, read for the failure of a test.
  mutating func addPage(_ path: String, for test: TestIndex?) {
    guard let library = sources.runbooks else { return add(Line("There is no repository to have pages.", .dim)) }
    let (page, problem) = library.page(path)
    guard let page else {
      return add(Line("could not read \(Sanitizer.line(path, limit: 400)): \(Sanitizer.line(problem))", .warning))
    }
    add(page, library)
    addText(of: page, library, for: test)
  }

  /// Who keeps a page, how old it is, and what is wrong with it.
  private mutating func add(_ page: Runbook, _ library: RunbookLibrary) {
    add(Line(Sanitizer.line(page.title, limit: 400), .title, .bold))
    add(RunbookFacts(page, library.age(of: page)).line)
    for problem in page.problems { add(Line("  " + Sanitizer.line(problem), .warning)) }
  }

  private mutating func addText(of page: Runbook, _ library: RunbookLibrary, for test: TestIndex?) {
    let notes = test.map { sources.notes($0) } ?? []
    let text = RunbookText(page, library, notes: test == nil ? nil : notes)
    if test != nil { self.page = page.path }
    addHelped(notes.filter { $0.kind == .helped && $0.runbook == page.path })
    if text.deadLinks > 0 {
      add(Line("  \(CountText.of(text.deadLinks, "link")) of it cannot be followed", .warning))
    }
    add(Line())
    let isTitle = text.begins(with: page.title)
    let first = lines.count
    let drop = isTitle ? min(text.lines.count, 2) : 0
    for line in text.lines.dropFirst(drop) { add(line) }
    for (place, link) in text.links where place >= drop {
      if case .line(let target) = link {
        add(link: .line(target < drop ? 0 : first + target - drop), at: first + place - drop)
      } else {
        add(link: link, at: first + place - drop)
      }
    }
    guard test != nil else { return }
    for (place, step) in text.steps where place >= drop { steps[first + place - drop] = step }
    for (place, script) in text.scripts where place >= drop { scripts[first + place - drop] = script }
  }

  /// Whom the page helped with this failure before.
  private mutating func addHelped(_ notes: [Note]) {
    guard let last = notes.last else { return }
    let more = notes.count > 1 ? ", and \(CountText.of(notes.count - 1, "time")) before" : ""
    add(
      Line(
        "helped", label: 9, Span("\(Sanitizer.line(last.author, limit: 60)) \(last.time.dayText)\(more)", .pass)))
  }

  /// What could not be read of other pages: one of them may be the one that is missed.
  private mutating func addProblems(of library: RunbookLibrary) {
    for problem in library.index.problems.prefix(5) { add(Line("  " + Sanitizer.line(problem), .warning)) }
  }

  /// The best page's title in one line, or that there is none: nobody looks for what they do not know is there.
  mutating func addRunbookTitle(of test: TestIndex) {
    guard sources.runbooks != nil, run.table.outcome(of: test).needsAttention else { return }
    let found = sources.pages(test)
    guard let best = found.first else {
      return add(Line("runbook", label: 9, Span("no runbook", .warning), Span(" · B starts one", .dim)))
    }
    var line = Line("runbook", label: 9, Span(Sanitizer.line(best.page.title, limit: 200), .link))
    if let severity = found.severity {
      line.append(" · " + severity.word, severity.role, severity == .page ? .bold : [])
    }
    if let owner = best.page.owner { line.append(" · " + Sanitizer.line(owner, limit: 80), .dim) }
    if found.count > 1 { line.append(" · and \(CountText.of(found.count - 1, "more page"))", .dim) }
    line.append(" · b opens it", .dim)
    add(line, to: .page(best.page.path))
  }
}

/// What is known of a page, in one line.
struct RunbookFacts {
  private let page: Runbook
  private let age: RunbookAge?

  init(_ page: Runbook, _ age: RunbookAge?) {
    self.page = page
    self.age = age
  }

  var line: Line {
    var line = Line("  " + Sanitizer.line(page.path, limit: 200), .dim)
    if let severity = page.severity {
      line.append(" · severity ", .dim)
      line.append(severity.word, severity.role, severity == .page ? .bold : [])
    }
    line.append(" · owner ", .dim)
    line.append(page.owner.map { Sanitizer.line($0, limit: 80) } ?? "nobody", page.owner == nil ? .warning : .text)
    line.append(" · ", .dim)
    if let age {
      line.append(age.words, age.isStale ? .warning : .dim)
      if age.isStale { line.append(", its target is every \(page.reviewDays)", .warning) }
    } else if let reviewed = page.reviewed {
      line.append("reviewed \(reviewed.dayText), which is to come", .dim)
    } else {
      line.append("age not known", .dim)
    }
    line.indent = 4
    return line
  }
}

extension Severity {
  /// The role that colours it; the word says the same without colour.
  var role: Role {
    switch self {
    case .page: .fail
    case .ticket: .flaky
    case .ignore: .dim
    }
  }
}
