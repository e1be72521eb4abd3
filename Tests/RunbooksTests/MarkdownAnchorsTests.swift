import Testing

@testable import Runbooks

@Suite struct MarkdownAnchorsTests {
  @Test(arguments: [
    ("", 0), ("first-steps", 0), ("First-Steps", 0), ("what-if-it-isnt-there", 2), ("first-steps-1", 3), ("größe_2", 4),
  ])
  func findsHeadingsAsGitHubNamesThem(link: String, block: Int) {
    let document = MarkdownParser.parse(
      "# First steps\n\ntext\n\n## What if it isn't there?\n\n## First *steps*\n\n# Größe_2\n")
    #expect(MarkdownAnchors(document).block(of: link) == block)
    #expect(MarkdownAnchors(document).block(of: "text") == nil)
  }
}
