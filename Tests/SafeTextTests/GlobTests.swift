import SafeText
import Testing

@Suite struct GlobTests {
  @Test(arguments: [
    ("*.xml", "a.xml", true), ("*.xml", "d/a.xml", false), ("**/*.xml", "a.xml", true), ("**/*.xml", "d/e/a.xml", true),
    ("a/**/b", "a/b", true), ("a/**/b", "a/x/y/b", true), ("a/**/b", "a/xb", false), ("a/**", "a/b/c", true),
    ("a?c", "abc", true), ("a?c", "a/c", false), ("[a-c]x", "bx", true), ("[!a-c]x", "bx", false), ("[]x]", "]", true),
    ("{a,b/{c,d}}.x", "b/d.x", true), ("{a,b}", "c", false), ("a{b", "a{b", true), ("\\*", "*", true),
    ("\\*", "x", false),
    ("**", "any/thing", true), ("", "", true), ("*", "", true), ("[z-a]", "m", false), ("字*", "字/x", false),
    ("test_[", "test_[", true), ("a**b", "a/x/b", true),
  ])
  func matchesPaths(pattern: String, path: String, fits: Bool) {
    #expect(Glob(pattern).matches(path) == fits)
  }

  /// From GitHub's page about CODEOWNERS and git's about gitignore.
  @Test(arguments: [
    ("*", "any/file", true), ("*.js", "src/a.js", true), ("/build/logs/", "build/logs/a/b", true),
    ("/build/logs/", "x/build/logs/a", false), ("docs/*", "docs/getting-started.md", true),
    ("docs/*", "docs/build-app/troubleshooting.md", false), ("apps/", "x/apps/a", true), ("apps/", "apps", false),
    ("/docs/", "docs/a/b", true), ("/scripts/*.sh", "scripts/a.sh", true), ("**/logs", "x/logs/y", true),
    ("/apps/github", "apps/github/x", true), ("tests", "a/tests/b.py", true), ("a/b", "x/a/b", false),
  ])
  func matchesAsOwnersFilesDo(pattern: String, path: String, fits: Bool) {
    #expect(Glob(ownersPattern: pattern).matches(path) == fits)
  }

  @Test func hardPatternsStayCheap() {
    let stars = String(repeating: "*a", count: 200) + "b"
    #expect(!Glob(stars).matches(String(repeating: "a", count: 3000)))
    #expect(!Glob(String(repeating: "**/", count: 100) + "x").matches(String(repeating: "a/", count: 1000)))
    let braces = String(repeating: "{a,b}", count: 30)
    #expect(Glob(braces).matches(String(repeating: "a", count: 30)))
  }
}
