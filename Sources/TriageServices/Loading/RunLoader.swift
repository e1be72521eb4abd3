internal import Foundation
internal import ReportFormats
package import RunArtifacts
package import TriageModel
internal import Workspace

/// Loads runs from files, folders, archives and standard input.
///
/// It blocks; callers give it a thread of its own. What is known so far is published while it reads.
package enum RunLoader {
  /// Loads what the request names.
  ///
  /// `publish` is called at most ten times a second; answering false stops the load, which then throws `cancelled`.
  /// A path that cannot be opened ends the load; a file that cannot be read only marks its run.
  package static func load(
    _ request: LoadRequest, publish: @escaping (LoadProgress) -> Bool = { _ in true }
  ) throws(LoadError) -> LoadedRuns {
    let session = LoadSession(publish: publish)
    var loaded = LoadedRuns()
    if request.isWorkingTree, let root = request.repositoryRoot {
      loaded.runs = [.workingTree(of: root)]
      session.done(loaded.runs)
      return loaded
    }
    // The newest run is read first: it is what a person sees while the others come.
    let groups = try open(request, session, &loaded).map(NewestReports.kept).sorted { left, right in
      (left.expectedStart?.milliseconds ?? .min) > (right.expectedStart?.milliseconds ?? .min)
    }
    let repository = request.repositoryRoot.map { Repository(root: $0) }
    let commits = groups.compactMap { RunDescription.commit(of: $0, overrides: request.overrides) }
    let titles = repository.map { CommitHeadings.read(Set(commits), in: $0.root).mapValues(\.title) } ?? [:]
    let reports = groups.flatMap { $0.sources.flatMap(\.reports) }
    session.plan(files: reports.count, bytes: reports.reduce(0) { $0 + $1.file.size })
    for group in groups {
      var assembly = RunAssembly(
        group, overrides: request.overrides, commitTitles: titles,
        repositoryHas: { repository?.has($0) ?? false }, session: session,
        declared: (request.items, request.repositoryRoot))
      let run = try assembly.run()
      loaded.runs.append(run)
      loaded.recognised += assembly.recognised
      session.end(run)
      if session.isCancelled { throw .cancelled }
    }
    tellApart(&loaded.runs)
    loaded.runs.sort(by: isNewer)
    session.done(loaded.runs)
    return loaded
  }

  /// Where people who gave a file of another format find those that are read.
  private static let known = "assay manual formats names those that are"

  /// How many archives inside a folder are named one by one.
  private static let namedArchives = 5

  /// Opens all paths and sorts what they hold into runs.
  private static func open(
    _ request: LoadRequest, _ session: LoadSession, _ loaded: inout LoadedRuns
  ) throws(LoadError) -> [RunGroup] {
    var grouping = RunGrouping(request)
    var instead: [String] = []
    var opened: Set<String> = []
    for path in request.paths {
      let folder = try open(path, request, session)
      if session.isCancelled { throw .cancelled }
      // `junit.xml ./junit.xml`: the same thing twice is no second leg.
      if let origin = folder.origin, !opened.insert(origin).inserted { continue }
      loaded.refusals += folder.refusals
      instead += folder.refusals.map { "\($0.path): \($0.reason)" }
      grouping.add(folder) {
        !session.opening(.opening, path, files: folder.files.count, bytes: 0, of: 0)
      }
      if session.isCancelled { throw .cancelled }
    }
    grouping.finish()
    for source in grouping.groups.flatMap(\.sources) {
      instead += source.foreign.map { "\($0.file.path) is \($0.format.title), which is not read; \(Self.known)" }
      instead += source.unrecognised.map { "\($0.path) is no report of a known format; \(Self.known)" }
      loaded.refusals += source.unreadable
      loaded.unrecognised += (source.foreign.map(\.file) + source.unrecognised).map {
        RunFile(path: $0.path, kind: RunDescription.kind(of: $0), size: $0.size, location: $0.location)
      }
    }
    let archives = grouping.groups.flatMap(\.sources).flatMap(\.others).filter { ReportCandidate.isArchive($0.name) }
      .map { "\($0.path) is an archive: name it itself" }
    instead += archives
    let worth = worthShowing(grouping.groups, request)
    guard !worth.isEmpty else { throw .nothingToRead(paths: request.paths, instead: instead) }
    loaded.warnings += grouping.warnings + archives.prefix(Self.namedArchives)
    if archives.count > Self.namedArchives {
      loaded.warnings.append("\(archives.count - Self.namedArchives) more archives were not opened")
    }
    for group in grouping.groups where !group.isWorthShowing {
      for source in group.sources where !source.hasFiles || worth.count != 1 {
        loaded.warnings.append("\(source.folder.shownPath): nothing was there to read")
      }
    }
    return worth.sorted { ($0.startedAt?.milliseconds ?? 0) > ($1.startedAt?.milliseconds ?? 0) }
  }

  /// The runs among the groups. Where one alone is a run, files that came beside it are its own: `junit.xml basetemp/`.
  private static func worthShowing(_ groups: [RunGroup], _ request: LoadRequest) -> [RunGroup] {
    var worth = groups.filter(\.isWorthShowing)
    var beside = groups.filter { group in !group.isWorthShowing && group.sources.contains(where: \.hasFiles) }
    if worth.isEmpty, request.takesAnyFile, !beside.isEmpty { worth = [beside.removeFirst()] }
    if worth.count == 1 { worth[0].sources += beside.flatMap(\.sources) }
    return worth
  }

  private static func open(
    _ path: String, _ request: LoadRequest, _ session: LoadSession
  ) throws(LoadError) -> ArtifactFolder {
    let reader = ArtifactReader(cacheFolder: request.cacheFolder, hidden: ResultNames.hidden) { progress in
      switch progress {
      case .walking(let files): session.opening(.opening, path, files: files, bytes: 0, of: 0)
      case .unpacking(_, let packed, let total): session.opening(.unpacking, path, files: 0, bytes: packed, of: total)
      }
    } isReport: {
      ReportCandidate.isMeantAsReport($0)
    }
    do {
      return try reader.open(path)
    } catch {
      throw error == .cancelled ? .cancelled : .unreadable(path: path, error)
    }
  }

  /// Runs that only their folder names tell apart, and whose folders are named alike, get a number.
  private static func tellApart(_ runs: inout [Run]) {
    var seen: [RunIdentity: Int] = [:]
    for index in runs.indices {
      let identity = runs[index].info.identity
      let count = seen[identity, default: 0] + 1
      seen[identity] = count
      if count > 1 { runs[index].info.identity.source += " #\(count)" }
    }
  }

  /// Newest first; runs without a time last, by their ids.
  static func isNewer(_ left: Run, _ right: Run) -> Bool {
    if left.info.startedAt != right.info.startedAt {
      guard let leftTime = left.info.startedAt else { return false }
      guard let rightTime = right.info.startedAt else { return true }
      return leftTime > rightTime
    }
    return left.info.identity.id > right.info.identity.id
  }
}

/// What a load led to: the runs, and what `doctor` tells of how they were found.
package struct LoadedRuns: Sendable {
  /// Newest first.
  package var runs: [Run] = []
  /// The reports that were read.
  package var recognised: [RecognisedReport] = []
  /// Files that could be reports by their name and are of no known format.
  package var unrecognised: [RunFile] = []
  /// What was left alone in folders and archives.
  package var refusals: [Refusal] = []
  /// Things that look wrong and belong to no run, a sentence each.
  package var warnings: [String] = []
}

/// A report that was read.
package struct RecognisedReport: Sendable, Equatable {
  /// The path as it is shown.
  package let path: String
  /// The format's id.
  package let format: String
  /// How many results it holds as it counts them itself.
  package let cases: Int
}
