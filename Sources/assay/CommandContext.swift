internal import CBundled
internal import Foundation
internal import Goldens
internal import SystemKit
internal import TriageServices
internal import Workspace

/// Where a command runs: the repository, its configuration, the person's settings and folders.
struct CommandContext {
  /// The process's environment.
  static let environment = ProcessInfo.processInfo.environment
  /// The person's folders.
  static let directories = Directories(environment: environment)

  /// The repository that is meant; nil outside of one.
  let repository: Repository?
  /// What the repository says of itself.
  let configuration: Configuration
  /// What the person has set.
  let settings: Settings
  /// Who owns which file.
  let owners: Owners

  /// Looks around; `-C` names a repository or a folder in one, else the one around the current directory is meant.
  init(repository folder: String?) throws(CommandFailure) {
    repository = try Self.repository(folder)
    do throws(ConfigurationError) {
      configuration = try Configuration(repository: repository)
      settings = try Settings(directories: Self.directories)
    } catch {
      throw .wrong("could not read the configuration: \(error)")
    }
    owners = Owners(repository: repository, configuration: configuration)
  }

  /// Finds the golden pairs of runs in this repository.
  var goldenFinder: GoldenFinder {
    GoldenFinder(
      repository: repository, rules: configuration.goldens, ignores: configuration.goldenIgnores,
      cacheFolder: Self.directories.cache)
  }

  /// The runbooks of this repository.
  var runbooks: RunbookLibrary {
    RunbookLibrary(
      repository: repository, configuration: configuration, now: WallClock.now(environment: Self.environment))
  }

  /// What the team decided and kept; what could not be read of it is said on standard error.
  func records(_ history: HistoryService?) -> TeamRecords {
    let now = WallClock.now(environment: Self.environment)
    let records = TeamRecords(repository, now: now) { history?.rekeyed($0) ?? [:] }
    for problem in records.problems { StandardError.write("assay: \(problem)") }
    return records
  }

  /// Decides on goldens in this repository.
  func decisions(isReadOnly: Bool, allowsCI: Bool) -> DecisionService {
    var service = DecisionService(
      repository: repository, directories: Self.directories,
      permission: WritePermission(isReadOnly: isReadOnly, allowsCI: allowsCI, environment: Self.environment),
      environment: Self.environment, configuration: configuration)
    service.reruns = reruns(nil)
    return service
  }

  /// Runs tests of this repository again, and keeps what came of it in a history; nil outside of a repository.
  func reruns(_ history: HistoryService?) -> RerunService? {
    guard let repository else { return nil }
    let file = bundled_replay_plugin()
    let plugin = Array(UnsafeRawBufferPointer(start: file.bytes, count: file.length))
    let context = self
    return RerunService(
      repository: repository, configuration: configuration, directories: Self.directories,
      environment: Self.environment, history: history, plugin: plugin, supervisor: Supervisor.executable,
      isTrusted: { context.trustsConfiguration })
  }

  /// The repository that `-C` names, or the one around the current directory.
  static func repository(_ folder: String?) throws(CommandFailure) -> Repository? {
    guard let folder else { return Repository.around(".") }
    if let repository = Repository.around(folder) { return repository }
    guard let path = FilePath.resolved(folder) else {
      throw .wrong("could not use the repository \(folder): \(SystemWords.last)")
    }
    return Repository(root: path)
  }
}
