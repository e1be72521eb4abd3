internal import SafeText
internal import ReportFormats
internal import RunArtifacts
internal import TriageModel
internal import Workspace

/// Reads the reports of one group and makes the run of them.
struct RunAssembly {
  private let group: RunGroup
  private let overrides: RunOverrides
  private let repositoryHas: (String) -> Bool
  private let session: LoadSession
  /// What the configuration declares of the run's files, and the repository's folder.
  private let declared: (items: ItemSettings, root: String?)
  private var builder = TestTableBuilder()
  private var info: RunInfo
  /// What is known before the reports are read. Progress shows this: a copy of `info`, made for each report, would
  /// copy what all of them lost and warned of.
  private let known: RunInfo
  private var exitCode: Int?
  /// The files of each source.
  private let sourceFiles: [SourceFiles]
  /// What comes before the paths of each source's files.
  private let prefixes: [String]
  /// The reports that were read.
  private(set) var recognised: [RecognisedReport] = []

  init(
    _ group: RunGroup, overrides: RunOverrides, commitTitles: [String: String],
    repositoryHas: @escaping (String) -> Bool, session: LoadSession,
    declared: (items: ItemSettings, root: String?) = (ItemSettings(), nil)
  ) {
    self.declared = declared
    self.group = group
    self.overrides = overrides
    self.repositoryHas = repositoryHas
    self.session = session
    let name = group.name
    prefixes = Self.prefixes(of: group)
    sourceFiles = group.sources.map(SourceFiles.init)
    info = RunInfo(identity: group.identity ?? RunIdentity(source: name, id: name))
    if info.identity.source.isEmpty { info.identity.source = name }
    info.commit = RunDescription.commit(of: group, overrides: overrides)
    info.commitTitle = info.commit.flatMap { commitTitles[$0] }
    info.branch = overrides.branch ?? group.manifest { $0.branch } ?? group.environment?.branch
    info.startedAt = group.manifestStart ?? group.environment?.startedAt
    info.selection = group.manifest { $0.selection }
    info.link = group.manifest { $0.link }
    info.labels = RunDescription.labels(of: group, overrides: overrides)
    for source in group.sources { info.warnings += source.manifest?.warnings ?? [] }
    info.warnings += group.warnings
    known = info
  }

  /// Reads all reports, richest format first.
  mutating func run() throws(LoadError) -> Run {
    let reports = group.sources.enumerated().flatMap { number, source in
      source.reports.map { (number: number, report: $0) }
    }
    let ordered = reports.sorted { left, right in
      if left.report.format.richness != right.report.format.richness {
        return left.report.format.richness > right.report.format.richness
      }
      return (left.number, left.report.place, left.report.file.path)
        < (right.number, right.report.place, right.report.file.path)
    }
    var rest = ordered[...]
    while let (number, report) = rest.first {
      // The files of a format that has one test in each are one report a folder.
      let isTogether = report.format.isOneReportAFolder
      let together = rest.prefix { next in
        isTogether && next.number == number && next.report.format == report.format
          && next.report.file.folder == report.file.folder
      }
      rest = rest.dropFirst(max(together.count, 1))
      try read(isTogether ? together.map(\.report) : [report], of: number)
    }
    finish(reports.map(\.report.file))
    return Run(info: info, table: builder.table)
  }

  /// Reads the files of one report.
  private mutating func read(_ reports: [RunGroup.Report], of source: Int) throws(LoadError) {
    guard let report = reports.first else { return }
    let first = shown(report.file, of: source)
    let folder = PathText.folder(first)
    let path = reports.count > 1 && !folder.isEmpty ? folder : first
    // What a leg's own run.json says of it alone is no label of the run, and surer than its path.
    let own = (group.sources[source].manifest?.labels ?? [:]).filter { known.labels[$0.key] != $0.value }
    let labels = PathLabels(labelPath(report.file, of: source)).labels.merging(own) { $1 }
    builder.beginReport(
      ReportInfo(path: path, folder: folder, format: report.format.id, labels: labels),
      isCompanion: report.format.isCompanion)
    let session = session
    let info = known
    session.begin(path)
    let inputs = reports.map { report in
      let location = report.file.location
      var input = ReportInput(
        path: shown(report.file, of: source), open: { () throws(ByteSourceError) in try FileSource(location) },
        repositoryHas: repositoryHas,
        progress: { bytes, table in session.advance(bytes: bytes, run: Run(info: info, table: table)) })
      input.size = report.file.size
      input.beside = sourceFiles[source].beside(report.file)
      return input
    }
    var input = inputs[0]
    input.others = Array(inputs.dropFirst())
    let result = report.format.read(input, into: &builder)
    builder.endReport()
    self.info.partial += result.damages
    self.info.warnings += result.warnings.map { "\(path): \($0)" }
    if (exitCode ?? 0) == 0 { exitCode = result.exitCode ?? exitCode }
    recognised.append(RecognisedReport(path: path, format: report.format.id, cases: result.caseCount))
    session.end(bytes: reports.reduce(0) { $0 + $1.file.size }, table: builder.table)
    if session.isCancelled { throw .cancelled }
  }

  /// What is known only when all reports were read.
  private mutating func finish(_ reports: [ArtifactFile]) {
    info.exitCode =
      group.manifest { $0.exitCode == 0 ? nil : $0.exitCode } ?? group.manifest { $0.exitCode } ?? exitCode
    info.startedAt = info.startedAt ?? builder.table.reports.compactMap(\.startedAt).filter(\.isTrusted).min()
    let time = info.startedAt ?? newest(reports)
    if group.identity == nil { info.identity.id = ownID(time, reports) }
    info.startedAt = time
    info.files = files()
    readDeclared()
    info.warnings += RunSecrets.warnings(in: info.files)
    let unread = UnreadReports(group, builder.table) { file, source in shown(file, of: source) }
    info.unread = unread.files
    let logs = JobLogs(info.files)
    info.completeness = RunCompleteness(group, info, builder.table).judge(logs, &info.warnings)
    info.took = group.took ?? logs.took
  }

  private mutating func readDeclared() {
    if declared.items.isEmpty { return }
    var items = DeclaredItems(declared.items, root: declared.root, files: info.files)
    items.add(to: &builder)
    info.partial += items.damages
  }

  /// When the newest report was written, or where there is none, the newest file.
  private func newest(_ reports: [ArtifactFile]) -> Timestamp? {
    let files = reports.isEmpty ? group.sources.flatMap(\.allOthers) : reports
    return files.compactMap(\.modified).filter(\.isTrusted).max()
  }

  /// The id of a run that nobody gave one: when it began, as its reports say. Where only its files have a time, which is
  /// often that of a copy, or nothing has, a folder's name would make one run of many: then what it holds counts too.
  private func ownID(_ time: Timestamp?, _ reports: [ArtifactFile]) -> String {
    if info.startedAt != nil, let time { return time.description }
    return (time?.description ?? "content") + "-" + contentHash(reports)
  }

  /// Tells runs apart that are known by what they hold alone.
  private func contentHash(_ reports: [ArtifactFile]) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for file in reports.isEmpty ? group.sources.flatMap(\.allOthers) : reports {
      let head = (try? FileExcerpt.head(of: file.location, count: 1 << 20))?.bytes ?? []
      for byte in Array(file.path.utf8) + head { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    }
    return String(hash, radix: 16).suffix(8).description
  }

  private func files() -> [RunFile] {
    var files: [RunFile] = []
    for (number, source) in group.sources.enumerated() {
      for report in source.reports { files.append(file(report.file, .report, of: number)) }
      for other in source.allOthers {
        // What was given alone and is no report was taken because it is a log.
        let isLog = source.folder.isSingleFile && source.unreadable.isEmpty && source.others.contains(other)
        files.append(file(other, isLog ? .log : RunDescription.kind(of: other), of: number))
      }
    }
    let order: [RunFile.Kind: Int] = [.log: 0, .report: 1, .text: 2, .image: 3, .data: 4, .other: 5]
    return files.sorted { left, right in
      (order[left.kind] ?? 9, left.path) < (order[right.kind] ?? 9, right.path)
    }
  }

  private func file(_ file: ArtifactFile, _ kind: RunFile.Kind, of source: Int) -> RunFile {
    RunFile(path: shown(file, of: source), kind: kind, size: file.size, location: file.location)
  }

  /// A file's path inside the run.
  private func shown(_ file: ArtifactFile, of source: Int) -> String {
    prefixes[source] + group.sources[source].path(of: file)
  }

  /// With several sources, files are told apart by the name of theirs, or by its whole path where names are alike.
  private static func prefixes(of group: RunGroup) -> [String] {
    guard group.sources.count > 1 else { return [""] }
    var uses: [String: Int] = [:]
    for source in group.sources { uses[source.name, default: 0] += 1 }
    return group.sources.map { source in
      let isUnique = uses[source.name] == 1
      guard source.folder.isSingleFile else { return (isUnique ? source.name : source.folder.shownPath) + "/" }
      if isUnique { return "" }
      return source.folder.shownPath.lastIndex(of: "/").map { String(source.folder.shownPath[...$0]) } ?? ""
    }
  }

  /// The path that labels are read from: with the name of the archive or folder, which often names the job, whether it
  /// came alone or with others.
  private func labelPath(_ file: ArtifactFile, of source: Int) -> String {
    let opened = group.sources[source]
    return opened.name + "/" + opened.path(of: file)
  }
}
