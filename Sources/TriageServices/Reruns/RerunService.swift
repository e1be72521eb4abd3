internal import Foundation
internal import RunHistory
internal import SafeText
internal import Synchronization
internal import SystemKit
package import TriageActions
package import TriageModel
package import Workspace

/// Runs tests of a repository again: plans it, carries it out, and keeps what came of it.
///
/// Blocking; callers give it a thread of its own. Reruns are kept in the history beside the runs of CI, never among
/// them: no verdict on a run of CI counts them.
package struct RerunService: Sendable {
  let repository: Repository
  let settings: RerunSettings
  let environment: [String: String]
  /// The history that attempts are kept beside; nil for none.
  package var history: HistoryService?
  /// The pytest plugin that shows Hypothesis tests the inputs that they failed with.
  let plugin: [UInt8]
  /// The program that supervises processes, so that none outlives this one; nil for none.
  let supervisor: String?
  /// The folder of what reruns leave.
  let folder: String
  /// Whether a person trusts the commands that the repository names.
  package let isTrusted: @Sendable () -> Bool
  private let found = FoundFolders()

  /// Reruns in a repository; without a history nothing of them is kept but their files.
  package init(
    repository: Repository, configuration: Configuration, directories: Directories, environment: [String: String],
    history: HistoryService?, plugin: [UInt8] = [], supervisor: String? = nil,
    isTrusted: @escaping @Sendable () -> Bool = { false }
  ) {
    self.isTrusted = isTrusted
    self.supervisor = supervisor
    self.repository = repository
    settings = configuration.rerun
    self.environment = environment
    self.history = history
    self.plugin = plugin
    folder = directories.state + "/reruns"
  }

  /// Half of the cores, or what the repository says.
  package var usualJobs: Int { settings.jobs ?? max(1, ProcessInfo.processInfo.activeProcessorCount / 2) }

  /// How likely a wrong answer may be, 0 … 1.
  package var error: Double { settings.error }

  /// Whether a way is known to run a test.
  package func knows(_ test: RerunTest) -> Bool { !planner(RerunOrder()).plan([test]).invocations.isEmpty }

  /// What a rerun would run.
  package func plan(_ tests: [RerunTest], _ order: RerunOrder) -> RerunPlan {
    var plan = planner(order).plan(tests)
    plan.warnings += order.place == .here ? treeWarnings : []
    return plan
  }

  /// What the plan of an action is made in.
  var setting: RerunSetting {
    let error = error
    var setting = RerunSetting(context: context, jobs: usualJobs, isTrusted: isTrusted()) {
      RerunStop.passes(of: $0, error: error)
    }
    setting.treeWarnings = treeWarnings
    return setting
  }

  /// Whether a file of a report's test is here: below the repository's root, or that of a project in it.
  func has(_ file: String) -> Bool {
    repository.has(file)
      || found.folders(of: String(file.split(separator: "/").last ?? ""), in: repository.root, environment)
        .contains { ($0 + "/" + file).hasSuffix(file) }
  }

  func planner(_ order: RerunOrder) -> RerunPlanner { RerunPlanner(order, in: context) }

  private var context: RerunContext {
    let (repository, found, environment) = (repository, found, environment)
    return RerunContext(
      root: repository.root, environment: environment, rules: settings.rules, has: { repository.has($0) },
      folders: { found.folders(of: $0, in: repository.root, environment) },
      hasProgram: { ProgramLookup.has($0, environment) })
  }

  private var treeWarnings: [String] {
    RerunCheckout(root: repository.root, environment: environment).isDirty
      ? ["files here differ from the commit: what is found holds for them"] : []
  }
}

extension RerunService {
  /// Lines that are shown of a process that runs.
  private static let shownLines = 60

  /// The last lines of what a process printed so far, safe to show.
  package static func tail(of file: String) -> [String] {
    let text = String(decoding: bytes(atEndOf: file, 16_384), as: UTF8.self)
    return Sanitizer.lines(text).suffix(shownLines).map { Sanitizer.line($0, limit: 1000) }
  }

  /// The last bytes of a file; empty when it cannot be read.
  static func bytes(atEndOf path: String, _ count: Int) -> [UInt8] {
    guard let file = FileHandle(forReadingAtPath: path) else { return [] }
    defer { try? file.close() }
    let size = (try? file.seekToEnd()) ?? 0
    try? file.seek(toOffset: size > UInt64(count) ? size - UInt64(count) : 0)
    return (try? file.read(upToCount: count)).flatMap { $0 }.map { Array($0) } ?? []
  }
}

extension RerunTest {
  /// Characters of a failure that are looked through for the inputs it failed with.
  private static let longestSaying = 200_000

  /// A test of a run as a rerun needs it.
  package init(_ test: TestIndex, in dossier: RunDossier) {
    let table = dossier.run.table
    self.init(
      id: table.id(of: test), suite: table.suiteName(table.suite(of: test)), name: table.name(of: test),
      format: table.report(of: test).format)
    let definition = table.definition(of: test)
    (file, line) = (definition?.file, definition?.line)
    duration = table.duration(of: test)
    labels = dossier.run.labels(of: test)
    signature = dossier.signature(of: test)
    failureRate = dossier.standings[test]?.verdict.rate
    if table.outcome(of: test).isFailing || !table.hasSingleAttempt(test) {
      saying = Self.saying(table.attempts(of: test))
    }
  }

  private static func saying(_ attempts: [Attempt]) -> String {
    let failures = attempts.flatMap(\.failures)
    return String(failures.map { $0.message + "\n" + $0.details }.joined(separator: "\n").prefix(longestSaying))
  }
}

/// The state of a repository that tests are run at.
struct RerunCheckout: Sendable, Equatable {
  /// The commit; nil where there is none.
  let commit: String?
  /// The branch; nil on none.
  let branch: String?
  /// Whether files that git keeps differ from the commit.
  let isDirty: Bool

  /// Asks git.
  init(root: String, environment: [String: String]) {
    let git = Git(root: root, environment: environment)
    func line(_ arguments: [String]) -> String? {
      git.run(arguments, limit: 4096, seconds: 10).map {
        String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
      }
    }
    commit = line(["rev-parse", "--verify", "HEAD^{commit}"])
    branch = line(["symbolic-ref", "--short", "--quiet", "HEAD"])
    let status = git.run(
      ["status", "--porcelain", "--untracked-files=no", "--ignore-submodules"], limit: 1 << 24, seconds: 30)
    isDirty = status.map { !$0.isEmpty } ?? (commit != nil)
  }
}

/// Folders that hold files of some name, looked for once.
private final class FoundFolders: Sendable {
  private static let mostEntries = 50_000
  private static let deepest = 5
  private static let skipped: Set<String> = ["node_modules", "target", "vendor", "__pycache__"]
  private let known = Mutex<[String: [String]]>([:])

  /// The folders with a file of the name, relative to the root, the nearest to it first: what git keeps, else what lies
  /// there.
  func folders(of name: String, in root: String, _ environment: [String: String]) -> [String] {
    if let found = known.withLock({ $0[name] }) { return found }
    var files = tracked(name, root, environment)
    if files.isEmpty { files = lying(name, root) }
    let folders = files.map { file in file.lastIndex(of: "/").map { String(file[..<$0]) } ?? "" }
      .sorted { ($0.split(separator: "/").count, $0) < ($1.split(separator: "/").count, $1) }
    known.withLock { $0[name] = folders }
    return folders
  }

  private func tracked(_ name: String, _ root: String, _ environment: [String: String]) -> [String] {
    // A name of a report may hold what git takes for a pattern.
    let paths = [
      ":(literal)" + name,
      ":(glob)**/"
        + name.reduce(into: "") { text, letter in
          if "\\*?[]".contains(letter) { text.append("\\") }
          text.append(letter)
        },
    ]
    let git = Git(root: root, environment: environment)
    guard let bytes = git.run(["ls-files", "-z", "--"] + paths, limit: 1 << 22, seconds: 10) else { return [] }
    return Array(Set(bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }))
  }

  /// Whether it is a folder, and no link to one: links make circles.
  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  private func lying(_ name: String, _ root: String) -> [String] {
    var files: [String] = []
    var rest = [""]
    var entries = 0
    while !rest.isEmpty {
      let folder = rest.removeFirst()
      let path = folder.isEmpty ? root : root + "/" + folder
      for entry in ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() {
        entries += 1
        if entries > Self.mostEntries { return files }
        let relative = folder.isEmpty ? entry : folder + "/" + entry
        if entry == name { files.append(relative) }
        guard !entry.hasPrefix("."), !Self.skipped.contains(entry),
          relative.split(separator: "/").count < Self.deepest, Self.isFolder(root + "/" + relative)
        else { continue }
        rest.append(relative)
      }
    }
    return files
  }
}
