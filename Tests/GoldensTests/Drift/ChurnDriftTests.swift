import TestSupport
import Testing
import TriageModel

@testable import Goldens

/// The drift of the example project's goldens, as its TRUTH.md says it was planted.
@Suite(.enabled(if: Corpus.exists, Comment(rawValue: Corpus.absence)))
struct ChurnDriftTests {
  @Test(arguments: 11...15)
  func fsumLeavesNoise(_ run: Int) throws {
    #expect(try drift(run, "test_scores_npz_golden", ".npz") == nil)
    #expect(try drift(run, "test_scores_golden", ".yml") == nil)
    let drift = try #require(try drift(run, "test_encoding_strict_golden", ".csv"))
    #expect(drift.kind == .noise, "\(drift)")
  }

  /// The upper bound, 0.62246, is not proven by the numbers: none of the golden's reaches it.
  @Test(arguments: 16...20)
  func theClippedLogitIsNamedByItsBound(_ run: Int) throws {
    for (name, ending) in goldens {
      let drift = try #require(try drift(run, name, ending))
      #expect(drift.kind == .clipping && drift.proof.contains("0.37754"), "\(name) \(drift)")
    }
    #expect(try #require(try drift(run, "test_encoding_strict_golden", ".csv")).kind == .noise)
  }

  @Test(arguments: [21, 30, 40])
  func laterRunsShowMoreOnTop(_ run: Int) throws {
    for (name, ending) in goldens {
      let drift = try #require(try drift(run, name, ending))
      #expect(drift.kind == .real && drift.proof.contains("are now 0.37754"), "\(name) \(drift)")
    }
  }

  private let goldens = [
    ("test_scores_npz_golden", ".npz"), ("test_scores_golden", ".yml"), ("test_report_text_golden", ".txt"),
  ]

  /// The drift of one golden in one run; nil when the sides are the same bytes or values.
  private func drift(_ run: Int, _ name: String, _ ending: String) throws -> Drift? {
    let number = run < 10 ? "00\(run)" : "0\(run)"
    let files = Corpus.files(in: "churn/runs/\(number)/basetemp").filter { $0.contains("/\(name)") }
    let golden = try #require(files.first { $0.hasSuffix("/" + name + ending) })
    let obtained = try #require(files.first { $0.hasSuffix("/" + name + ".obtained" + ending) })
    let comparison = GoldenKinds.compare(Files.bytes(golden), Files.bytes(obtained), name: name + ending)
    return comparison.differs ? comparison.drift : nil
  }
}
