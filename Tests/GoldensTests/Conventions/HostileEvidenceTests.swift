import TestSupport
import Testing
import TriageModel

@testable import Goldens

/// Manifests and messages of strangers.
@Suite struct HostileEvidenceTests {
  private func pairs(_ manifest: String, files: [String] = ["files/a"]) -> [GoldenPair] {
    var run = RunFixture()
    run.add("test_a")
    run.info.files = (["assay-goldens.jsonl"] + files).map {
      RunFile(path: $0, kind: .other, size: 1, location: "/run/" + $0)
    }
    return CapturedGoldens().pairs(
      in: GoldenEvidence(
        run: run.run(), repository: RepositoryListing(["tests/test_a.py", "tests/g.txt"]), isLocal: true, rules: [],
        readRunFile: { path, _ in path.hasSuffix(".jsonl") ? Array(manifest.utf8) : [0x31] },
        readRepositoryFile: { _, _ in [0x32] }, readGoldenAtRun: { _, _ in [0x32] }, locate: { "/repository/" + $0 }))
  }

  private func line(_ golden: String, _ actual: String, test: String = "tests/test_a.py::test_a") -> String {
    #"{"nodeid":"\#(test)","golden":"\#(golden)","golden_sha256":null,"actual":\#(actual)}"#
  }

  @Test(arguments: [
    "../../etc/passwd", "/etc/passwd", "tests/../../x", "a\\u0000b", "", ".",
  ])
  func refusesGoldensThatLeadOut(_ path: String) {
    #expect(pairs(line(path, #""files/a""#)).isEmpty)
  }

  @Test(arguments: [#""../../etc/passwd""#, #""/etc/passwd""#, #""files/none""#, #""files/../../x""#])
  func takesActualsOnlyFromTheListedFiles(_ actual: String) {
    let found = pairs(line("tests/g.txt", actual))
    #expect(found.map(\.actual) == [.unknown])
    #expect(found.map(\.recovery) == [.nothing])
  }

  @Test func knowsDeletionsTolerancesAndHashes() {
    let hash = String(repeating: "ab", count: 32)
    let found = pairs(
      #"{"nodeid":"tests/test_a.py::test_a","golden":"tests/g.txt","golden_sha256":"\#(hash)","actual":null,"# + "\n"
        + #"{"nodeid":"tests/test_a.py::test_a","golden":"tests/g.txt","golden_sha256":"\#(hash)","actual":null,"rtol":1e-3}"#
    )
    #expect(found.count == 1)
    #expect(found.first?.actual == GoldenPair.Side.none)
    #expect(found.first?.expected == .repository)
    #expect(found.first?.claimedHashes.expected?.hex == hash)
    #expect(found.first?.tolerance == Tolerance(relative: 1e-3))
    #expect(found.first?.testIndex == TestIndex(0))
  }

  @Test func laterLinesAreLaterAttempts() {
    let hashes = ["a", "b", "b"].map { String(repeating: $0, count: 64) }
    let text = hashes.map { line("tests/g.txt", #""files/a","actual_sha256":"\#($0)""#) }.joined(separator: "\n")
    #expect(pairs(text).first?.otherActuals.map(\.hex) == [hashes[0]])
  }

  @Test func survivesAMillionLinesAndGarbage() {
    #expect(pairs(String(repeating: "x\n", count: 1_000_000)).isEmpty)
    #expect(pairs("[1]\n{}\n{\"nodeid\":1}\n\"\nnull\n" + line("tests/g.txt", "7")).isEmpty)
    #expect(pairs(line("tests/g.txt", #""files/a""#, test: String(repeating: "x", count: 1 << 20))).isEmpty)
    #expect(pairs(#"{"nodeid":"a","golden":"tests/g.txt","rtol":"# + "1e999,\"actual\":null}").first?.tolerance == nil)
  }

  @Test func valuesOfATestsCodeAreNeverWritten() {
    let text = #"{"nodeid":"tests/test_a.py::test_a","golden":null,"entry":"numpy.assert_allclose","actual":"files/a"}"#
    let found = pairs(text)
    #expect(found.map(\.location.description) == ["tests/test_a.py::test_a numpy.assert_allclose"])
    #expect(throws: SpliceError.self) { try CapturedGoldens().replacing("test_a", of: [], with: [0x31]) }
  }
}
