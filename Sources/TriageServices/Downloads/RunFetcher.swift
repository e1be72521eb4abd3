package import CIProviders
internal import Foundation
internal import RunArtifacts
internal import SafeText
package import SystemKit
package import TriageModel

/// Why what a link leads to is not here. The text is whole: "could not fetch LINK: …".
package enum FetchError: Error, Equatable, CustomStringConvertible {
  /// The service could not be asked, or does not give it.
  case service(link: String, CIError)
  /// There is nowhere to put it; the folder and the system's words.
  case noFolder(String, words: String)
  /// The person stopped it.
  case cancelled

  /// The whole sentence, without the program's name.
  package var description: String {
    switch self {
    case .service(let link, let error): "could not fetch \(link): \(error)"
    case .noFolder(let folder, let words): "could not fetch into \(folder): \(words)"
    case .cancelled: "could not finish fetching: it was stopped (what is here is taken up the next time)"
    }
  }
}

/// Where and how runs are fetched.
package struct FetchSetting: Sendable {
  /// The folder of the person's cache.
  package var cacheFolder: String
  /// Where the person wants them instead; nil for the cache.
  package var folder: String?
  /// Patterns for the names of artifacts; empty where names decide.
  package var artifacts: [String] = []
  /// What is known around links.
  package var world: CIWorld
  /// What carries questions.
  package var transport: any HTTPTransport
  /// The time.
  package var clock = HTTPClock.system
  /// Hears what is going on, as words; false ends it.
  package var progress: @Sendable (String) -> Bool = { _ in true }
  /// Hears what a person should know although it goes on: that it waits, and until when.
  package var notice: @Sendable (String) -> Void = { _ in }

  /// A setting.
  package init(cacheFolder: String, world: CIWorld, transport: any HTTPTransport) {
    self.cacheFolder = cacheFolder
    self.world = world
    self.transport = transport
  }
}

/// A run that was fetched.
package struct FetchedRun: Sendable, Equatable {
  /// The run as its service lists it.
  package var run: CIRun
  /// The folder that it lies in.
  package var folder: String
  /// Whether it was here before.
  package var wasKnown = false
  /// Artifacts that are here now.
  package var artifacts = 0
  /// Logs that are here now.
  package var logs = 0
  /// Bytes that came.
  package var bytes = 0
  /// Whether results of tests came from the service itself.
  package var hasOwnResults = false
  /// What is missing, a clause each.
  package var losses: [String] = []

  /// Whether nothing of it tells of tests.
  package var isEmpty: Bool { !wasKnown && artifacts == 0 && logs == 0 && !hasOwnResults }
}

/// Fetches the runs that a link leads to.
package struct RunFetcher: Sendable {
  /// The link as it was given.
  package let link: String
  let target: CITarget
  let provider: any CIProvider.Type
  let session: CISession
  let setting: FetchSetting

  /// Finds out whose a link is; asks nobody.
  package init(_ link: String, _ setting: FetchSetting) throws(FetchError) {
    self.link = link
    self.setting = setting
    let target: CITarget
    do throws(CIError) {
      target = try CIProviders.target(link, setting.world)
    } catch {
      throw .service(link: link, error)
    }
    guard let provider = CIProviders.provider(target.service) else { throw .cancelled }
    self.target = target
    self.provider = provider
    var watch = HTTPWatch()
    watch.waiting = setting.notice
    watch.goesOn = { setting.progress("") }
    let cache = HTTPCache(folder: setting.cacheFolder + "/answers") { ContentHash(of: $0).hex }
    session = CISession(
      HTTPClient(setting.transport, clock: setting.clock, cache: cache, watch: watch), provider, target, setting.world)
  }

  /// The service's name.
  package var service: String { provider.title }

  /// The runs that are chosen, the newest first; at least one.
  package func runs(_ choice: CIChoice) throws(FetchError) -> [CIRun] {
    guard setting.progress("asking \(provider.title) for the runs of \(target.project)") else { throw .cancelled }
    let runs = try asked { () throws(CIError) in try provider.runs(target, choice, session) }
    guard !runs.isEmpty else { throw .service(link: link, .noRuns("no run fits (\(target.project))")) }
    return runs
  }

  /// Fetches a run, or what is missing of it.
  package func fetch(_ run: CIRun) throws(FetchError) -> FetchedRun {
    if let name = run.handle["file"] { return try fetchFile(run, name) }
    let path = folder(of: run)
    if DownloadFolder.isWhole(path), run.handle["job"] == nil {
      utimes(path, nil)
      return FetchedRun(run: run, folder: path, wasKnown: true)
    }
    guard let folder = DownloadFolder(path) else { throw .noFolder(path, words: SystemWords.last) }
    guard setting.progress("asking what \(run.title) left") else { throw .cancelled }
    let contents = try asked { () throws(CIError) in try provider.contents(of: run, target, session) }
    var download = RunDownload(run, contents, into: folder, fetcher: self)
    return try download.run()
  }

  /// Fetches a file of the web, unless the one that is here is still the same; it is opened as it is.
  private func fetchFile(_ run: CIRun, _ name: String) throws(FetchError) -> FetchedRun {
    let top = setting.folder ?? setting.cacheFolder + "/downloads/web/" + ContentHash(of: run.identity.id.utf8).hex
    guard FilePath.makeFolder(top) else { throw .noFolder(top, words: SystemWords.last) }
    var fetched = FetchedRun(run: run, folder: top + "/" + DownloadFolder.plain(name))
    let partial = top + "/." + DownloadFolder.plain(name)
    let head = try asked { () throws(CIError) in
      try session.download(
        target.api, to: partial, limit: RunDownload.artifactLimit, "file \(name)", right: "leave to read it"
      ) {
        setting.progress("fetching \(name) \($0 >> 20)" + ($1.map { " of \($0 >> 20)" } ?? "") + " MB")
      }
    }
    if head.contentType == "text/html", !name.lowercased().hasSuffix(".html") {
      unlink(partial)
      throw .service(
        link: link, .page(host: target.api.origin.host, hint: "the address may want a login (~/.netrc)"))
    }
    guard rename(partial, fetched.folder) == 0 else { throw .noFolder(top, words: SystemWords.last) }
    fetched.artifacts = 1
    return fetched
  }

  /// Removes what was fetched of a run that is not looked at: one that was here before stays.
  package func letGo(of fetched: FetchedRun) {
    if !fetched.wasKnown, setting.folder == nil { DownloadFolder.remove(fetched.folder) }
  }

  /// Removes from the cache what was not used for long.
  package func prune() { DownloadCache.prune(setting.cacheFolder) }

  /// The jobs of a run.
  package func jobs(of run: CIRun) throws(FetchError) -> ServiceJobs {
    let jobs = try asked { () throws(CIError) in try provider.contents(of: run, target, session).jobs }
    var answer = ServiceJobs(
      service: provider.title, run: "\(run.title) of \(target.project)",
      jobs: jobs.map { job in
        var answer = ServiceJobs.Job(id: job.id, name: job.name)
        (answer.seconds, answer.conclusion) = (job.seconds, job.conclusion)
        answer.outcome = job.conclusion.map { word in
          job.isFailed ? .failed(nil) : CIConclusion.isLeftOut(word) ? .unusable("it was \(word)") : .passed
        }
        return answer
      })
    answer.isRunning = run.isRunning
    return answer
  }

  /// The run of an identity as it is now; nil where there is none yet.
  package func run(_ identity: RunIdentity) throws(FetchError) -> CIRun? {
    var target = target
    target.subject = .run(identity.id, attempt: identity.attempt)
    let whole = target
    do throws(CIError) {
      return try provider.runs(whole, CIChoice(), session).first { $0.identity == identity }
    } catch .missing {
      return nil
    } catch {
      throw .service(link: link, error)
    }
  }

  /// Asks for a run to be run again there; a rehearsal tells of the requests instead.
  package func rerun(
    _ scope: JobScope, of run: CIRun, rehearsal: (@Sendable (String) -> Void)? = nil
  ) throws(FetchError) -> CIRerun {
    var session = session
    session.rehearsal = rehearsal
    let chosen = session
    return try asked { () throws(CIError) in try provider.rerun(scope, of: run, target, chosen) }
  }

  func asked<Value>(_ body: () throws(CIError) -> Value) throws(FetchError) -> Value {
    do throws(CIError) {
      return try body()
    } catch {
      throw error == .http(.cancelled) ? .cancelled : .service(link: link, error)
    }
  }

  /// The folder of a run: below the person's, or in the cache by service and host.
  func folder(of run: CIRun) -> String {
    let top =
      setting.folder ?? setting.cacheFolder + "/downloads/\(target.service)/"
      + DownloadFolder.plain(target.api.origin.host)
    let id = run.identity.attempt > 1 ? "\(run.identity.id)-\(run.identity.attempt)" : run.identity.id
    return top + "/" + DownloadFolder.plainPath(target.project) + "/" + DownloadFolder.plain(id)
  }
}
