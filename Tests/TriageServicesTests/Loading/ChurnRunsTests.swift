import TestSupport
import Testing
import TriageModel
import TriageServices

@Suite(.enabled(if: Corpus.exists, "\(Corpus.absence)"))
struct ChurnRunsTests {
  @Test func groupsFortyFoldersIntoFortyRuns() throws {
    let cache = try TemporaryFolder()
    let request = LoadRequest(
      paths: [Corpus.root + "/churn/runs"], repositoryRoot: nil, cacheFolder: cache.path)
    let loaded = try RunLoader.load(request)
    #expect(loaded.runs.map(\.info.identity.id) == (4101...4140).reversed().map(String.init))
    #expect(loaded.runs.allSatisfy { $0.info.identity.source == "example" && $0.info.branch == "main" })
    #expect(loaded.runs.allSatisfy { $0.table.counts.total == 29 })
    #expect(loaded.runs.filter { !$0.info.completeness.isComplete }.map(\.info.completeness.reasons) == [])
    #expect(loaded.runs.allSatisfy { $0.info.files.first?.path == "console.log" })
  }
}
