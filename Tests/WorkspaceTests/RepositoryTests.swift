import TestSupport
import Testing
import Workspace

@Suite struct RepositoryTests {
  @Test func isFoundFromBelow() throws {
    let folder = try TemporaryFolder()
    try folder.makeFolder("project/.git")
    try folder.makeFolder("project/src/deep")
    try folder.write("project/src/worktree/.git", "gitdir: elsewhere")
    #expect(Repository.around(folder.at("project/src/deep"))?.root == folder.at("project"))
    #expect(Repository.around(folder.at("project"))?.root == folder.at("project"))
    #expect(Repository.around(folder.at("project/src/worktree"))?.root == folder.at("project/src/worktree"))
    #expect(Repository.around(folder.at("none")) == nil)
  }

  @Test func hasOnlyWhatLiesInIt() throws {
    let folder = try TemporaryFolder()
    try folder.write("in/tests/test_a.py", "x")
    try folder.write("out.py", "x")
    let repository = Repository(root: folder.at("in"))
    #expect(repository.has("tests/test_a.py"))
    #expect(repository.has("./tests/../tests/test_a.py"))
    #expect(!repository.has("tests/test_b.py"))
    #expect(!repository.has("../out.py"))
    #expect(!repository.has("tests/../../out.py"))
    #expect(!repository.has(folder.at("out.py")))
    #expect(!repository.has(""))
    #expect(!repository.has("tests\u{0}"))
  }

  @Test func directoriesFollowTheSpecification() {
    let plain = Directories(environment: ["HOME": "/home/me"])
    #expect(plain.configuration == "/home/me/.config/assay")
    #expect(plain.state == "/home/me/.local/state/assay")
    #expect(plain.cache == "/home/me/.cache/assay")
    let set = Directories(environment: ["HOME": "/home/me", "XDG_CACHE_HOME": "/c", "XDG_STATE_HOME": "relative"])
    #expect(set.cache == "/c/assay")
    #expect(set.state == "/home/me/.local/state/assay")
    #expect(Directories(environment: [:]).cache.hasPrefix("/"))
  }
}
