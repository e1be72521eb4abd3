import Foundation
import TriageModel
import TriageServices
import Workspace

/// Work on a history in a folder of its own.
enum HistoryWork {
  /// Adds runs of the same tests, each with failures of its own; whether all were added.
  static func fill(_ folder: String, tests: Int, runs: Int) -> Bool {
    guard let service = open(folder), let cache = try? InputCache() else { return false }
    for run in 0..<runs {
      // The reports of the runs between are not kept: they are made again from their numbers.
      guard let report = try? cache.junit(tests, run: run) else { return false }
      defer { if run > 0, run < runs - 1 { try? FileManager.default.removeItem(atPath: report) } }
      guard let loaded = InsideWork.load(report), (try? service.add(loaded)) != nil else { return false }
    }
    return true
  }

  /// The verdicts of all tests of a run.
  static func verdicts(_ folder: String, of run: Run) -> Int {
    guard let service = open(folder) else { return 0 }
    let tests = (0..<run.table.count).map { TestIndex($0) }
    return (try? service.standings(of: tests, in: run))?.count ?? 0
  }

  private static func open(_ folder: String) -> HistoryService? {
    // Outside of a repository runs are kept under the current folder's name, which is to be the same whoever measures.
    guard FileManager.default.changeCurrentDirectoryPath(folder) else { return nil }
    let directories = Directories(environment: ["HOME": folder]).withState(in: folder)
    return try? HistoryService(nil, directories: directories, environment: [:])
  }
}
