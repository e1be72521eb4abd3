internal import RunHistory
internal import Testing
internal import TriageModel

struct LookTests {
  private let temporary = TemporaryStore()

  @Test func theLastLookIsKeptForEachRepository() throws {
    let store = try temporary.open()
    #expect(try store.lastLook(of: "repo", job: "main") == nil)
    try store.add(Example(id: "1", tests: [("a", .passed)]))
    let first = LastLook(run: RunIdentity(source: "ci", id: "1"), at: Timestamp(milliseconds: 5))
    let second = LastLook(run: RunIdentity(source: "ci", id: "2", attempt: 3), at: Timestamp(milliseconds: 9))
    try store.setLastLook(first, of: "repo", job: "main")
    try store.setLastLook(second, of: "repo", job: "main")
    try store.setLastLook(first, of: "never fed", job: "main")
    #expect(try temporary.open().lastLook(of: "repo", job: "main") == second)
    #expect(try store.lastLook(of: "never fed", job: "main") == first)
    #expect(try store.lastLook(of: "repo", job: "other") == nil)
    #expect(try store.repositories() == ["repo"], "a look is no run")
  }

  @Test func aLookOutlivesItsRun() throws {
    let store = try temporary.open()
    for day in [0, 500] { try store.add(Example(id: "\(day)", day: Int64(day), tests: [("a", .passed)])) }
    let look = LastLook(run: RunIdentity(source: "ci", id: "0"), at: Timestamp(milliseconds: 1))
    try store.setLastLook(look, of: "repo", job: "main")
    #expect(try store.prune("repo", keepDays: 10).runs == 1)
    #expect(try store.lastLook(of: "repo", job: "main") == look)
  }
}
