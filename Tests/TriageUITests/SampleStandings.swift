import TestSupport
import TriageModel

/// What a history would say of the tests of `SampleRun`.
enum SampleStandings {
  static let clip = run("4116", "194bf4a0c4fbe1e1c9b5bd8c7bb3ab55a4b1e3aa", "Clip the logit before the sigmoid")

  static func of(_ run: Run) -> [TestIndex: TestStanding] {
    var standings: [TestIndex: TestStanding] = [:]
    for test in run.table.tests(where: { $0.isFailing || $0 == .passedOnRetry }) {
      standings[test] = standing(run.table.name(of: test))
    }
    return standings
  }

  private static func standing(_ name: String) -> TestStanding {
    switch name {
    case "test_scores_golden", "test_scores_npz_golden":
      let verdict = Verdict(
        .broken, why: ["failed 25 of 25 runs since 4116", "passed 15 of 15 before"],
        flips: ["one pass at this commit makes it flaky"])
      return TestStanding(
        verdict: verdict, since: clip,
        recent: Array(repeating: .passed, count: 15) + Array(repeating: .failed, count: 25))
    case "test_onnx_round_trip":
      let verdict = Verdict(.new, why: ["this failure was not seen in 21 days"])
      return TestStanding(verdict: verdict, recent: Array(repeating: .passed, count: 11) + [.errored])
    default:
      let recent = (0..<40).map { $0 % 7 == 3 ? Outcome.failed : $0 % 11 == 5 ? .passedOnRetry : .passed }
      return TestStanding(verdict: Verdict(.flaky, why: ["2 commits both passed and failed"]), recent: recent)
    }
  }

  private static func run(_ id: String, _ commit: String, _ title: String) -> RunRecord {
    var record = RunRecord(key: 16, identity: RunIdentity(source: "example", id: id))
    record.commit = commit
    record.commitTitle = title
    return record
  }
}
