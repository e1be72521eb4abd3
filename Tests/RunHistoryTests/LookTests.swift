internal import RunHistory
internal import Testing
internal import TriageModel

struct LookTests {
  private let temporary = TemporaryStore()

  @Test(arguments: [StoreKind.sqlite, .memory]) func theLastLookIsKeptForEachRepository(_ kind: StoreKind) throws {
    let store = try #require(temporary.open(kind) as? any HistoryStore & LookStore)
    #expect(try store.lastLook(of: "repo", job: "main") == nil)
    try store.add(Example(id: "1", tests: [("a", .passed)]))
    let first = LastLook(run: RunIdentity(source: "ci", id: "1"), at: Timestamp(milliseconds: 5))
    let second = LastLook(run: RunIdentity(source: "ci", id: "2", attempt: 3), at: Timestamp(milliseconds: 9))
    try store.setLastLook(first, of: "repo", job: "main")
    try store.setLastLook(second, of: "repo", job: "main")
    try store.setLastLook(first, of: "never fed", job: "main")
    #expect(try store.lastLook(of: "repo", job: "main") == second)
    #expect(try store.lastLook(of: "never fed", job: "main") == first)
    #expect(try store.lastLook(of: "repo", job: "other") == nil)
    #expect(try store.runs(of: "never fed").isEmpty, "a look is no run")
  }

  @Test(arguments: [StoreKind.sqlite, .memory]) func aLookOutlivesItsRun(_ kind: StoreKind) throws {
    let store = try #require(temporary.open(kind) as? any HistoryStore & LookStore)
    for day in [0, 500] { try store.add(Example(id: "\(day)", day: Int64(day), tests: [("a", .passed)])) }
    let look = LastLook(run: RunIdentity(source: "ci", id: "0"), at: Timestamp(milliseconds: 1))
    try store.setLastLook(look, of: "repo", job: "main")
    #expect(try store.prune("repo", keepDays: 10, isDryRun: false).runs == 1)
    #expect(try store.lastLook(of: "repo", job: "main") == look)
  }
}
