internal import RunArtifacts
internal import TriageModel

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

  /// The kind of a file that is no report.
  static func kind(of file: ArtifactFile) -> RunFile.Kind {
    RunFileKind.of(name: file.name) { SmallFile.head(file.location, count: 4096) ?? [] }
  }
}
