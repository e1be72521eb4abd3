internal import Foundation
internal import RunArtifacts
package import TriageModel

/// What is said of a run, by whoever says it first: the person, its `run.json`, the CI system.
enum RunDescription {
  /// The run's commit.
  static func commit(of group: RunGroup, overrides: RunOverrides) -> String? {
    overrides.commit ?? group.manifest { $0.commit } ?? group.environment?.commit
  }

  /// The run's labels.
  static func labels(of group: RunGroup, overrides: RunOverrides) -> [String: String] {
    var labels = group.environment?.labels ?? [:]
    // What only one of several legs says is not true of the run.
    let legs = group.sources.compactMap { $0.manifest?.labels }
    if let first = legs.first {
      let common = first.filter { entry in legs.allSatisfy { $0[entry.key] == entry.value } }
      labels.merge(common) { $1 }
    }
    return labels.merging(overrides.labels) { $1 }
  }

  /// Whether a file that was given alone is what a job printed: then it is a run of which only the log is left.
  static func isLogAlone(_ file: ArtifactFile) -> Bool {
    let name = CompressedName.unpacked(file.name).lowercased()
    switch kind(of: file) {
    case .log: return true
    case .text where name.hasSuffix(".txt") || !name.contains("."):
      let head = (try? FileExcerpt.head(of: file.location, count: 4096))?.bytes ?? []
      // Markup and data are no prints.
      return head.first { $0 > 0x20 }.map { !"<{".utf8.contains($0) } ?? false
    case .text, .data, .image, .report, .other: return false
    }
  }

  /// The kind of a file that is no report.
  static func kind(of file: ArtifactFile) -> RunFile.Kind {
    RunFileKind.of(name: file.name) { (try? FileExcerpt.head(of: file.location, count: 4096))?.bytes ?? [] }
  }
}

extension RunGroup {
  /// How long the job took by what its `run.json` says, of several legs from the first start to the last end; nil where
  /// one does not say, or ends before it begins.
  var took: RunTime? {
    let manifests = sources.compactMap(\.manifest)
    let starts = manifests.compactMap(\.startedAt)
    let ends = manifests.compactMap(\.finishedAt)
    if let start = starts.min(), let end = ends.max(), ends.count == manifests.count, start < end {
      return RunTime(seconds: Double(end.milliseconds - start.milliseconds) / 1000, by: .job)
    }
    let seconds = manifests.compactMap(\.seconds)
    guard let longest = seconds.max(), seconds.count == manifests.count else { return nil }
    return RunTime(seconds: longest, by: .job)
  }
}

extension Run {
  /// The run that left outputs beside the goldens of a repository, and no report.
  package static func workingTree(of root: String) -> Run {
    let name = root.split(separator: "/").last.map(String.init) ?? root
    var info = RunInfo(identity: RunIdentity(source: name, id: name))
    info.commit = GitObjects(root: root).head()
    info.commitTitle = info.commit.flatMap { CommitHeadings.read([$0], in: root)[$0]?.title }
    info.completeness = .incomplete(reasons: ["no report is here: only golden changes in the working tree are known"])
    return Run(info: info, table: TestTable())
  }
}
