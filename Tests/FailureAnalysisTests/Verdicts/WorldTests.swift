import FailureAnalysis
import Foundation
import TestSupport
import Testing
import TriageModel

/// How often an experienced engineer could accept what is said, over many kinds of histories of known truth.
///
/// Each is asked twice: as the runs came, and when all are known. With `ASSAY_TABLE=1` the table is written out.
struct WorldTests {
  private struct Score {
    var right = 0
    var asked = 0
    var share: Double { asked == 0 ? 1 : Double(right) / Double(asked) }

    mutating func add(_ isRight: Bool) {
      asked += 1
      if isRight { right += 1 }
    }
  }

  private struct Outcome {
    var families: [(name: String, score: Score)] = []
    var all = Score()
    var culprits = Score()
    /// By label: how often what was said may be said, and what is true was said.
    var precision: [Verdict.Label: Score] = [:]
    var recall: [Verdict.Label: Score] = [:]
    var listed = Score()
    var found = Score()
    var faults: [String] = []

    mutating func add(_ question: World.Question, _ verdict: Verdict, in world: World, isTold: Bool, _ name: String) {
      let isRight = question.acceptable.contains(verdict.label)
      all.add(isRight)
      families[families.count - 1].score.add(isRight)
      precision[verdict.label, default: Score()].add(isRight)
      recall[question.right, default: Score()].add(isRight)
      if !isRight {
        faults.append(
          "\(name) run \(question.run)\(isTold ? "" : ", later"): \(verdict.label.rawValue), not \(question.right.rawValue): "
            + verdict.why.joined(separator: "; "))
      }
      if let culprit = question.culprit, let range = verdict.range {
        let isIn = world.contains(culprit, range)
        culprits.add(isIn)
        if !isIn {
          faults.append(
            "\(name) run \(question.run): \(range.lastPass ?? 0) \(range.earliest)…\(range.latest) without \(culprit)")
        }
      }
    }

    var text: String {
      func percent(_ score: Score?) -> String { score.map { "\(Int(($0.share * 1000).rounded()) / 10) %" } ?? "–" }
      var lines = families.map { "| \($0.name) | \($0.score.right) of \($0.score.asked) | \(percent($0.score)) |" }
      for label in Verdict.Label.allCases {
        lines.append(
          "| \(label.rawValue) | precision \(percent(precision[label])) | recall \(percent(recall[label])) |")
      }
      lines.append(
        "| all \(all.asked) | \(percent(all)) | culprit in range \(percent(culprits)) of \(culprits.asked) |")
      lines.append("| flaky list | precision \(percent(listed)) | recall \(percent(found)) |")
      return (lines + faults).joined(separator: "\n")
    }
  }

  private static let outcome: Outcome = {
    var outcome = Outcome()
    for family in WorldFamily.all {
      outcome.families.append((family.name, Score()))
      for seed in 1...5 {
        let world = family.make(UInt64(seed * 7919))
        let whole = world.judge()
        for question in world.questions {
          let then = world.judge(upTo: question.known)
          for (judge, series) in [then, whole] {
            let verdict = judge.judge(series, at: question.run)
            outcome.add(
              question, verdict, in: world, isTold: judge.timeline.runs.count < world.runs.count,
              "\(family.name) #\(seed)")
          }
        }
        if let isFlaky = world.isFlaky {
          let isListed = world.isListedAsFlaky
          if isListed { outcome.listed.add(isFlaky) }
          if isFlaky { outcome.found.add(isListed) }
          if isListed != isFlaky { outcome.faults.append("\(family.name) #\(seed): listed as flaky \(isListed)") }
        }
      }
    }
    return outcome
  }()

  @Test func verdictsAreAcceptable() {
    let outcome = Self.outcome
    if ProcessInfo.processInfo.environment["ASSAY_TABLE"] == "1" { print(outcome.text) }
    #expect(outcome.families.count >= 30)
    #expect(outcome.all.share >= 0.95, "\(outcome.text)")
    for (name, score) in outcome.families { #expect(score.share >= 0.8, "\(name)\n\(outcome.text)") }
    #expect(outcome.culprits.share >= 0.97, "\(outcome.text)")
  }

  @Test(arguments: [
    (Verdict.Label.flaky, 0.95, 0.95), (.broken, 0.95, 0.95), (.infra, 0.95, 0.85), (.new, 0.9, 0.9),
  ])
  func labelsHold(label: Verdict.Label, precision: Double, recall: Double) throws {
    let outcome = Self.outcome
    #expect(try #require(outcome.precision[label]).share >= precision, "\(outcome.text)")
    #expect(try #require(outcome.recall[label]).share >= recall, "\(outcome.text)")
  }

  @Test func theListOfFlakyTestsIsTrueAndWhole() {
    #expect(Self.outcome.listed.share >= 0.95, "\(Self.outcome.text)")
    #expect(Self.outcome.found.share >= 0.95, "\(Self.outcome.text)")
  }
}
