import TerminalKit
import Testing
import TriageModel

@testable import TriageDocuments
import TriageServices
import TriageStyle

@Suite struct CommitDocumentTests {
  private let patch = """
    commit 4ad064d5
    author A, 2026-11-12

    Declare the dtype

    diff --git a/docs/a.md b/docs/a.md
    --- a/docs/a.md
    +++ b/docs/a.md
    @@ -1 +1 @@
    -old
    +new
    diff --git a/churn/model.py b/churn/model.py
    --- a/churn/model.py
    +++ b/churn/model.py
    @@ -20,3 +24,4 @@ def f():
     same
    +added
    """
  private let commit = CommitLink(hash: "4ad064d5ddaef611365bdb701cc29d1c95953594", touches: ["churn/model.py"])

  @Test func beginsWithTheFilesThatTheFailureNames() throws {
    let document = CommitDocument(Array(patch.utf8), of: commit, ownFiles: OwnFiles { $0 == "churn/model.py" })
    let texts = document.lines.map(\.text)
    let own = try #require(texts.firstIndex { $0.hasPrefix("diff --git a/churn/model.py") })
    let other = try #require(texts.firstIndex { $0.hasPrefix("diff --git a/docs/a.md") })
    #expect(texts[0].hasPrefix("commit 4ad064d5") && own < other)
    #expect(document.links == [own + 3: .source(SourceLocation(file: "churn/model.py", line: 24))])
    #expect(document.lines.filter { $0.spans.first?.style.role == .plus }.map(\.text) == ["+added", "+new"])
  }

  @Test func saysWhenGitCannotShowIt() {
    let document = CommitDocument(nil, of: commit, ownFiles: OwnFiles { _ in false })
    #expect(
      document.lines.map(\.text) == ["git could not show 4ad064d: it is not in this clone, too long, or took too long"])
  }
}
