internal import Foundation
internal import Synchronization
internal import SystemKit
package import TriageModel

/// The runbooks of a repository, as they lie on disk; a page is read again when its file has changed.
package final class RunbookFolder: Sendable {
  /// Where runbooks lie when the configuration does not say.
  package static let standard = "runbooks"
  /// Bytes of a page.
  package static let sizeLimit = 1 << 20
  /// Pages, and folders below one another.
  static let pageLimit = 2000
  static let depthLimit = 8

  private let repository: Repository?
  private let paths: [String]
  private let isConfigured: Bool
  private let known = Mutex(Known())

  private struct Known {
    var pages: [String: (identity: FileContents.Identity, page: Runbook)] = [:]
    var last: Reading?
  }

  /// What lies in the folders.
  package struct Reading: Sendable, Equatable {
    /// The pages, by their path.
    package var pages: [Runbook] = []
    /// What could not be read, a sentence each.
    package var problems: [String] = []
  }

  /// The runbooks of a repository; without one there are none.
  package init(repository: Repository?, configuration: Configuration) {
    self.repository = repository
    isConfigured = !configuration.runbooks.isEmpty
    paths = isConfigured ? configuration.runbooks : [Self.standard]
  }

  /// Where a new page would lie.
  package var first: String { paths.first { !$0.hasSuffix(".md") } ?? Self.standard }

  /// Reads what has changed since the last time, and says whether anything has.
  package func read() -> (reading: Reading, isNew: Bool) {
    known.withLock { known in
      var walk = Walk(repository, known.pages)
      for path in paths { walk.add(path, isConfigured: isConfigured) }
      known.pages = walk.kept
      walk.reading.pages.sort { $0.path < $1.path }
      let isNew =
        walk.isNew || known.last == nil || known.last?.problems != walk.reading.problems
        || known.last?.pages.count != walk.reading.pages.count
      known.last = walk.reading
      return (walk.reading, isNew)
    }
  }

  /// One look at the folders.
  private struct Walk {
    private let repository: Repository?
    private let before: [String: (identity: FileContents.Identity, page: Runbook)]
    var kept: [String: (identity: FileContents.Identity, page: Runbook)] = [:]
    var reading = Reading()
    var isNew = false

    init(_ repository: Repository?, _ before: [String: (identity: FileContents.Identity, page: Runbook)]) {
      self.repository = repository
      self.before = before
    }

    /// Adds a page, or the pages in a folder.
    mutating func add(_ path: String, isConfigured: Bool) {
      guard let repository else { return }
      guard let real = FilePath.resolved(repository.root + "/" + path) else {
        if isConfigured { problem(path, "\(SystemWords.last)") }
        return
      }
      guard FilePath.lies(real, in: repository.root) else { return problem(path, "it leads out of the repository") }
      if path.hasSuffix(".md") { return addPage(path, in: repository) }
      do throws(FileError) {
        try addFolder(try Folder(path: real), path, depth: 0, in: repository)
      } catch {
        problem(path, "\(error)")
      }
    }

    private mutating func addFolder(
      _ folder: Folder, _ path: String, depth: Int, in repository: Repository
    ) throws(FileError) {
      for name in try folder.names().sorted() where !name.hasPrefix(".") {
        let inner = path + "/" + name
        guard let status = try folder.status(name) else { continue }
        if status.st_mode & S_IFMT == S_IFDIR {
          guard depth < depthLimit else {
            problem(inner, "it lies more than \(depthLimit) folders deep (limit)")
            continue
          }
          guard let next = try folder.folder(name) else { continue }
          try addFolder(next, inner, depth: depth + 1, in: repository)
        } else if name.hasSuffix(".md") || name.hasSuffix(".markdown") {
          addPage(inner, in: repository)
        }
      }
    }

    private mutating func addPage(_ path: String, in repository: Repository) {
      guard reading.pages.count < pageLimit else {
        let words = "more than \(pageLimit) runbooks (limit): the rest is not read"
        if reading.problems.last != words { reading.problems.append(words) }
        return
      }
      do throws(FileError) {
        let file = try RepositoryFile(own: path, in: repository)
        guard let folder = try file.folder(), let status = try folder.status(file.name) else { return }
        let identity = FileContents.Identity(status)
        if let known = before[path], known.identity == identity { return keep(known.page, identity) }
        guard let contents = try folder.read(file.name, limit: sizeLimit) else { return }
        isNew = true
        keep(Runbook(path: path, text: String(decoding: contents.bytes, as: UTF8.self)), contents.identity)
      } catch .tooLarge {
        problem(path, "it is larger than 1 MiB (limit)")
      } catch {
        problem(path, "\(error)")
      }
    }

    private mutating func keep(_ page: Runbook, _ identity: FileContents.Identity) {
      kept[page.path] = (identity, page)
      reading.pages.append(page)
    }

    private mutating func problem(_ path: String, _ words: String) {
      reading.problems.append("could not read the runbook \(path): \(words)")
    }
  }
}
