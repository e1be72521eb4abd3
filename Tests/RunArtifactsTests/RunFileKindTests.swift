import RunArtifacts
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
}
