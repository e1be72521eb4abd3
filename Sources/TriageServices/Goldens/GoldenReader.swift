internal import SafeText
internal import Foundation
package import Goldens
internal import RunArtifacts
internal import Synchronization
internal import SystemKit
internal import TriageModel
internal import Workspace

/// Why a side of a golden could not be had. The text fits "could not read X: {error}".
package enum GoldenReadError: Error, Equatable, CustomStringConvertible {
  /// The run left too little to rebuild it.
  case notRecovered
  /// A file is gone, or is larger than the limit.
  case unreadable(String)
  /// The bytes are not those that the artifacts or an earlier look say.
  case changed(String)
  /// The file of several goldens is not written as its framework writes it.
  case splice(SpliceError)

  package var description: String {
    switch self {
    case .notRecovered: "the run left too little to rebuild it"
    case .unreadable(let path): "\(path) is gone, is no file, or is larger than 1 GiB (limit)"
    case .changed(let path): "\(path) has other bytes than the artifacts say"
    case .splice(let error): "\(error)"
    }
  }
}

/// Reads the sides of golden pairs: from artifacts, from the working tree, from the run's commit.
struct GoldenReader: Sendable {
  /// The repository's folder; nil outside of one.
  let root: String?
  /// The run's commit, where the repository has it.
  let commit: String?
  private let git: GitObjects?
  private let limit = GoldenLimits().bytes
  private let known = BlobCache()
  private let entries = EntryCache()

  /// A reader for a run at a commit.
  init(repository: Repository?, commit: String?) {
    root = repository?.root
    let git = repository.map { GitObjects(root: $0.root) }
    self.git = git
    self.commit = commit.flatMap { commit in git?.has(commit) == true ? commit : nil }
  }

  /// The golden as the run compared with it; nil when there was none.
  func expected(of pair: GoldenPair) throws(GoldenReadError) -> [UInt8]? {
    do throws(GoldenReadError) {
      let bytes = try bytes(of: pair.expected, pair)
      if bytes == nil, pair.expected == .repository, pair.claimedHashes.expected != nil { throw .notRecovered }
      try check(bytes, pair.claimedHashes.expected, pair.location.path)
      return bytes
    } catch {
      // Its bytes did not come along, or another commit's were found: the golden as it is now may be the very one.
      guard !pair.isInSource, let claim = pair.claimedHashes.expected, let now = (try? current(of: pair)) ?? nil,
        ContentHash(of: now) == claim
      else { throw error }
      return now
    }
  }

  /// What the run produced; nil when it produced nothing.
  func actual(of pair: GoldenPair) throws(GoldenReadError) -> [UInt8]? {
    let bytes = try bytes(of: pair.actual, pair)
    try check(bytes, pair.claimedHashes.actual, "what the run produced for \(pair.location)")
    return bytes
  }

  /// The golden as it lies in the working tree; nil when there is none. What stands in source code is what it was.
  func current(of pair: GoldenPair) throws(GoldenReadError) -> [UInt8]? {
    if pair.isInSource { return try expected(of: pair) }
    return try entry(of: pair, in: file(pair.location.path))
  }

  /// A file of the working tree; nil when there is none, or its path leads out of the repository.
  func file(_ path: String, limit: Int? = nil) -> [UInt8]? {
    guard let root, let path = PathText.normal(path), Self.lies(root + "/" + path, in: root) else { return nil }
    return try? RegularFile.bytes(root + "/" + path, limit: limit ?? self.limit)
  }

  /// A file at the run's commit, else as it lies in the working tree.
  func fileAtRun(_ path: String, limit: Int? = nil) -> [UInt8]? {
    guard let path = PathText.normal(path) else { return nil }
    guard let git, let commit else { return file(path, limit: limit) }
    return known.bytes(path) { git.file(path, at: commit, limit: limit ?? self.limit) }
  }

  private func bytes(of side: GoldenPair.Side, _ pair: GoldenPair) throws(GoldenReadError) -> [UInt8]? {
    switch side {
    case .file(let location, let shown):
      guard let bytes = try? RegularFile.bytes(location, limit: limit) else { throw .unreadable(shown) }
      return bytes
    case .bytes(let bytes): return bytes
    case .repository: return try entry(of: pair, in: fileAtRun(pair.location.path))
    case .none: return nil
    case .unknown: throw .notRecovered
    }
  }

  private func entry(of pair: GoldenPair, in file: [UInt8]?) throws(GoldenReadError) -> [UInt8]? {
    guard let file, let key = pair.location.entry else { return file }
    do throws(SpliceError) {
      return try entries.entries(of: file, pair.convention)[key]
    } catch {
      throw .splice(error)
    }
  }

  private func check(_ bytes: [UInt8]?, _ claim: ContentHash?, _ name: String) throws(GoldenReadError) {
    guard let claim, let bytes else { return }
    if ContentHash(of: bytes) != claim { throw .changed(name) }
  }

  /// Whether a path, its links followed, stays in the repository; what does not exist yet is judged by its folder.
  private static func lies(_ path: String, in root: String) -> Bool {
    FilePath.resolved(path).map { $0 != root && FilePath.lies($0, in: root) } ?? false
  }
}

/// Files of a commit that were asked for before: many goldens can share one file.
private final class BlobCache: Sendable {
  private static let limit = 64 << 20
  private let blobs = Mutex<(files: [String: [UInt8]?], bytes: Int)>((files: [:], bytes: 0))

  func bytes(_ path: String, _ read: () -> [UInt8]?) -> [UInt8]? {
    if let known = blobs.withLock({ $0.files[path] }) { return known }
    let bytes = read()
    blobs.withLock { blobs in
      // Conventions ask at once: another may have read it meanwhile.
      guard blobs.files[path] == nil, blobs.bytes + (bytes?.count ?? 0) < Self.limit else { return }
      blobs.bytes += bytes?.count ?? 0
      blobs.files[path] = .some(bytes)
    }
    return bytes
  }
}

/// The entries of the files that were read last: of ten thousand goldens in one file each would read all of it again.
private final class EntryCache: Sendable {
  private struct Known {
    var file: [UInt8]
    var convention: String
    var entries: [String: [UInt8]]
  }

  /// The newest last. Two: a golden's file as it was and as it is.
  private let known = Mutex<[Known]>([])

  func entries(of file: [UInt8], _ convention: String) throws(SpliceError) -> [String: [UInt8]] {
    let kept = known.withLock { known in known.last { $0.convention == convention && $0.file == file } }
    if let kept { return kept.entries }
    guard let entries = try GoldenConventions.named(convention)?.entries(of: file) else { return [:] }
    known.withLock { $0 = $0.suffix(1) + [Known(file: file, convention: convention, entries: entries)] }
    return entries
  }
}
