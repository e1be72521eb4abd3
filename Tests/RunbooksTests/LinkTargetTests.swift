import Testing

@testable import Runbooks

@Suite struct LinkTargetTests {
  @Test(arguments: [
    ("other.md", LinkTarget.file("runbooks/other.md")),
    ("../docs/a%20b.png#x", .file("runbooks/../docs/a b.png")),
    ("/docs/x.md", .file("docs/x.md")),
    ("../../../etc/passwd", .file("runbooks/../../../etc/passwd")),
    ("#steps", .heading("steps")),
    ("https://a.example/x?y=1", .web("https://a.example/x?y=1")),
    ("HTTP://a.example", .web("HTTP://a.example")),
    ("mailto:on-call@a.example", .mail("on-call@a.example")),
    ("javascript:alert(1)", .refused("javascript: links are not followed")),
    ("JavaScript:alert(1)", .refused("javascript: links are not followed")),
    ("file:///etc/passwd", .refused("file: links are not followed")),
    ("data:text/html,x", .refused("data: links are not followed")),
    ("//evil.example/x", .refused("it names a host without saying how")),
    ("https:x", .refused("it is no address")),
    ("a%00b", .refused("it holds control characters")),
    ("a%1b]52", .refused("it holds control characters")),
    ("%ff", .refused("it names nothing")),
    ("", .refused("it names nothing")),
  ])
  func tellsWhereALinkLeads(destination: String, target: LinkTarget) {
    #expect(LinkTarget(destination, in: "runbooks/a.md") == target)
  }
}
