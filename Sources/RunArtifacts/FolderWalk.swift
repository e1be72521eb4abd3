internal import Foundation
internal import SystemKit
internal import TriageModel

/// Lists the regular files of a folder and its subfolders, holding one open descriptor a level.
///
/// Nothing but folders is ever opened, so that no pipe or device can hold the walk up. Links are looked at last:
/// one that leads to what was listed already adds nothing, one that leads out of the folder is refused.
struct FolderWalk {
  private let limits: ArtifactLimits
  private let rules: FolderRules
  private let progress: (ArtifactProgress) -> Bool
  /// The absolute path of the folder without links, and the one the person knows.
  private let realRoot: String
  private let root: String
  private(set) var files: [ArtifactFile] = []
  private(set) var refusals: RefusalList
  private(set) var damage: String?
  private var links: [String] = []
  private var seen: Set<FileID> = []
  private var isCancelled = false

  private struct FileID: Hashable {
    let device: UInt64
    let inode: UInt64

    init(_ status: stat) {
      device = UInt64(truncatingIfNeeded: status.st_dev)
      inode = UInt64(truncatingIfNeeded: status.st_ino)
    }
  }

  init(
    root: String, limits: ArtifactLimits, rules: FolderRules, progress: @escaping (ArtifactProgress) -> Bool
  ) {
    self.root = root
    self.rules = rules
    self.limits = limits
    self.progress = progress
    refusals = RefusalList(limits: limits)
    realRoot = FilePath.resolved(root) ?? root
  }

  /// Walks the folder; the files are sorted by path afterwards.
  mutating func run() throws(ArtifactError) {
    let descriptor = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw ArtifactError(errno: errno) }
    walk(descriptor, path: "", name: root.split(separator: "/").last.map(String.init) ?? "", depth: 0)
    followLinks()
    if isCancelled { throw .cancelled }
    files.sort { $0.path < $1.path }
  }

  /// Lists an open folder, which is closed at the end.
  private mutating func walk(_ descriptor: Int32, path: String, name: String, depth: Int) {
    var status = stat()
    guard fstat(descriptor, &status) == 0, seen.insert(FileID(status)).inserted, let stream = fdopendir(descriptor)
    else {
      close(descriptor)
      return
    }
    defer { closedir(stream) }
    while !isStopped, let entry = readdir(stream) {
      let child = Self.name(of: entry)
      if child == "." || child == ".." { continue }
      visit(child, at: path.isEmpty ? child : path + "/" + child, parent: name, descriptor: descriptor, depth: depth)
    }
  }

  private mutating func visit(_ name: String, at path: String, parent: String, descriptor: Int32, depth: Int) {
    var status = stat()
    guard fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
      // A name that is no UTF-8 was mended on its way into a string, and is not found again.
      let words = errno == ENOENT ? "its name is not UTF-8" : SystemWords.last
      if errno != ENOENT || name.contains("\u{FFFD}") { refusals.append(path: path, reason: words) }
      return
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG:
      if rules.listsFile(name, in: parent) { add(path, status) }
    case S_IFDIR:
      guard rules.entersFolder(name, in: parent) else { return }
      guard depth < limits.depth else {
        refusals.append(path: path, reason: "more than \(limits.depth) folders deep (limit)")
        return
      }
      let child = openat(descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
      if child < 0 {
        refusals.append(path: path, reason: SystemWords.last)
      } else {
        walk(child, path: path, name: name, depth: depth + 1)
      }
    case S_IFLNK:
      if rules.listsFile(name, in: parent), rules.entersFolder(name, in: parent) { links.append(path) }
    default:
      refusals.append(path: path, reason: "it is a pipe, a socket or a device")
    }
  }

  private mutating func add(_ path: String, _ status: stat, location: String? = nil) {
    guard files.count < limits.files else {
      damage = "it holds more than \(CountText.of(limits.files)) files (limit)"
      return
    }
    seen.insert(FileID(status))
    files.append(
      ArtifactFile(
        path: path, location: location ?? root + "/" + path, size: Int(status.st_size),
        modified: Timestamp(modified: status)))
    if files.count & 0x3FF == 0, !progress(.walking(files: files.count)) { isCancelled = true }
  }

  private var isStopped: Bool { isCancelled || damage != nil }

  /// Follows the links that were met, which can lead to further links.
  private mutating func followLinks() {
    links.sort()
    var next = 0
    while next < links.count, !isStopped {
      let path = links[next]
      next += 1
      guard let target = FilePath.resolved(root + "/" + path) else {
        refusals.append(path: path, reason: "the link leads nowhere")
        continue
      }
      guard target == realRoot || target.hasPrefix(realRoot == "/" ? "/" : realRoot + "/") else {
        refusals.append(path: path, reason: "the link leads out of the folder")
        continue
      }
      var status = stat()
      guard lstat(target, &status) == 0, !seen.contains(FileID(status)) else { continue }
      switch status.st_mode & S_IFMT {
      case S_IFREG: add(path, status, location: target)
      case S_IFDIR: followFolder(target, path: path)
      default: refusals.append(path: path, reason: "the link leads to a pipe, a socket or a device")
      }
    }
  }

  private mutating func followFolder(_ target: String, path: String) {
    let depth = path.utf8.reduce(1) { $0 + ($1 == UInt8(ascii: "/") ? 1 : 0) }
    guard depth <= limits.depth else {
      refusals.append(path: path, reason: "more than \(limits.depth) folders deep (limit)")
      return
    }
    let descriptor = open(target, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
    if descriptor < 0 {
      refusals.append(path: path, reason: SystemWords.last)
    } else {
      walk(descriptor, path: path, name: path.split(separator: "/").last.map(String.init) ?? "", depth: depth)
    }
  }

  static func name(of entry: UnsafeMutablePointer<dirent>) -> String {
    guard let offset = MemoryLayout<dirent>.offset(of: \dirent.d_name) else { return "." }
    return String(cString: UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self))
  }
}

extension Timestamp {
  /// The end of the year 9999, in seconds: archives name any time, and some file systems keep it.
  private static let furthest: Int64 = 253_402_300_799

  /// When a file was last written.
  init(modified status: stat) {
    #if canImport(Darwin)
      let time = status.st_mtimespec
    #else
      let time = status.st_mtim
    #endif
    let seconds = min(max(Int64(time.tv_sec), -Self.furthest), Self.furthest)
    self.init(milliseconds: seconds * 1000 + Int64(time.tv_nsec) / 1_000_000)
  }
}
