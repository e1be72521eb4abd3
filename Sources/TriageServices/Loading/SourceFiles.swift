internal import ReportFormats
internal import RunArtifacts
internal import TriageModel

/// The files of one source of a run by their paths, listed when a report first asks for one beside it.
final class SourceFiles {
  private let source: RunGroup.Source
  private lazy var locations = Dictionary(
    (source.reports.map(\.file) + source.allOthers).map { ($0.path, $0.location) },
    uniquingKeysWith: { first, _ in first })
  private lazy var paths = locations.keys.sorted()

  init(_ source: RunGroup.Source) {
    self.source = source
  }

  /// What lies beside a report: nothing but files of its source can be asked for.
  func beside(_ report: ArtifactFile) -> FilesBeside {
    FilesBeside(
      of: report.path, paths: { self.paths },
      open: { (path) throws(ByteSourceError) in
        guard let location = self.locations[path] else { return nil }
        return try FileSource(location)
      })
  }
}
