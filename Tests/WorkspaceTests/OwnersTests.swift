import TestSupport
import Testing
import Workspace

@Suite struct OwnersTests {
  private func owners(_ text: String, at file: String = ".github/CODEOWNERS", configuration: String = "") throws
    -> Owners
  {
    let folder = try TemporaryFolder()
    try folder.write(file, text)
    return Owners(repository: Repository(root: folder.path), configuration: try Configuration(text: configuration))
  }

  @Test func theLastRuleThatFitsDecides() throws {
    let owners = try owners(
      """
      # everybody
      *            @all
      *.py         @python  dev@example.org   # and mail
      /docs/       @writers
      tests/ml/    @ml @research
      tests/ml/vendored/
      with\\ space/ @spacious
      /deep/**/x.c @deep
      docs/*       @docs-files
      """)
    #expect(owners.owner(of: "README") == "@all")
    #expect(owners.owner(of: "src/a.py") == "@python dev@example.org")
    #expect(owners.owner(of: "./src/a.py") == "@python dev@example.org")
    #expect(owners.owner(of: "docs/guide/a.md") == "@writers")
    #expect(owners.owner(of: "docs/a.md") == "@docs-files")
    #expect(owners.owner(of: "src/docs/a.md") == "@all")
    #expect(owners.owner(of: "pkg/tests/ml/test_a.py") == "@python dev@example.org")
    #expect(owners.owner(of: "tests/ml/test_a.py") == "@ml @research")
    #expect(owners.owner(of: "tests/ml/vendored/a.py") == nil)
    #expect(owners.owner(of: "with space/a") == "@spacious")
    #expect(owners.owner(of: "deep/a/b/x.c") == "@deep")
    #expect(owners.owner(of: "../outside.py") == nil)
    #expect(owners.file == ".github/CODEOWNERS")
  }

  @Test func sectionsOfGitLabGiveTheirOwners() throws {
    let owners = try owners(
      """
      * @all
      [Tests] @qa
      tests/
      tests/gpu/ @gpu
      ^[Optional docs][2] @writers
      docs/
      [Nobody]
      junk/
      """, at: "CODEOWNERS")
    #expect(owners.owner(of: "tests/a.py") == "@qa")
    #expect(owners.owner(of: "tests/gpu/a.py") == "@gpu")
    #expect(owners.owner(of: "docs/a.md") == "@writers")
    #expect(owners.owner(of: "junk/a") == nil)
    #expect(owners.owner(of: "x") == "@all")
  }

  @Test func theConfigurationComesFirst() throws {
    let owners = try owners("* @all", configuration: "owners:\n  tests/: [\"@a\", \"@b\"]\n  tests/x.py: c\n")
    #expect(owners.owner(of: "tests/y.py") == "@a @b")
    #expect(owners.owner(of: "tests/x.py") == "c")
    #expect(owners.owner(of: "src/y.py") == nil)
    #expect(owners.file == ".assay/config.yaml")
  }

  @Test func nobodyOwnsAnythingWithoutRules() throws {
    #expect(Owners(repository: nil, configuration: Configuration()).owner(of: "a.py") == nil)
  }
}
