import TestSupport
import TriageModel
import TriageServices

/// A folder of artifacts for a test of loading, with a cache beside it.
struct RunFolder {
  let folder: TemporaryFolder
  private let cache: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    cache = try TemporaryFolder()
  }

  /// A JUnit report with one passing test a name; names with `!` fail.
  func junit(_ path: String, _ tests: String...) throws {
    let cases = tests.map { name in
      let failure = name.hasSuffix("!") ? "<failure message=\"no\">stack</failure>" : ""
      return "<testcase classname=\"suite\" name=\"\(name)\" time=\"0.1\">\(failure)</testcase>"
    }
    try folder.write(path, "<testsuite name=\"s\" tests=\"\(tests.count)\">\(cases.joined())</testsuite>")
  }

  /// A request for paths in the folder; none asks for the folder itself.
  func request(_ paths: String...) -> LoadRequest {
    LoadRequest(
      paths: paths.isEmpty ? [folder.path] : paths.map(folder.at), repositoryRoot: nil, cacheFolder: cache.path)
  }

  /// Loads paths in the folder.
  func load(_ paths: String...) throws -> LoadedRuns {
    var request = request()
    if !paths.isEmpty { request.paths = paths.map(folder.at) }
    return try RunLoader.load(request)
  }
}
