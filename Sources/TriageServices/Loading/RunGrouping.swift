internal import SafeText
internal import Foundation
internal import ReportFormats
internal import RunArtifacts
internal import TriageModel

/// Sorts what was opened into runs.
///
/// A folder with a `run.json` is a run with all that lies below it, up to the next `run.json`; so is each folder
/// directly in `.assay/runs`. What is left of a path is one run, if it has reports of its own or the path has no
/// other run. Two sources that name the same identity are one run with legs, and so are paths that name none and that
/// nothing speaks against being parts of one run (`RunPart`).
struct RunGrouping {
  private let overrides: RunOverrides
  private let isOneRun: Bool
  private let environment: CIEnvironment?
  private(set) var groups: [RunGroup] = []
  private(set) var warnings: [String] = []

  init(_ request: LoadRequest) {
    overrides = request.overrides
    isOneRun = request.isOneRun
    environment = CIEnvironment(request.environment)
  }

  /// Adds what one argument led to; `isCancelled` is asked now and then.
  mutating func add(_ folder: ArtifactFolder, isCancelled: () -> Bool) {
    var manifests: [String: RunManifest] = [:]
    for file in folder.files where file.name == RunManifest.fileName {
      manifests[file.folder] = RunManifest(location: file.location, shownAs: file.path)
    }
    var sources: [String: RunGroup.Source] = [:]
    for (number, file) in folder.files.enumerated() {
      if number & 0xFF == 0, isCancelled() { return }
      let base = Self.base(of: file, manifests: manifests, folder: folder)
      // In place: a copy of the lists for every file would make large folders quadratic.
      Self.sort(
        file, into: &sources[base, default: RunGroup.Source(folder: folder, base: base, manifest: manifests[base])],
        isOnlyFile: folder.isSingleFile)
    }
    if folder.isSingleFile { sources[""]?.manifest = Self.manifestBeside(folder) }
    if sources.isEmpty { sources[""] = RunGroup.Source(folder: folder, base: "") }
    for (base, source) in sources.sorted(by: { $0.key < $1.key }) {
      if base.isEmpty, sources.count > 1, source.reports.isEmpty, source.manifest == nil { continue }
      groups.append(RunGroup(source))
    }
  }

  /// Gives the groups their identities, and makes one of those that share one.
  mutating func finish() {
    let named = Set(groups.compactMap { group in group.manifest { $0.id } })
    if overrides.id != nil, named.count > 1 {
      warnings.append("the run id given is not used: the artifacts name \(named.count) runs")
    }
    var merged: [RunGroup] = []
    var places: [Key: Int] = [:]
    for var group in groups {
      if let environment, group.sources.allSatisfy({ $0.manifest == nil && environment.covers($0.folder.origin) }) {
        group.environment = environment
      }
      group.identity = identity(of: group, mayOverride: named.count < 2)
      let key = key(of: group)
      if let key, let place = places[key] {
        merged[place].sources += group.sources
        if group.identity == nil { merged[place].name = Self.sharedName(of: group) }
      } else {
        if let key { places[key] = merged.count }
        merged.append(group)
      }
    }
    groups = joined(merged)
  }

  /// Makes one run of the paths that are parts of one: nothing says who they are, and nothing speaks against it.
  private func joined(_ groups: [RunGroup]) -> [RunGroup] {
    let places = groups.indices.filter { mayBePart(groups[$0]) }
    guard places.count > 1 else { return groups }
    var runs: [(place: Int, parts: [RunPart])] = []
    var groups = groups
    for place in places {
      let parts = groups[place].sources.map { RunPart($0, overrides: overrides) }
      let fitting = runs.firstIndex { run in
        run.parts.allSatisfy { known in parts.allSatisfy { $0.mayBelong(with: known) } }
      }
      guard let fitting else {
        runs.append((place, parts))
        continue
      }
      runs[fitting].parts += parts
      groups[runs[fitting].place].sources += groups[place].sources
      groups[place].sources = []
    }
    for run in runs where run.parts.count > 1 { groups[run.place].name = Self.commonName(of: groups[run.place]) }
    return groups.filter { !$0.sources.isEmpty }
  }

  /// Whether a path with results of its own says nothing of who it is.
  private func mayBePart(_ group: RunGroup) -> Bool {
    group.identity == nil && group.isWorthShowing
      && group.sources.allSatisfy { $0.base.isEmpty && $0.manifest?.id == nil }
  }

  /// The folder that all paths of a run lie in.
  private static func commonName(of group: RunGroup) -> String {
    let folders = group.sources.compactMap { $0.folder.origin }.map { Array($0.split(separator: "/").dropLast()) }
    guard var common = folders.first, folders.count == group.sources.count else { return group.name }
    for folder in folders {
      let same = zip(common, folder).prefix { $0 == $1 }.count
      common = Array(common.prefix(same))
    }
    return common.last.map(String.init) ?? group.name
  }

  /// What groups have in common that are one run.
  private enum Key: Hashable {
    case identity(RunIdentity)
    /// Files of this folder: a shell's `*.xml` is one run.
    case filesOf(String)
    case everything
  }

  private func key(of group: RunGroup) -> Key? {
    if let identity = group.identity { return .identity(identity) }
    guard let source = group.sources.first, source.base.isEmpty, source.manifest == nil else { return nil }
    if isOneRun { return .everything }
    return source.folder.isSingleFile ? .filesOf(source.folder.root) : nil
  }

  /// The folder that several files, or the usual places of a project, lie in.
  private static func sharedName(of group: RunGroup) -> String {
    guard let folder = group.sources.first?.folder else { return group.name }
    // `build/test-results` as it was named lies below the project's folder.
    let root =
      folder.isSingleFile || folder.shownPath.hasPrefix("/")
      ? folder.root : String(folder.root.dropLast(folder.shownPath.count))
    return root.split(separator: "/").last.map(String.init) ?? group.name
  }

  /// The `run.json` beside a file that was given alone. Its exit status tells of more than this file.
  private static func manifestBeside(_ folder: ArtifactFolder) -> RunManifest? {
    var manifest = RunManifest(location: folder.root + "/" + RunManifest.fileName, shownAs: RunManifest.fileName)
    manifest?.exitCode = nil
    return manifest
  }

  private func identity(of group: RunGroup, mayOverride: Bool) -> RunIdentity? {
    let source = group.manifest { $0.source } ?? group.environment?.identity.source
    let attempt = group.manifest { $0.attempt } ?? group.environment?.identity.attempt ?? 1
    // Several paths under one given id are legs of one run, wherever they lie.
    if let id = overrides.id, mayOverride { return RunIdentity(source: source ?? "", id: id, attempt: attempt) }
    if let id = group.manifest({ $0.id }) {
      return RunIdentity(source: source ?? Self.parentName(of: group), id: id, attempt: attempt)
    }
    return group.environment?.identity
  }

  /// Manifests without a source are told apart by where their runs are kept, not by the run's own folder.
  private static func parentName(of group: RunGroup) -> String {
    guard let source = group.sources.first else { return "" }
    let parts = source.base.isEmpty ? source.folder.root.split(separator: "/") : source.base.split(separator: "/")
    return parts.dropLast().last.map(String.init) ?? source.folder.root.split(separator: "/").last.map(String.init)
      ?? ""
  }

  /// The nearest folder above a file that is a run's own; empty for the top.
  private static func base(
    of file: ArtifactFile, manifests: [String: RunManifest], folder: ArtifactFolder
  ) -> String {
    var base = file.folder
    while !base.isEmpty {
      if manifests[base] != nil || isKeptRun(base, in: folder.root) { return base }
      base = PathText.folder(base)
    }
    return ""
  }

  /// Whether a folder lies directly in `.assay/runs`.
  private static func isKeptRun(_ base: String, in root: String) -> Bool {
    if let slash = base.lastIndex(of: "/") {
      let parent = base[..<slash]
      return parent == ".assay/runs" || parent.hasSuffix("/.assay/runs")
    }
    return root.hasSuffix("/.assay/runs")
  }

  private static func sort(_ file: ArtifactFile, into source: inout RunGroup.Source, isOnlyFile: Bool) {
    if !isOnlyFile, source.manifest != nil, source.path(of: file) == RunManifest.fileName { return }
    if takeBundle(file, into: &source) { return }
    guard isOnlyFile || ReportCandidate.isCandidate(file.name) || ReportCandidate.isPrint(file.name) else {
      source.others.append(file)
      return
    }
    do throws(ByteSourceError) {
      switch try ReportCandidate.finding(in: file, isOnlyFile: isOnlyFile) {
      case .report(let format): source.reports.append(RunGroup.Report(file: file, format: format))
      case .foreign(let format, let figures):
        source.foreign.append(RunGroup.Foreign(file: file, format: format, figures: figures))
      case .summary(let summary): source.summaries.append((file, summary))
      case .none:
        let isLog = isOnlyFile ? RunDescription.isLogAlone(file) : ReportCandidate.isPrint(file.name)
        if isLog || !file.name.contains(".") && !isOnlyFile {
          source.others.append(file)
        } else {
          source.unrecognised.append(file)
        }
      }
    } catch {
      source.unreadable.append(Refusal(path: source.path(of: file), reason: "it cannot be read (\(error))"))
      source.others.append(file)
    }
  }

  /// Takes a file of a folder that is one report as a whole, once for the folder; false for files of no such folder.
  private static func takeBundle(_ file: ArtifactFile, into source: inout RunGroup.Source) -> Bool {
    guard file.path.contains(".xcresult/") else { return false }
    var path = ""
    for part in file.folder.split(separator: "/") {
      path += (path.isEmpty ? "" : "/") + part
      guard let format = ForeignFormats.format(ofFolder: String(part)) else { continue }
      if source.foreign.last?.file.path != path {
        let bundle = ArtifactFile(
          path: path, location: String(file.location.dropLast(file.path.utf8.count - path.utf8.count)), size: 0,
          modified: file.modified)
        source.foreign.append(
          RunGroup.Foreign(file: bundle, format: format, figures: ForeignFigures(of: format, head: [], tail: [])))
      }
      source.others.append(file)
      return true
    }
    return false
  }
}
