import TestSupport
import Testing
import TriageModel

@testable import Goldens

/// The drift of the example project's goldens, as its TRUTH.md says it was planted.
@Suite(.enabled(if: Corpus.exists, Comment(rawValue: Corpus.absence)))
struct ChurnDriftTests {
  @Test(arguments: 11...15)
  func fsumLeavesScoresAlone(_ run: Int) throws {
    #expect(try drift(run, "test_scores_npz_golden", ".npz", NPZ()) == nil)
    #expect(try drift(run, "test_scores_golden", ".yml", YAML()) == nil)
  }

  @Test(arguments: 16...20)
  func theClippedLogitIsNamedByItsBound(_ run: Int) throws {
    for (name, ending, kind) in goldens {
      let drift = try #require(try drift(run, name, ending, kind))
      #expect(drift.kind == .clipping && drift.proof.contains("0.37754"), "\(drift)")
    }
  }

  @Test(arguments: [21, 30, 40])
  func laterRunsShowMoreOnTop(_ run: Int) throws {
    for (name, ending, kind) in goldens {
      let drift = try #require(try drift(run, name, ending, kind))
      #expect(drift.kind == .real && drift.proof.contains("are now 0.37754"), "\(drift)")
    }
  }

  private let goldens: [(String, String, any GoldenKind)] = [
    ("test_scores_npz_golden", ".npz", NPZ()), ("test_scores_golden", ".yml", YAML()),
  ]

  /// The drift of one golden in one run; nil when the sides are the same bytes or values.
  private func drift(_ run: Int, _ name: String, _ ending: String, _ kind: any GoldenKind) throws -> Drift? {
    let number = run < 10 ? "00\(run)" : "0\(run)"
    let files = Corpus.files(in: "churn/runs/\(number)/basetemp").filter { $0.contains("/\(name)") }
    let golden = try #require(files.first { $0.hasSuffix("/" + name + ending) })
    let obtained = try #require(files.first { $0.hasSuffix("/" + name + ".obtained" + ending) })
    let comparison = try kind.compare(Files.bytes(golden), Files.bytes(obtained), ComparisonOptions())
    return comparison.differs ? comparison.drift : nil
  }
}
