import RunArtifacts
import TestSupport
import Testing

@Suite struct UsualPlacesTests {
  @Test func findsTheUsualPlaces() throws {
    let folder = try TemporaryFolder()
    for path in [
      "junit.xml", "TEST-a.xml", "pom.xml", "target/nextest/ci/junit.xml", "test-results/x.xml",
      "core/target/surefire-reports/a.xml",
      ".assay/runs/1/junit.xml", "node_modules/target/surefire-reports/a.xml",
    ] {
      try folder.write(path, "x")
    }
    try folder.makeFolder("reports")
    #expect(
      UsualPlaces.found(in: folder.path).map { String($0.dropFirst(folder.path.count + 1)) } == [
        ".assay/runs", "TEST-a.xml", "core/target/surefire-reports", "junit.xml", "target/nextest/ci/junit.xml",
        "test-results",
      ])
  }

  @Test(arguments: [
    (["ci/*/junit.xml"], ["ci/1/junit.xml", "ci/2/junit.xml"]), (["ci/{1,3}/*.xml"], ["ci/1/junit.xml"]),
    (["**/junit.xml"], ["ci/1/junit.xml", "ci/2/junit.xml", "ci/deep/er/junit.xml"]),
    (["ci", "ci/1/junit.xml"], ["ci"]),
    ([".hidden/junit.xml"], [".hidden/junit.xml"]), (["ci/[12]"], ["ci/1", "ci/2"]), (["none/*", "empty"], []),
  ])
  func findsWhatFitsAPattern(patterns: [String], paths: [String]) throws {
    let folder = try TemporaryFolder()
    for path in ["ci/1/junit.xml", "ci/2/junit.xml", "ci/deep/er/junit.xml", ".hidden/junit.xml"] {
      try folder.write(path, "x")
    }
    try folder.makeFolder("empty")
    try folder.link("ci/up", to: "..")
    let found = UsualPlaces.found(in: folder.path, patterns: patterns)
    #expect(found == paths.map(folder.at))
  }
}
