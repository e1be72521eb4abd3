import Foundation
import TestSupport
import Testing
import TriageModel
import Workspace

@Suite struct RunbookFileTests {
  @Test func readsItsFrontMatter() {
    let page = Runbook(
      path: "runbooks/a.md",
      text: """
        ---
        title: The store
        match:
          - message: did not answer
            test: [tests/unit/, "*golden*"]
          - label: {platform: gpu}
        severity: PAGE
        owner: [data-infra, "@b"]
        reviewed: 2026-11-28
        review: 90d
        layout: wide
        ---
        # Heading

        Text
        """)
    #expect(page.problems == [])
    #expect(page.title == "The store" && page.owner == "data-infra @b" && page.severity == .page)
    #expect(page.reviewed?.dayText == "2026-11-28" && page.reviewDays == 90)
    #expect(page.rules.map(\.line) == [4, 6])
    #expect(
      page.rules.map(\.words) == ["message: did not answer · test: tests/unit/, *golden*", "label: platform=gpu"])
    #expect(page.bodyLine == 13 && page.body.hasPrefix("# Heading\n"))
  }

  @Test(arguments: [
    ("", "a", 1, 0, ""), ("# Title #1\ntext", "Title #1", 1, 0, ""), ("---\n---\nx", "a", 3, 0, ""),
    ("\u{FEFF}---\r\nmatch: {test: x}\r\n---\r\n# B\r\n", "B", 4, 1, ""),
    ("---\nmatch: {test: x}\nno end", "a", 1, 0, "a.md:1: the front matter has no closing ---"),
    ("---\nmatch: [\n---\n# B", "B", 4, 0, "a.md:3: "),
    ("---\nmatch: \"*\"\n---\n", "a", 4, 0, "a.md:2: match: expected a list"),
    ("---\nmatch: [{tests: x}]\n---\n", "a", 4, 0, "a.md:2: match.tests: expected one of test, message"),
    ("---\nmatch: [{test: \"\"}]\n---\n", "a", 4, 0, "a.md:2: match.test: expected a text that is not empty"),
    ("---\nmatch: [{}]\n---\n", "a", 4, 0, "a.md:2: match: expected a condition"),
    ("---\nmatch: [{test: x}, {test: {a: b}}]\n---\n", "a", 4, 1, "a.md:2: match.test: expected"),
    ("---\nmatch: [{label: {a: b, c: d}}]\n---\n", "a", 4, 0, "a.md:2: match.label: expected one label"),
    ("---\nseverity: pagee\n---\n", "a", 4, 0, "a.md:2: severity: expected page, ticket or ignore"),
    ("---\nreviewed: 2026-02-31\n---\n", "a", 4, 0, "a.md:2: reviewed: expected a day"),
    ("---\nserverity: page\n---\n", "a", 4, 0, "a.md:2: the key serverity is not known, did you mean severity?"),
    ("---\na: &a [1]\nb: [*a, *a]\n---\n", "a", 5, 0, ""),
  ])
  func namesWhatCannotBeRead(text: String, title: String, bodyLine: Int, rules: Int, problem: String) {
    let page = Runbook(path: "a.md", text: text)
    #expect(page.title == title && page.bodyLine == bodyLine && page.rules.count == rules)
    #expect(page.problems.count == (problem.isEmpty ? 0 : 1))
    #expect(page.problems.first?.hasPrefix(problem) != false, "\(page.problems)")
  }

  @Test func noPrefixOfAPageMakesItFail() {
    let text = Array("---\ntitle: &a x\nmatch:\n  - {test: [*a], label: {b: c}}\nreviewed: 2026-01-01\n---\n# é".utf8)
    for length in text.indices { _ = Runbook(path: "a.md", text: String(decoding: text[..<length], as: UTF8.self)) }
  }

  @Test func readsTheFoldersAndNothingOutside() throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("repo/.git")
    try folder.makeFolder("repo/runbooks/deep/.hidden")
    _ = try folder.write("repo/runbooks/a.md", "# A")
    _ = try folder.write("repo/runbooks/deep/b.md", "# B")
    _ = try folder.write("repo/runbooks/deep/.hidden/c.md", "# C")
    _ = try folder.write("repo/runbooks/d.txt", "d")
    _ = try folder.write("repo/docs/e.md", "# E")
    _ = try folder.write("outside.md", "# secret")
    try folder.link("repo/runbooks/f.md", to: "../docs/e.md")
    try folder.link("repo/runbooks/g.md", to: "../../outside.md")
    try folder.link("repo/runbooks/h.md", to: "/etc/passwd")
    _ = try folder.write("repo/runbooks/i.md", [UInt8](repeating: 0x61, count: 10 << 20))
    let repository = Repository(root: folder.at("repo"))
    let runbooks = RunbookFolder(repository: repository, configuration: Configuration())
    let (reading, isNew) = runbooks.read()
    #expect(isNew && reading.pages.map(\.title) == ["A", "B", "E"])
    #expect(
      reading.problems.map { $0.prefix(40) } == [
        "could not read the runbook runbooks/g.md", "could not read the runbook runbooks/h.md",
        "could not read the runbook runbooks/i.md",
      ])
    #expect(!runbooks.read().isNew)
    _ = try folder.write("repo/runbooks/a.md", "# Another")
    let again = runbooks.read()
    #expect(again.isNew && again.reading.pages.first?.title == "Another")
  }

  @Test func aConfiguredFolderThatIsNotThereIsSaid() throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("repo/.git")
    let repository = Repository(root: folder.at("repo"))
    let plain = RunbookFolder(repository: repository, configuration: Configuration()).read().reading
    #expect(plain.pages.isEmpty && plain.problems.isEmpty)
    let configured = try Configuration(text: "runbooks: [docs/rb]")
    let problems = RunbookFolder(repository: repository, configuration: configured).read().reading.problems
    #expect(problems.first?.hasPrefix("could not read the runbook docs/rb: ") == true)
    try folder.link("repo/out", to: "..")
    let out = try Configuration(text: "runbooks: [out]")
    let outside = RunbookFolder(repository: repository, configuration: out).read().reading.problems
    #expect(outside == ["could not read the runbook out: it leads out of the repository"])
  }

  @Test func takesNoMoreRulesThanItNames() {
    let rules = String(repeating: "  - test: x\n", count: 300)
    let page = Runbook(path: "a.md", text: "---\nmatch:\n\(rules)---\n")
    #expect(page.rules.count == 200)
    #expect(page.problems == ["a.md:3: match: more than 200 rules (limit): the rest holds of nothing"])
  }

  /// What the manual shows is what people copy.
  @Test func theManualsExampleReads() throws {
    let manual = Files.packageRoot + "/Sources/assay/Manual/runbooks.md"
    let text = try String(contentsOfFile: manual, encoding: .utf8)
    let block = try #require(text.split(separator: "```yaml\n").dropFirst().first?.split(separator: "```").first)
    let page = Runbook(path: "a.md", text: String(block))
    #expect(page.problems == [] && page.rules.count == 2 && page.severity == .ticket && page.reviewDays == 180)
  }
}
