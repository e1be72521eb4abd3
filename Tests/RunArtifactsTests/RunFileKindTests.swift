import RunArtifacts
import TestSupport
import Testing
import TriageModel

@Suite struct RunFileKindTests {
  @Test(arguments: [
    ("console.log", "", RunFile.Kind.log), ("console.txt", "", .log), ("3_build (3.12).txt", "", .log),
    ("stdout", "", .log), ("server.log.1", "", .log), ("server.log.gz", "", .log),
    ("notes.txt", "hello", .text), ("notes.txt", "2026-01-01T00:00:00.0000000Z ##[group]Run", .log),
    ("output", "\u{1B}[32mok", .log), ("LICENSE", "MIT", .text), ("blob", "a\u{0}b", .other), ("plot.PNG", "", .image),
    ("scores.npz", "", .data), ("report.json", "", .data), ("model.py", "", .text),
    ("weights.bin", "\u{0}\u{1}", .other),
  ])
  func tellsKindsApart(name: String, head: String, kind: RunFile.Kind) {
    #expect(RunFileKind.of(name: name) { Array(head.utf8) } == kind)
  }

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
}
