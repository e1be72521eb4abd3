internal import SafeText
internal import ReportFormats
internal import RunArtifacts
internal import TriageModel

/// The artifacts that belong to one run, before any report is read.
struct RunGroup {
  /// A folder, archive or file that adds to the run; several are legs of one matrix.
  struct Source {
    /// What was opened.
    let folder: ArtifactFolder
    /// The run's own folder inside it, empty for the whole.
    let base: String
    var reports: [Report] = []
    var others: [ArtifactFile] = []
    /// Files that could be reports by their name and are of no known format.
    var unrecognised: [ArtifactFile] = []
    /// Results of tests in formats that no reader knows.
    var foreign: [Foreign] = []
    /// What Maven Failsafe wrote of its run as a whole.
    var summaries: [(file: ArtifactFile, summary: FailsafeSummary)] = []
    /// Files that could be reports and cannot be read.
    var unreadable: [Refusal] = []
    var manifest: RunManifest?

    /// The name of what was opened, or of the run's folder in it.
    let name: String

    init(folder: ArtifactFolder, base: String, manifest: RunManifest? = nil) {
      self.folder = folder
      self.base = base
      self.manifest = manifest
      name = RunGroup.name(of: base.isEmpty ? folder.shownPath : base, absolute: folder.root, folder)
    }

    /// What was to be a report of this run, by its name, and was left out of its archive or cannot be read.
    var refusedReports: [Refusal] {
      let refused = folder.isArchive ? folder.refusals : []
      let own = refused.filter { base.isEmpty || $0.path.hasPrefix(base + "/") } + unreadable
      return own.filter { refusal in
        ReportCandidate.isMeantAsReport(PathText.name(refusal.path))
      }
    }

    /// Whether it has files that are no reports.
    var hasFiles: Bool { !allOthers.isEmpty }

    /// The files that are no reports that were read.
    var allOthers: [ArtifactFile] { others + unrecognised + foreign.map(\.file) + summaries.map(\.file) }

    /// When the newest report was written.
    var newest: Timestamp? { reports.lazy.compactMap(\.file.modified).max() }

    /// A file's path inside the run's folder.
    func path(of file: ArtifactFile) -> String {
      base.isEmpty ? file.path : String(file.path.dropFirst(base.count + 1))
    }
  }

  /// A report and its format.
  struct Report {
    let file: ArtifactFile
    let format: any ReportFormat.Type
    /// The place among reports of a format whose newest come first.
    var place = 0
  }

  /// Results of tests that no reader knows.
  struct Foreign {
    let file: ArtifactFile
    let format: ForeignFormat
    let figures: ForeignFigures
  }

  var sources: [Source]
  /// What the run is called when nothing else names it: the folder, archive or file it comes from.
  var name: String
  /// Who the run is, when that is known before its reports are read.
  var identity: RunIdentity?
  /// Things of its files that look wrong, a sentence each.
  var warnings: [String] = []
  /// The CI job around us, when the artifacts are its own.
  var environment: CIEnvironment?

  init(_ source: Source) {
    sources = [source]
    name = source.name
  }

  /// What the manifests say, the first one that says it.
  func manifest<Value>(_ field: (RunManifest) -> Value?) -> Value? {
    for source in sources {
      if let manifest = source.manifest, let value = field(manifest) { return value }
    }
    return nil
  }

  /// When the first of its legs began, as their manifests say.
  var manifestStart: Timestamp? { sources.compactMap { $0.manifest?.startedAt }.min() }

  /// When the run began, as far as that is known before its reports are read.
  var startedAt: Timestamp? { manifestStart ?? sources.lazy.compactMap(\.newest).max() }

  /// When the run began, as far as that can be told before its reports are read; else when they were written.
  var expectedStart: Timestamp? {
    let written = sources.flatMap(\.reports).compactMap(\.file.modified)
    return manifestStart ?? environment?.startedAt ?? written.max()
  }

  /// Whether anything says that a job ran: a report, a log, a manifest, or a file that was to be a report.
  var isWorthShowing: Bool {
    sources.contains { source in
      !source.reports.isEmpty || source.manifest != nil || source.folder.damage != nil
        || source.others.contains { RunFileKind.of(name: $0.name) { [] } == .log || source.folder.isSingleFile }
        || !source.foreign.isEmpty && !source.folder.isSingleFile || !source.summaries.isEmpty
        || !source.unreadable.isEmpty || source.unrecognised.contains { ReportCandidate.isMeantAsReport($0.name) }
    }
  }

  /// The last part of a path that says anything, without the endings of archives.
  private static func name(of path: String, absolute: String, _ folder: ArtifactFolder) -> String {
    let part = path.split(separator: "/").last { $0 != "." && $0 != ".." }
    var name = part.map(String.init) ?? absolute.split(separator: "/").last.map(String.init) ?? path
    guard folder.isArchive || folder.isSingleFile else { return name }
    for ending in [".gz", ".xz", ".zst", ".bz2", ".tgz", ".tar", ".zip"] where name.lowercased().hasSuffix(ending) {
      name = String(name.dropLast(ending.count))
    }
    return name
  }
}
