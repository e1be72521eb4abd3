internal import CIProviders
internal import Foundation
internal import RunArtifacts
internal import SafeText
internal import SystemKit
internal import TriageModel

/// Downloads what a run left into its folder: artifacts that may hold results, the logs of jobs that failed.
///
/// What is gone, too large or damaged is a loss of the run, and the rest is fetched all the same; where the network ends
/// or a right is missing, all ends, and what is here is taken up the next time.
struct RunDownload {
  private let listed: CIRun
  let contents: CIContents
  let folder: DownloadFolder
  let fetcher: RunFetcher
  var fetched: FetchedRun
  var warnings: [String] = []
  private var names: Set<String> = ["annotations", "logs", "files", "run.json"]
  /// Whether what is missing may come when it is asked for again.
  var mayCome = false

  /// Bytes of an artifact.
  static let artifactLimit = 4 << 30
  /// Things of one kind that are named.
  static let named = 5

  init(_ run: CIRun, _ contents: CIContents, into folder: DownloadFolder, fetcher: RunFetcher) {
    listed = run
    self.contents = contents
    self.folder = folder
    self.fetcher = fetcher
    fetched = FetchedRun(run: run, folder: folder.path)
    fetched.losses = run.losses + contents.losses
  }

  /// Fetches all of it.
  mutating func run() throws(FetchError) -> FetchedRun {
    try fetchLogs()
    try fetchAnnotations()
    try fetchArtifacts()
    try fetchResults()
    if listed.isRunning {
      let left = contents.jobs.count { $0.conclusion == nil }
      fetched.losses.append(
        "the run has not ended"
          + (left > 0 ? ": \(CountText.of(left, "job")) of \(contents.jobs.count) still to come" : ""))
    }
    warnFailedJobs()
    guard folder.finish(listed, losses: fetched.losses, warnings: warnings, isWhole: !listed.isRunning && !mayCome)
    else {
      throw .noFolder(folder.path, words: SystemWords.last)
    }
    return fetched
  }

  /// Says which jobs failed: a report of one of them says nothing of the others.
  private mutating func warnFailedJobs() {
    let failed = contents.jobs.filter(\.isFailed)
    for job in failed.prefix(Self.named) {
      let step = job.failedSteps.first.map { " in the step \($0)" } ?? ""
      warnings.append("the job \(job.name) ended with \(job.conclusion ?? "failure")\(step)")
    }
    let more = failed.count - Self.named
    if more > 0 { warnings.append("\(CountText.of(more, "more job")) ended otherwise than well") }
  }

  // MARK: - Artifacts

  private mutating func fetchArtifacts() throws(FetchError) {
    let expired = contents.artifacts.filter(\.isExpired)
    let choice = ArtifactChoice(patterns: fetcher.setting.artifacts.map { Glob($0) })
    let (wanted, left) = choice.parted(contents.artifacts.filter { !$0.isExpired })
    for artifact in choice.parted(expired).taken { lose(expired: artifact) }
    for (number, artifact) in wanted.enumerated() {
      try fetch(artifact, "\(artifact.name) (\(number + 1) of \(wanted.count))")
    }
    if !left.isEmpty {
      let shown = left.prefix(Self.named).map(\.name).joined(separator: ", ") + (left.count > Self.named ? " …" : "")
      let why = fetcher.setting.artifacts.isEmpty ? "their names are not those of reports" : "no pattern fits them"
      warnings.append("\(CountText.of(left.count, "artifact")) not fetched, since \(why): \(shown)")
    }
  }

  private mutating func lose(expired artifact: CIArtifact) {
    let since = artifact.expiresAt.map { " since \($0.dayText)" } ?? ""
    fetched.losses.append("the artifact \(artifact.name) is no longer there\(since)")
  }

  private mutating func fetch(_ artifact: CIArtifact, _ words: String) throws(FetchError) {
    let name =
      artifact.isFile
      ? "files/" + unique(DownloadFolder.plainPath(artifact.name), in: "files/", ending: "")
      : unique(DownloadFolder.plain(artifact.name), in: "", ending: "")
    if folder.has(name) {
      fetched.artifacts += 1
      fetched.losses += folder.losses(of: name)
      return
    }
    let what = "the artifact \(artifact.name)"
    let file = folder.partial("artifact-" + name)
    guard let head = try download(artifact.address, to: file, limit: Self.artifactLimit, what, words) else { return }
    if let expected = artifact.sha256, Self.hash(of: file) != expected {
      unlink(file)
      mayCome = true
      fetched.losses.append("\(what) is not what the service says it is (its SHA-256 differs)")
      return
    }
    if artifact.isFile {
      guard folder.place(file, at: name) else { throw .noFolder(folder.path, words: SystemWords.last) }
      fetched.artifacts += 1
      return
    }
    try unpack(file, as: name, artifact, head)
  }

  private static func hash(of path: String) -> ContentHash? {
    guard let file = try? RegularFile(path) else { return nil }
    return ContentHash { file.read(into: $0) }
  }

  /// Unpacks an archive into the artifact's own folder, or puts what is none there as it is.
  private mutating func unpack(
    _ file: String, as name: String, _ artifact: CIArtifact, _ head: HTTPHead
  ) throws(FetchError) {
    guard let empty = folder.emptyFolder(for: name) else { throw .noFolder(folder.path, words: SystemWords.last) }
    let progress = fetcher.setting.progress
    let reader = ArtifactReader(cacheFolder: fetcher.setting.cacheFolder, hidden: ResultNames.hidden) { _ in
      progress("unpacking \(name)")
    } isReport: {
      ReportCandidate.isMeantAsReport($0)
    }
    do throws(ArtifactError) {
      if let unpacked = try reader.unpack(file, into: empty) {
        let losses = losses(unpacked, of: artifact)
        guard folder.keep(losses, of: name) else { throw .noCache(folder: folder.path, words: SystemWords.last) }
        fetched.losses += losses
        unlink(file)
      } else if head.contentType == "text/html", !artifact.name.lowercased().hasSuffix(".html") {
        unlink(file)
        mayCome = true
        DownloadFolder.remove(empty)
        fetched.losses.append("the artifact \(artifact.name) came as a web page: the service wants a login")
        return
      } else {
        let own = head.headers["content-disposition"].flatMap(Self.fileName) ?? artifact.name
        guard rename(file, empty + "/" + DownloadFolder.plain(own)) == 0 else {
          throw .noCache(folder: empty, words: SystemWords.last)
        }
      }
    } catch .cancelled {
      throw .cancelled
    } catch {
      unlink(file)
      fetched.losses.append("the artifact \(artifact.name): \(error)")
      return
    }
    guard folder.place(empty, at: name) else { throw .noFolder(folder.path, words: SystemWords.last) }
    fetched.artifacts += 1
  }

  /// What of an archive is missed, a clause each.
  private mutating func losses(_ unpacked: UnpackedArchive, of artifact: CIArtifact) -> [String] {
    let name = "the artifact \(artifact.name)"
    if let first = unpacked.refusals.first {
      let count = unpacked.refusals.count == 1 ? "1 entry" : "\(CountText.of(unpacked.refusals.count)) entries"
      warnings.append("\(name): \(count) left alone (\(first.path): \(first.reason))")
    }
    let reports = unpacked.refusals.filter { ReportCandidate.isMeantAsReport(PathText.name($0.path)) }
    return (unpacked.damage.map { ["\(name): \($0)"] } ?? []) + reports.map { "\(name): \($0.path): \($0.reason)" }
  }

  /// `attachment; filename="report.xml"`.
  private static func fileName(_ disposition: String) -> String? {
    guard let range = disposition.range(of: "filename=") else { return nil }
    let value = disposition[range.upperBound...].prefix { $0 != ";" }
    return value.trimmingCharacters(in: CharacterSet(charactersIn: "\" "))
  }

  // MARK: - What the service knows itself

  /// Takes the service's own results where no report came; where some did, they must not tell of fewer failures.
  private mutating func fetchResults() throws(FetchError) {
    if contents.results.isEmpty { return }
    guard let failing = try failingInReports() else {
      for results in contents.results { try fetch(results) }
      return
    }
    let known = contents.results.reduce(0) { $0 + ($1.failing ?? 0) }
    if known > failing {
      fetched.losses.append(
        "the service knows of \(CountText.of(known, "failing test")), the reports that were fetched of \(CountText.of(failing))"
      )
    }
  }

  /// Failing tests in the reports that are here; nil where none is.
  private func failingInReports() throws(FetchError) -> Int? {
    var request = LoadRequest(paths: [folder.path], repositoryRoot: nil, cacheFolder: fetcher.setting.cacheFolder)
    request.takesAnyFile = true
    let progress = fetcher.setting.progress
    guard let loaded = try? RunLoader.load(request, publish: { _ in progress("") }) else { return nil }
    let tables = loaded.runs.map(\.table).filter { !$0.reports.isEmpty }
    return tables.isEmpty ? nil : tables.reduce(0) { $0 + $1.counts.failing }
  }

  private mutating func fetch(_ results: CIResults) throws(FetchError) {
    guard fetcher.setting.progress("asking for \(results.name)") else { throw .cancelled }
    do throws(CIError) {
      let tests = try fetcher.provider.results(results, fetcher.target, fetcher.session)
      if tests.isEmpty { return }
      let file = folder.partial("results")
      let text = Array(CIResultsDocument.junit(tests).utf8)
      let name = "results/" + DownloadFolder.plain(results.name) + ".junit.xml"
      guard text.withUnsafeBytes({ FileWriting.replace(file, by: $0) }), folder.place(file, at: name) else {
        throw .http(.file(SystemWords.last))
      }
      fetched.hasOwnResults = true
    } catch .missing {
      // A run without tests has none.
    } catch {
      fetched.losses.append(try worded(error, "the test report of the service"))
    }
  }

  // MARK: - What both have in common

  /// A name that no other artifact or log of the run has.
  mutating func unique(_ name: String, in folder: String, ending: String) -> String {
    var number = 1
    var candidate = name
    while !names.insert((folder + candidate + ending).lowercased()).inserted {
      number += 1
      candidate = "\(name)-\(number)"
    }
    return candidate
  }

  /// Downloads; nil where it is a loss of this one thing, which is then said.
  mutating func download(
    _ address: WebAddress, to file: String, limit: Int, _ what: String, _ words: String
  ) throws(FetchError) -> HTTPHead? {
    let setting = fetcher.setting
    guard setting.progress("fetching \(words)") else { throw .cancelled }
    do throws(CIError) {
      let head = try fetcher.session.download(
        address, to: file, limit: limit, what, right: "the right to read artifacts"
      ) {
        setting.progress("fetching \(words) \($0 >> 20)" + ($1.map { " of \($0 >> 20)" } ?? "") + " MB")
      }
      var status = stat()
      if stat(file, &status) == 0 { fetched.bytes += Int(status.st_size) }
      return head
    } catch {
      fetched.losses.append(try worded(error, what))
      return nil
    }
  }

  /// What an error means for one thing; where nothing else would come either, it ends all.
  mutating func worded(_ error: CIError, _ what: String) throws(FetchError) -> String {
    guard let loss = error.loss(of: what) else {
      throw error == .http(.cancelled) ? .cancelled : .service(link: fetcher.link, error)
    }
    mayCome = mayCome || !loss.isFinal
    return loss.words
  }
}

extension CIError {
  /// The loss of one thing that this is, and whether it is for good; nil where nothing else would come either.
  fileprivate func loss(of what: String) -> (words: String, isFinal: Bool)? {
    switch self {
    case .gone: ("\(what) is no longer there (410)", true)
    case .missing: ("\(what) is not there (404)", false)
    case .page: ("\(what) came as a web page: the service wants a login", false)
    case .status, .unreadable: ("\(what): \(self)", false)
    case .http(let error):
      switch error {
      case .tooLarge: ("\(what): \(error)", true)
      case .redirect, .unlike: ("\(what): \(error)", false)
      case .noLibrary, .network, .certificate, .timedOut, .cut, .limited, .file, .cancelled: nil
      }
    case .link, .unauthorized, .forbidden, .noRuns, .unsupported: nil
    }
  }
}
