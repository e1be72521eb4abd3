import Testing
import TriageModel

@testable import Runbooks

@Suite struct RunbookTemplateTests {
  private func template(_ id: String, says text: String, title: String) -> RunbookTemplate {
    var subject = RuleSubject(id: id)
    subject.texts = [Array(text.utf8)]
    return RunbookTemplate(
      for: subject, title: title, owner: "@ml", seen: "Seen in run *4140*.",
      today: Timestamp(iso8601: "2026-11-28") ?? Timestamp(milliseconds: 0))
  }

  @Test func isFilledWithTheFailure() {
    let made = template("tests/a.py::test_b", says: "Error: took 3 s (a|b)\n", title: "Error: took 3 s (a|b)")
    #expect(made.name == "error-took-3-s-a-b.md")
    #expect(
      made.text == """
        ---
        title: "Error: took 3 s (a|b)"
        match:
          - message: "Error: took \\\\d+ s \\\\(a\\\\|b\\\\)"
            test: "tests/a.py::test_b"
        # severity: ticket  # page, ticket or ignore
        owner: "@ml"
        reviewed: 2026-11-28
        ---
        # Error: took 3 s (a\\|b)

        Seen in run \\*4140\\*.

        ## What it means

        ## What to do

        - [ ] Run it again.

          ```sh
          pytest tests/a.py::test_b
          ```

        """)
  }

  @Test func asksForTheTestAloneWhereTheTitleIsNotFoundInTheMessage() {
    let made = template("tests/a.py::test_b", says: "something else", title: "masked <number> words")
    #expect(made.text.contains("  - test: \"tests/a.py::test_b\"\n") && !made.text.contains("message:"))
  }

  @Test(arguments: ["", "\n", "---\n", "\u{1B}[2J\u{202E}", "../../x", "`$(rm)`", String(repeating: "ä", count: 4000)])
  func isHarmlessWhateverTheFailureSays(text: String) {
    let made = template(text, says: text, title: text)
    #expect(!made.name.contains("/") && made.name.hasSuffix(".md") && made.name.utf8.count < 80)
    let lines = made.text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.filter { $0 == "---" }.count == 2)
    #expect(!made.text.unicodeScalars.contains { $0.value == 0x1B || $0.value == 0x202E })
  }
}
