import RunArtifacts
import TestSupport
import Testing
import TriageModel
import TriageServices

/// Names that formats and conventions declare reach those who look for results.
@Suite struct ResultNamesTests {
  @Test func findsTheUsualPlacesOfEveryFormat() throws {
    let folder = try TemporaryFolder()
    for path in [
      "junit.xml", "TEST-a.xml", "pom.xml", "target/nextest/ci/junit.xml", "test-results/x.xml",
      "core/target/surefire-reports/a.xml", ".assay/runs/1/junit.xml", "TestResults/a.trx", "ctrf/ctrf-report.json",
      ".report.json", "results.tap", "node_modules/target/surefire-reports/a.xml",
    ] {
      try folder.write(path, "x")
    }
    try folder.makeFolder("reports")
    let found = UsualPlaces.found(in: folder.path, patterns: ResultNames.places, hidden: ResultNames.hidden)
    #expect(
      found.map { String($0.dropFirst(folder.path.count + 1)) } == [
        ".assay/runs", ".report.json", "TEST-a.xml", "TestResults", "core/target/surefire-reports", "ctrf", "junit.xml",
        "results.tap", "target/nextest/ci/junit.xml", "test-results",
      ])
  }

  @Test func aWalkListsTheHiddenNamesOfFormatsAndConventions() throws {
    let runs = try RunFolder()
    for path in [".report.json", ".lib.rs.pending-snap", ".approval_tests_temp/a.txt", ".secret/a.xml", ".a.json"] {
      try runs.folder.write(path, "x")
    }
    try runs.junit("junit.xml", "one")
    let files = try runs.load().runs[0].info.files.map(\.path).sorted()
    #expect(files == [".approval_tests_temp/a.txt", ".lib.rs.pending-snap", ".report.json", "junit.xml"])
  }
}
