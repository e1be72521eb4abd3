internal import Foundation
internal import Goldens
internal import RunArtifacts
internal import SystemKit
package import TriageModel
package import Workspace

/// Finds the golden pairs of runs in one repository.
package struct GoldenFinder: Sendable {
  private let repository: Repository?
  private let cacheFolder: String
  private let rules: [GoldenRule]
  private let ignores: [GoldenIgnore]

  /// A finder for a repository; without one only the artifacts are looked at, and nothing can be approved.
  ///
  /// - Parameter ignores: What is set aside when goldens are compared.
  package init(repository: Repository?, rules: [GoldenRule], ignores: [GoldenIgnore] = [], cacheFolder: String) {
    self.repository = repository
    self.rules = rules
    self.ignores = ignores
    self.cacheFolder = cacheFolder
  }

  /// The golden changes of a run, found and not yet compared.
  ///
  /// - Parameter others: Runs that may be of the same commit with the same labels: what they produced must agree.
  package func survey(_ run: Run, others: [Run]) -> GoldenSurvey {
    let files = listing()
    let reader = GoldenReader(repository: repository, commit: run.info.commit)
    let pairs = GoldenConventions.pairs(in: evidence(of: run, reader, files))
    var disagreeing: [GoldenLocation: [GoldenPair]] = [:]
    for other in others where run.isTwin(of: other) {
      for pair in GoldenConventions.pairs(in: evidence(of: other, reader, files)) {
        disagreeing[pair.location, default: []].append(pair)
      }
    }
    // A ledger that cannot be read refuses nothing: its goldens come back for review.
    let approvals = repository.flatMap { try? Approvals($0) }
    return GoldenSurvey(
      pairs: pairs, others: disagreeing, run: run, reader: reader, approvals: approvals, ignores: ignores)
  }

  private func evidence(of run: Run, _ reader: GoldenReader, _ files: RepositoryListing) -> GoldenEvidence {
    let root = repository?.root ?? "/nonexistent"
    return GoldenEvidence(
      run: run, repository: files, isLocal: isLocal(run), rules: rules,
      readRunFile: { location, limit in try? RegularFile.bytes(location, limit: limit) },
      readRepositoryFile: { path, limit in reader.file(path, limit: limit) },
      readGoldenAtRun: { path, limit in reader.fileAtRun(path, limit: limit) },
      locate: { root + "/" + $0 })
  }

  /// The files of the repository, without what tools install, sorted.
  private func listing() -> RepositoryListing {
    guard let repository else { return RepositoryListing([]) }
    let folder = try? ArtifactReader(cacheFolder: cacheFolder, hidden: ResultNames.hidden).open(repository.root)
    return RepositoryListing(folder?.files.map(\.path) ?? [])
  }

  /// Whether a run happened in this checkout: its reports lie in it, and it names no other commit.
  private func isLocal(_ run: Run) -> Bool {
    guard let repository else { return false }
    let root = repository.root == "/" ? "/" : repository.root + "/"
    let isHere = run.info.files.isEmpty ? run.table.count == 0 : run.info.files.contains { $0.location.hasPrefix(root) }
    guard isHere, let commit = run.info.commit else { return isHere }
    return GitObjects(root: repository.root).head().map { $0.hasPrefix(commit) || commit.hasPrefix($0) } ?? true
  }
}

extension Run {
  /// Whether another run is of the same commit with the same labels.
  fileprivate func isTwin(of other: Run) -> Bool {
    guard let commit = info.commit, commit == other.info.commit, info.identity != other.info.identity else {
      return false
    }
    return info.labels == other.info.labels
  }
}

extension GoldenFinder {
  /// What tests produced without any report: a run all the same when it changes goldens; nil when it does not.
  package func loadWithoutReports(_ request: LoadRequest) -> LoadedRuns? {
    var request = request
    request.takesAnyFile = true
    guard let loaded = try? RunLoader.load(request), loaded.runs.contains(where: changesGoldens) else { return nil }
    return loaded
  }

  /// Whether a run alone changes goldens.
  package func changesGoldens(_ run: Run) -> Bool { !survey(run, others: []).changes.isEmpty }
}

/// The comparison of a golden that has only one side: a new one, or one that is not used any more.
enum OneSided {
  /// Compares with nothing; `name` is the golden's file name.
  static func comparison(expected: [UInt8]?, actual: [UInt8]?, name: String) -> Comparison {
    var comparison = GoldenKinds.compare(expected ?? [], actual ?? [], name: name, kind: "text")
    let count = max(comparison.summary.added, comparison.summary.removed)
    let size = comparison.summary.unit == "lines" ? "\(CountText.of(count)) lines" : "it has one side"
    comparison.drift = Drift(.oneSided, actual == nil ? "not used any more, \(size)" : "new, \(size)")
    comparison.summary.structure = [actual == nil ? "there is no actual" : "there was no golden"]
    comparison.remarks = []
    return comparison
  }
}
