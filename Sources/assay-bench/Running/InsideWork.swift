import CBenchPeers
import FailureAnalysis
import Foundation
import ItemQueries
import TriageModel
import TriageServices

/// Work that has a process of its own: parts of the program without the rest of it, and the peers that are no tools.
enum InsideWork {
  /// What this program is called with to do it.
  static let flag = "--work"

  /// Does one work; the seconds that it took, and those of the processor, are printed.
  static func run(_ name: String, _ arguments: [String]) -> Int32 {
    let path = arguments.first ?? ""
    switch name {
    case "repaint": return bench_repaint()
    case "sax": return timed { bench_sax_pass(path) } ? 0 : 1
    case "read": return timed { load(path) } == nil ? 1 : 0
    case "causes":
      guard let run = load(path) else { return 1 }
      let causes = timed {
        RunCauses(of: run.table.tests(where: \.isFailing), FailureSignatures(of: run.table)) { _ in [:] }
      }
      return causes.causes.isEmpty ? 1 : 0
    case "filter":
      guard let run = load(path), let filter = try? TestFilter(parsing: arguments.dropFirst().joined(separator: " "))
      else { return 1 }
      return timed { filter.tests(in: run, among: nil, facts: TestFacts()) }.isEmpty ? 1 : 0
    case "fill":
      let numbers = arguments.compactMap { Int($0) }
      guard numbers.count == 2 else { return 2 }
      return timed { HistoryWork.fill(path, tests: numbers[0], runs: numbers[1]) } ? 0 : 1
    case "verdicts":
      guard let run = load(arguments.last ?? "") else { return 1 }
      return timed { HistoryWork.verdicts(path, of: run) } == 0 ? 1 : 0
    default: return 2
    }
  }

  static func load(_ path: String) -> Run? {
    let request = LoadRequest(paths: [path], repositoryRoot: nil, cacheFolder: NSTemporaryDirectory())
    return try? RunLoader.load(request).runs.first
  }

  private static func timed<Answer>(_ work: () -> Answer) -> Answer {
    let (start, before) = (ChildProcess.now(), ChildProcess.processorTime())
    let answer = work()
    print(ChildProcess.now() - start, ChildProcess.processorTime() - before)
    return answer
  }
}

extension Side {
  /// Work of this program's own, in a process of its own.
  static func inside(_ bench: Bench, _ work: String, _ arguments: [String], title: String = "") -> Side {
    var side = Side(name: title.isEmpty ? work : title, arguments: [bench.itself, InsideWork.flag, work] + arguments)
    side.tellsSeconds = true
    return side
  }

  /// A command of assay, as a person gives it.
  static func assay(_ bench: Bench, _ arguments: [String], statuses: Set<Int32> = [0]) -> Side {
    var side = Side(name: "assay", arguments: [bench.program] + arguments)
    side.statuses = statuses
    return side
  }
}
