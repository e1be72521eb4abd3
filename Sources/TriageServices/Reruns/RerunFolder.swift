internal import Foundation
internal import SystemKit
internal import TriageActions

/// The folder of one rerun: what its attempts left, and the plugin they use.
struct RerunFolder: Sendable {
  /// Folders that are kept; older ones are removed when a rerun begins.
  private static let mostKept = 20

  /// Its name: the second it began at, and which one of that it is.
  let id: String
  /// Where it lies.
  let path: String
  /// The folder that holds the plugin; nil where there is none.
  let modules: String?

  /// Makes it.
  init(in folder: String, plugin: [UInt8]) throws(RerunError) {
    guard FilePath.makeFolder(folder) else {
      throw .folder("the folder \(folder) cannot be made: \(SystemWords.last)")
    }
    Self.prune(folder)
    let name = Self.secondName()
    var made: (id: String, path: String)?
    for number in 1...1000 {
      let id = number == 1 ? name : "\(name)-\(number)"
      // Of two that begin in one second, one gets another name.
      if mkdir(folder + "/" + id, 0o700) == 0 {
        made = (id, folder + "/" + id)
        break
      }
      if errno != EEXIST { break }
    }
    guard let made else { throw .folder("a folder in \(folder) cannot be made: \(SystemWords.last)") }
    (id, path) = made
    modules = plugin.isEmpty ? nil : Self.write(plugin, in: made.path + "/modules")
  }

  private static func write(_ plugin: [UInt8], in folder: String) -> String? {
    guard mkdir(folder, 0o700) == 0 else { return nil }
    let file = folder + "/" + PytestReplay.module + ".py"
    return FileManager.default.createFile(atPath: file, contents: Data(plugin)) ? folder : nil
  }

  private static func secondName() -> String {
    var now = time(nil)
    var parts = tm()
    gmtime_r(&now, &parts)
    func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))T"
      + "\(two(parts.tm_hour))\(two(parts.tm_min))\(two(parts.tm_sec))Z"
  }

  /// Removes the oldest folders: their names are in the order of time.
  private static func prune(_ folder: String) {
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    for name in names.dropLast(mostKept - 1) { try? FileManager.default.removeItem(atPath: folder + "/" + name) }
  }

  /// The folder of a process of an attempt.
  func folder(attempt: Int, process: Int) -> String { path + "/attempt-\(attempt)-\(process)" }
}

/// A working tree of the repository at a commit, which is removed again.
struct RerunWorktree {
  /// Where it lies.
  let path: String
  private let git: Git

  /// Checks a commit out beside the others.
  init(
    of root: String, at commit: String, in folder: String, _ environment: [String: String]
  ) throws(RerunError) {
    path = folder + "/tree"
    git = Git(root: root, environment: environment)
    // Trees of reruns that were killed are forgotten first.
    _ = git.run(["worktree", "prune"], limit: 4096, seconds: 30)
    guard commit.allSatisfy(\.isHexDigit),
      git.run(["cat-file", "-e", commit + "^{commit}"], limit: 4096, seconds: 10) != nil
    else { throw .commit("the commit \(commit.prefix(12)) is not in this repository (git fetch)") }
    // The repository's hooks are not to be run for it.
    let arguments = ["-c", "core.hooksPath=/dev/null", "worktree", "add", "--detach", "--quiet", path, commit]
    guard git.run(arguments, limit: 1 << 16, seconds: 600) != nil else {
      throw .commit("git could not check \(commit.prefix(12)) out in \(path)")
    }
  }

  /// Removes it.
  func remove() {
    _ = git.run(["worktree", "remove", "--force", path], limit: 4096, seconds: 120)
  }
}
