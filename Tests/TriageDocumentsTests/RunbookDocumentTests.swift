import TerminalKit
import TestSupport
import Testing
import TriageModel
import TriageServices
import TriageStyle
import Workspace

@testable import TriageDocuments

@Suite struct RunbookDocumentTests {
  private let folder: TemporaryFolder
  private let run: Run

  init() throws {
    folder = try TemporaryFolder()
    var fixture = RunFixture(id: "1")
    fixture.add("test_a", .failed, message: "boom")
    run = fixture.run()
  }

  private func text(about subject: DocumentSubject) -> DocumentText {
    let library = RunbookLibrary(
      repository: Repository(root: folder.path), configuration: Configuration(),
      now: Timestamp(iso8601: "2026-11-28") ?? Timestamp(milliseconds: 0))
    let dossier = RunDossier(of: run, owners: OwnerLookup(Owners(rules: [])))
    var sources = DocumentSources(ownFiles: OwnFiles { _ in false })
    sources.runbooks = library
    sources.pages = { library.pages(for: $0, in: dossier) }
    return DocumentBuilder.text(about: subject, of: run, at: 0, from: sources)
  }

  private func lines(_ subject: DocumentSubject) -> [String] {
    text(about: subject).lines.map { line in
      var text = line.text
      while text.last == " " { text.removeLast() }
      return text
    }
  }

  @Test func theMessageNamesTheRunbookOrSaysThatThereIsNone() throws {
    #expect(lines(.message(TestIndex(0))).contains("  runbook no runbook · B starts one"))
    try folder.write(
      "runbooks/a.md", "---\nmatch: {message: boom}\nseverity: page\nowner: serving\n---\n# It went boom")
    try folder.write("runbooks/b.md", "---\nmatch: {test: test_a}\n---\n")
    let text = text(about: .message(TestIndex(0)))
    let place = try #require(text.lines.firstIndex { $0.text.hasPrefix("  runbook ") })
    #expect(text.lines[place].text == "  runbook It went boom · page · serving · and 1 more page · b opens it")
    #expect(text.links[place] == .page("runbooks/a.md"))
  }

  @Test func showsThePageWithItsFactsAndLinks() throws {
    try folder.write("runbooks/b.md", "---\nmatch: {test: test_a}\n---\n# Other")
    try folder.write("docs/g.png", "x")
    try folder.write(
      "runbooks/a.md",
      """
      ---
      match: {message: boom}
      owner: serving
      reviewed: 2025-11-01
      ---
      # a

      - [ ] Look at [b](b.md) and ![graph](../docs/g.png).
      - [x] Ask https://a.example/q, or [not](javascript:x).
        1. [gone](gone.md)

      > quoted
      > on

      | name | n |
      |---|--:|
      | a | 1 |
      | longer | 10 |

      ```sh
      git log

      ls
      ```
      """)
    let text = text(about: .runbook(TestIndex(0)))
    #expect(
      lines(.runbook(TestIndex(0))) == [
        "a", "  runbooks/a.md · owner serving · reviewed 2025-11-01, 392 days ago, its target is every 365",
        "  fits by message: boom", "  also   Other  runbooks/b.md", "  2 links of it cannot be followed", "",
        "[ ] Look at b and picture: graph.", "    → b.md", "    → ../docs/g.png",
        "[x] Ask https://a.example/q, or not (not followed: javascript: links are not followed).",
        "    1. gone (dead link gone.md: there is no such file or folder)", "", "│ quoted on", "", "name   │  n",
        "───────┼───",
        "a      │  1", "longer │ 10", "", "  block 1 · sh · ! runs it, or --run 1", "  git log", "", "  ls",
      ])
    let block = RunbookScript.Place(page: "runbooks/a.md", number: 1)
    #expect(text.scripts == Dictionary(uniqueKeysWithValues: (19...22).map { ($0, block) }))
    // A page that is read for no failure offers nothing to run.
    #expect(!lines(.page("runbooks/a.md", nil)).contains { $0.contains("runs it") })
    let links = text.links.sorted { $0.key < $1.key }.map(\.value)
    #expect(
      links == [
        .page("runbooks/b.md"), .page("runbooks/b.md"),
        .file(FileLink(location: folder.at("docs/g.png"), shown: "docs/g.png")), .web("https://a.example/q"),
      ])
    #expect(text.source == SourceLocation(file: "runbooks/a.md", line: nil))
  }

  @Test func linksToHeadingsLeadToTheirLines() throws {
    try folder.write(
      "runbooks/a.md",
      "---\nmatch: {message: boom}\n---\n# a\n\n[below](#the-end), [no](#gone), [up](#a)\n\n## The end\n")
    let text = text(about: .runbook(TestIndex(0)))
    let shown = text.lines.map(\.text)
    let end = try #require(shown.firstIndex(of: "## The end"))
    #expect(text.links.values.contains(.line(end)) && text.links.values.contains(.line(0)))
    #expect(shown.contains { $0.contains("no (dead link #gone: no such heading)") })
    #expect(shown.contains { $0.contains("1 link of it cannot be followed") })
  }

  @Test func whatAPageHidesIsShown() throws {
    try folder.write(
      "runbooks/a.md",
      "---\nmatch: {message: boom}\ntitle: \"\\e[2Jx\"\nowner: \"a\\u202Eb\"\n---\n\u{1B}]52;c;eA==\u{7} `\u{1B}[1m` [\u{202E}x](y\u{1B}z.md)\n\n    \u{9B}1m\n"
    )
    let shown = lines(.runbook(TestIndex(0))) + lines(.message(TestIndex(0))) + lines(.page("runbooks/a.md", nil))
    #expect(
      shown.allSatisfy {
        $0.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) && $0.value != 0x202E }
      })
    #expect(shown.contains { $0.contains("␛[2Jx") } && shown.contains { $0.contains("<U+202E>") })
  }

  @Test func aPageThatIsNotThereSaysSo() {
    #expect(lines(.page("runbooks/x.md", nil)) == ["could not read runbooks/x.md: there is no such file"])
    #expect(lines(.page("../x.md", nil)) == ["could not read ../x.md: it leads out of the repository"])
  }
}
