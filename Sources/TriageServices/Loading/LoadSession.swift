package import RunArtifacts
package import TriageModel
package import Workspace

/// What a load has come to, and whom it tells: at most ten times a second, unless something must be told at once.
final class LoadSession {
  private let publish: (LoadProgress) -> Bool
  private let clock = ContinuousClock()
  private var lastTold: ContinuousClock.Instant?
  private var progress = LoadProgress()
  private var finished: [Run] = []
  private var finishedTests = 0
  private var finishedFailing = 0
  private var finishedBytes = 0
  private(set) var isCancelled = false

  private static let pause = Duration.milliseconds(100)

  init(publish: @escaping (LoadProgress) -> Bool) {
    self.publish = publish
  }

  /// Tells how far opening is; false when the person stops it.
  func opening(_ phase: LoadProgress.Phase, _ path: String, files: Int, bytes: Int, of total: Int) -> Bool {
    progress.phase = phase
    progress.path = path
    progress.files = files
    progress.bytes = bytes
    progress.bytesTotal = total
    tellSometimes()
    return !isCancelled
  }

  /// Says what is going to be read.
  func plan(files: Int, bytes: Int) {
    progress.phase = .reading
    progress.files = 0
    progress.filesTotal = files
    progress.bytes = 0
    progress.bytesTotal = bytes
    tell()
  }

  /// Begins a report.
  func begin(_ path: String) { progress.path = path }

  /// Goes on within a report; false when the person stops it.
  func advance(bytes: Int, run: @autoclosure () -> Run) -> Bool {
    guard isDue else { return !isCancelled }
    let run = run()
    progress.bytes = finishedBytes + bytes
    progress.tests = finishedTests + run.table.count
    progress.failing = finishedFailing + run.table.failing
    progress.runs = (finished + [run]).sorted(by: RunLoader.isNewer)
    tell()
    return !isCancelled
  }

  /// Ends a report of the run with the given table.
  func end(bytes: Int, table: TestTable) {
    progress.files += 1
    finishedBytes += bytes
    progress.bytes = finishedBytes
    progress.tests = finishedTests + table.count
    progress.failing = finishedFailing + table.failing
    tellSometimes()
  }

  /// Ends a run.
  func end(_ run: Run) {
    finished.append(run)
    finishedTests += run.table.count
    finishedFailing += run.table.failing
    if isDue {
      progress.runs = finished.sorted(by: RunLoader.isNewer)
      tell()
    }
  }

  /// Tells the end.
  func done(_ runs: [Run]) {
    progress.phase = .done
    progress.runs = runs
    tell()
  }

  private var isDue: Bool { lastTold.map { clock.now - $0 >= Self.pause } ?? true }

  private func tellSometimes() {
    if isDue { tell() }
  }

  private func tell() {
    lastTold = clock.now
    if !publish(progress) { isCancelled = true }
    progress.runs = nil
  }
}

/// How far a load has come.
package struct LoadProgress: Sendable {
  /// What is being done.
  package enum Phase: String, Sendable {
    case opening
    case unpacking
    case reading
    case done
  }

  /// What is being done.
  package var phase = Phase.opening
  /// What is being read, as it is shown.
  package var path = ""
  /// Reports read; while opening, files found.
  package var files = 0
  /// Reports to read, 0 while that is not known.
  package var filesTotal = 0
  /// Bytes read or unpacked.
  package var bytes = 0
  /// Bytes to read or unpack, 0 while that is not known.
  package var bytesTotal = 0
  /// Tests read.
  package var tests = 0
  /// Failing tests among them.
  package var failing = 0
  /// What is known so far, newest run first; nil when the runs are as they were at the last call.
  package var runs: [Run]?
}

/// What to load, and what is known besides the artifacts.
package struct LoadRequest: Sendable, Equatable {
  /// Files, folders, archives; `-` is standard input.
  package var paths: [String]
  /// The repository the tests belong to, an absolute path; nil when there is none.
  package var repositoryRoot: String?
  /// Where archives are unpacked: `Directories.cache`.
  package var cacheFolder: String
  /// Whether the paths are parts of one run whatever speaks against it, as what lies in the usual places of a project
  /// is. Folders that say which run they are stay runs of their own.
  package var isOneRun = false
  /// Whether files without any report or log are a run too: a folder of what tests produced.
  package var takesAnyFile = false
  /// Whether the repository itself is the run: no report is there, but frameworks left outputs beside their goldens.
  package var isWorkingTree = false
  /// What the person says of the runs.
  package var overrides = RunOverrides()
  /// What the repository's configuration declares of a run's files.
  package var items = ItemSettings()
  /// The environment, for what a CI system says of the job around us.
  package var environment: [String: String] = [:]

  /// A request for the given paths.
  package init(paths: [String], repositoryRoot: String?, cacheFolder: String) {
    self.paths = paths
    self.repositoryRoot = repositoryRoot
    self.cacheFolder = cacheFolder
  }
}

/// What a person says of a run on the command line; it wins over what artifacts and CI systems say.
package struct RunOverrides: Sendable, Equatable {
  /// `--run-id`; not used when the artifacts name several runs.
  package var id: String?
  /// `--commit`
  package var commit: String?
  /// `--branch`
  package var branch: String?
  /// `--label K=V`
  package var labels: [String: String] = [:]

  /// Nothing said.
  package init() {}
}

/// Why nothing could be loaded. The text is whole: "could not open runs: there is no such file or folder".
package enum LoadError: Error, Equatable, CustomStringConvertible {
  /// One of the paths cannot be opened.
  case unreadable(path: String, ArtifactError)
  /// The paths hold neither reports nor logs; what was met instead, a clause each.
  case nothingToRead(paths: [String], instead: [String])
  /// The person stopped it.
  case cancelled

  /// The whole sentence, without the program's name.
  package var description: String {
    switch self {
    case .unreadable(let path, let error): return "could not open \(path): \(error)"
    case .nothingToRead(let paths, let instead):
      let shown = paths.isEmpty ? "anything" : paths.joined(separator: ", ")
      guard let first = instead.first else { return "could not read \(shown): nothing was there to read" }
      let more = instead.count > 1 ? ", and \(instead.count - 1) more" : ""
      return "could not read \(shown): nothing was there to read (\(first)\(more))"
    case .cancelled: return "could not finish loading: it was stopped"
    }
  }
}
