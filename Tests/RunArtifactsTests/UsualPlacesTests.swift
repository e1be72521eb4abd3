import RunArtifacts
import TestSupport
import Testing

@Suite struct UsualPlacesTests {
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
    let found = UsualPlaces.found(in: folder.path, patterns: patterns, hidden: .none)
    #expect(found == paths.map(folder.at))
  }
}
