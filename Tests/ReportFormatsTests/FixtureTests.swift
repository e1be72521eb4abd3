import ReportFormats
import TestSupport
import Testing

/// What is read from one fixture a dialect, as goldens: `Goldens/<format>-<fixture>.txt`.
@Suite struct FixtureTests {
  private static let fixtures = ReportFormats.all.flatMap { format in
    Files.all(in: Files.fixtures() + "/" + format.id).filter { !$0.contains("/damaged/") }
  }.sorted()

  @Test(arguments: fixtures) func readsTheDialect(_ path: String) throws {
    let read = try #require(ReadReport.file(path))
    let name = path.split(separator: "/").suffix(2).joined(separator: "-")
    let difference = Golden.difference(read.summary, named: name, kind: "txt")
    #expect(difference == nil, "\(difference ?? "")")
  }
}
