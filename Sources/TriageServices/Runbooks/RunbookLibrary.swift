package import Runbooks
internal import SafeText
internal import Synchronization
internal import SystemKit
package import TriageModel
package import Workspace

/// The runbooks of a repository, found for failures: what commands and screens ask alike.
///
/// The pages are looked at again with every question, so that what somebody writes meanwhile is there.
package final class RunbookLibrary: Sendable {
  private let repository: Repository?
  private let folder: RunbookFolder
  /// Tells the repository's own files.
  private let ownFiles: OwnFiles
  /// The moment that ages are counted to.
  package let now: Timestamp
  private let kept = Mutex(RunbookIndex.empty)
  /// When pages were committed last, as far as that was asked; kept as long as the pages are the same.
  private let commits = Mutex<[String: Timestamp?]>([:])

  /// The runbooks that a repository's configuration names; without a repository there are none.
  package init(
    repository: Repository?, configuration: Configuration, now: Timestamp
  ) {
    self.repository = repository
    folder = RunbookFolder(repository: repository, configuration: configuration)
    ownFiles = OwnFiles { repository?.has($0) ?? false }
    self.now = now
  }

  /// The pages as they are now.
  package var index: RunbookIndex {
    let (reading, isNew) = folder.read()
    return kept.withLock { kept in
      if isNew {
        kept = RunbookIndex(reading.pages, problems: reading.problems)
        commits.withLock { $0 = [:] }
      }
      return kept
    }
  }

  /// What is wrong with the pages, a sentence each.
  package var problems: [String] {
    let index = index
    return index.problems + index.pages.flatMap(\.problems)
  }

  /// Where a page for a failure would be made.
  package var folderOfNewPages: String { folder.first }

  /// The pages for the failure of a test, the best first.
  package func pages(for test: TestIndex, in dossier: RunDossier) -> [RunbookIndex.Found] {
    pages(for: test, in: dossier, index)
  }

  private func pages(for test: TestIndex, in dossier: RunDossier, _ index: RunbookIndex) -> [RunbookIndex.Found] {
    // What rules ask of a failure is looked up in its stack and on the disk: most repositories have no page to ask for it.
    if index.pages.isEmpty { return [] }
    let notes = dossier.notes(on: test)
    return index.pages(for: facts(of: test, in: dossier)) { notes.helped($0) }
  }

  /// How old a page is; where it does not say when it was reviewed, git says when it was changed.
  package func age(of page: Runbook) -> RunbookAge? {
    page.age(at: now, committed: page.reviewed == nil ? lastCommit(of: page.path) : nil)
  }

  private func lastCommit(of path: String) -> Timestamp? {
    guard let repository else { return nil }
    if let known = commits.withLock({ $0[path] }) { return known }
    let time = GitObjects(root: repository.root).lastCommit(of: path)
    commits.withLock { $0[path] = .some(time) }
    return time
  }

  /// Whether the repository has something at a path.
  func has(_ path: String) -> Bool { repository.map { FilePath.resolved($0.root + "/" + path) != nil } ?? false }

  /// Whether a rule asks for golden changes, which have to be looked for.
  package var asksForGoldens: Bool {
    index.pages.contains { page in
      page.rules.contains {
        $0.conditions.contains { $0.field == .kind && $0.values.contains(FailureKind.golden.word) }
      }
    }
  }

  /// Finds the pages of failures by the files as they are now: for many failures.
  package func finder() -> (TestIndex, RunDossier) -> [RunbookIndex.Found] {
    let index = index
    return { [self] in pages(for: $0, in: $1, index) }
  }

  /// The best page for the failure of a test, and the steps of it that can be ticked; nil when there is none.
  package func steps(for test: TestIndex, in dossier: RunDossier) -> (page: String, steps: [String])? {
    pages(for: test, in: dossier).first.map { ($0.page.path, MarkdownParser.parse($0.page.body).tasks.map(\.text)) }
  }

  /// What rules can ask of a test.
  package func facts(of test: TestIndex, in dossier: RunDossier) -> RuleSubject {
    RuleSubject(of: test, in: dossier, ownFiles: ownFiles)
  }
}

// MARK: - Links

extension RunbookLibrary {
  /// What a link of a page leads to.
  package enum Place: Sendable, Equatable {
    /// A Markdown file of the repository, by its path.
    case page(String)
    /// A file of the repository: its path, and where it lies.
    case file(path: String, location: String)
    /// A folder of the repository, by its path.
    case folder(String)
    /// A heading of the same page.
    case heading(String)
    case web(String)
    case mail(String)
    /// Nothing is there; why, as a clause.
    case dead(String)
    /// It is not followed; why, as a clause.
    case refused(String)
  }

  /// What a link's destination leads to from the page of a path, whose headings are these.
  package func place(of destination: String, in page: String, _ anchors: MarkdownAnchors) -> Place {
    switch LinkTarget(destination, in: page) {
    case .heading(let heading): anchors.block(of: heading) == nil ? .dead("no such heading") : .heading(heading)
    case .web(let address): .web(address)
    case .mail(let address): .mail(address)
    case .refused(let reason): .refused(reason)
    case .file(let path): place(ofFile: path)
    }
  }

  private func place(ofFile path: String) -> Place {
    guard let repository else { return .dead("there is no repository") }
    guard let normal = PathText.normal(path) else { return .refused("it leads out of the repository") }
    let location = repository.root + "/" + normal
    guard let real = FilePath.resolved(location) else { return .dead("\(SystemWords.last)") }
    guard FilePath.lies(real, in: repository.root) else { return .refused("it leads out of the repository") }
    if normal.split(separator: "/").contains(".git") { return .refused("it lies in git's own folder") }
    guard (try? RegularFile(real)) != nil else { return .folder(normal) }
    return normal.hasSuffix(".md") || normal.hasSuffix(".markdown")
      ? .page(normal) : .file(path: normal, location: real)
  }

  /// A Markdown file of the repository, which need not be a runbook; why it cannot be read, as a clause.
  package func page(_ path: String) -> (page: Runbook?, problem: String) {
    if let page = index.page(path) { return (page, "") }
    do throws(FileError) {
      return (Runbook(path: path, text: String(decoding: try bytes(of: path), as: UTF8.self)), "")
    } catch {
      return (nil, "\(error)")
    }
  }

  /// The bytes of a Markdown file of the repository, read now.
  func bytes(of path: String) throws(FileError) -> [UInt8] {
    guard let repository else { throw .system("there is no repository") }
    let file = try RepositoryFile(own: path, in: repository)
    guard let bytes = try file.bytes(limit: RunbookFolder.sizeLimit) else { throw .system("there is no such file") }
    return bytes
  }

  /// The links of a page that lead nowhere or may not be followed, each with its line in the file.
  package func badLinks(of page: Runbook) -> [(link: MarkdownLink, line: Int, reason: String)] {
    let document = MarkdownParser.parse(page.body)
    let anchors = MarkdownAnchors(document)
    return document.links.compactMap { link in
      let line = link.line + page.bodyLine - 1
      switch place(of: link.destination, in: page.path, anchors) {
      case .dead(let reason), .refused(let reason): return (link, line, reason)
      case .page, .file, .folder, .heading, .web, .mail: return nil
      }
    }
  }
}
