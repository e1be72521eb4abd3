internal import Runbooks
internal import TerminalKit
internal import ItemQueries
internal import TriageModel
internal import TriageServices
internal import TriageStyle

extension DocumentBuilder {
  /// The place that the editor opens for a test: the innermost frame of the project, else where the test is defined.
  func source(of subject: DocumentSubject) -> SourceLocation? {
    if case .page(let path) = subject { return SourceLocation(file: path, line: nil) }
    if case .runbook(let test) = subject {
      return sources.pages(test).first.map { SourceLocation(file: $0.page.path, line: nil) }
    }
    guard let test = Self.test(of: subject) else { return nil }
    let failure = Self.firstFailure(of: test, in: run)
    let place = failure?.location.flatMap { sources.ownFiles.resolve(inPackage($0, of: test)) }
    return place ?? failure.flatMap { frame(in: $0.details) } ?? run.table.definition(of: test)
  }

  /// A failure's place, with the folder of its package where the suite tells it.
  func inPackage(_ place: SourceLocation, of test: TestIndex) -> SourceLocation {
    place.inPackage(of: run.table.suiteName(run.table.suite(of: test)))
  }

  /// The innermost frame of the project.
  private func frame(in stack: String) -> SourceLocation? {
    var first: SourceLocation?
    var last: SourceLocation?
    for line in OutputLines.lines(of: stack, limit: Self.longestText).lines {
      guard let frame = StackFrame(line: line.text), let own = sources.ownFiles.resolve(frame.placed) else { continue }
      if frame.isInnermostLast || own.file.hasSuffix(".py") { last = own } else if first == nil { first = own }
    }
    return last ?? first
  }

  /// The test as Markdown for others, or the first test of a cause with the names of the rest; nil where none needs
  /// attention.
  func handover(of subject: DocumentSubject) -> String? {
    if case .cause(let key) = subject {
      let members = members(of: key)
      return members.first.map { handover(of: $0, besides: Array(members.dropFirst())) }
    }
    guard let test = Self.test(of: subject), run.table.outcome(of: test).needsAttention else { return nil }
    return handover(of: test, besides: [])
  }

  private func handover(of test: TestIndex, besides others: [TestIndex]) -> String {
    let standing = sources.standing(test)
    return HandoverText(
      run: run, test: test, others: others, reason: Self.firstFailure(of: test, in: run).map { ReasonLayout($0) },
      standing: standing, commits: standing.flatMap { sources.commits(test, $0) }
    ).markdown
  }

  /// The tests of a cause.
  func members(of key: String) -> [TestIndex] {
    run.testsOfNote.filter { sources.causes?.name(of: $0)?.key == key }
  }

  private static func test(of subject: DocumentSubject) -> TestIndex? {
    switch subject {
    case .message(let test), .stack(let test), .output(let test), .history(let test, _), .comparedOutput(let test),
      .runbook(let test):
      test
    case .files, .file, .cause, .commit, .page: nil
    }
  }
}
