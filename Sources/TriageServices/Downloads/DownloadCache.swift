internal import Foundation

/// The runs that were downloaded into the cache: what was not opened for long goes.
enum DownloadCache {
  /// Runs that are kept, besides those of the last day.
  private static let kept = 64
  private static let day: Double = 86_400
  private static let depth = 12

  /// Removes the runs that were used longest ago, beyond the number that is kept.
  static func prune(_ cacheFolder: String) {
    var found: [(path: String, used: Date)] = []
    collect(cacheFolder + "/downloads", depth: 0, &found)
    let yesterday = Date(timeIntervalSinceNow: -day)
    for run in found.sorted(by: { $0.used > $1.used }).dropFirst(kept) where run.used < yesterday {
      DownloadFolder.remove(run.path)
    }
  }

  /// Finds the folders of runs: those with a `run.json`, or with what is under way.
  private static func collect(_ folder: String, depth: Int, _ found: inout [(path: String, used: Date)]) {
    guard depth < Self.depth, let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return }
    if names.contains(RunManifest.fileName) || names.contains(".partial") || folder.hasSuffix("/web") {
      let own = folder.hasSuffix("/web") ? names.map { folder + "/" + $0 } : [folder]
      for path in own {
        let used = (try? FileManager.default.attributesOfItem(atPath: path))?[.modificationDate] as? Date
        found.append((path, used ?? .distantPast))
      }
      return
    }
    for name in names where !name.hasPrefix(".") { collect(folder + "/" + name, depth: depth + 1, &found) }
  }
}
