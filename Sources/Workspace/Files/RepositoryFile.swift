internal import SafeText
internal import Foundation
package import TriageModel

/// A place for a file inside the repository, links resolved: what a path that artifacts claim comes to.
package struct RepositoryFile: Hashable, Sendable {
  /// The most bytes that are read.
  package static let sizeLimit = 1 << 30

  /// The repository's folder.
  package let root: String
  /// The path from there, without links, `.` and `..`.
  package let path: String

  /// The place that is already known to be one.
  init(root: String, resolved path: String) {
    self.root = root
    self.path = path
  }

  /// The bytes of the file; nil when there is none.
  package func bytes() throws(FileError) -> [UInt8]? { try contents()?.bytes }

  /// The bytes of a file of at most `limit` bytes; nil when there is none.
  package func bytes(limit: Int) throws(FileError) -> [UInt8]? { try folder()?.read(name, limit: limit)?.bytes }

  /// The hash of the file's bytes; nil when there is none.
  package func hash() throws(FileError) -> ContentHash? { try contents()?.hash }

  /// What the file holds; nil when there is none.
  func contents() throws(FileError) -> FileContents? {
    try folder()?.read(name, limit: Self.sizeLimit)
  }

  /// The last part of the path.
  var name: String { PathText.name(path) }

  private var folders: [String] { path.split(separator: "/").dropLast().map(String.init) }

  /// The folder the file lies in; nil when it is not there. A link that came in between is refused.
  func folder() throws(FileError) -> Folder? {
    var folder = try Folder(path: root)
    for name in folders {
      guard let next = try folder.folder(name) else { return nil }
      folder = next
    }
    return folder
  }

  /// The folder the file lies in, made with those above it when it is not there.
  func makingFolder() throws(FileError) -> Folder {
    var folder = try Folder(path: root)
    for name in folders {
      if try folder.folder(name) == nil { try folder.makeFolder(name) }
      guard let next = try folder.folder(name) else { throw .changed }
      folder = next
    }
    return folder
  }

  /// The folders on the way that are not there, outermost first.
  var missingFolders: [String] {
    let paths = folders.indices.map { folders[...$0].joined(separator: "/") }
    return paths.filter { access(root + "/" + $0, F_OK) != 0 }
  }
}

extension RepositoryFile {
  /// The place that a path comes to which strangers wrote.
  ///
  /// Links are followed as long as they stay inside the repository. Refused are absolute paths, those that lead out,
  /// git's own folder, assay's own files, folders, devices, and names that some systems take for an existing one.
  package init(claimed path: String, in repository: Repository) throws(FileError) {
    try self.init(path, in: repository)
    if Self.isSame(self.path.split(separator: "/").first ?? "", ".assay") { throw .own }
  }

  /// The place of a file that assay itself names, resolved in the same way.
  package init(own path: String, in repository: Repository) throws(FileError) {
    try self.init(path, in: repository)
  }

  private init(_ path: String, in repository: Repository) throws(FileError) {
    guard !path.utf8.contains(0), path.utf8.count < Int(PATH_MAX) else { throw .name }
    guard let normal = PathText.normal(path), !path.hasSuffix("/") else { throw .outside }
    var walk = Walk(root: repository.root, rest: normal.split(separator: "/").map(String.init))
    try walk.run()
    self.init(root: repository.root, resolved: walk.real.joined(separator: "/"))
  }

  /// Whether two names are one where case and composition do not count.
  fileprivate static func isSame(_ left: some StringProtocol, _ right: some StringProtocol) -> Bool {
    left.lowercased() == right.lowercased()
  }

  /// Goes from the root to the file, part by part, and replaces links by what they say.
  private struct Walk {
    private static let linkLimit = 40

    let root: String
    /// What is still to go.
    var rest: [String]
    /// What was gone, without links.
    var real: [String] = []
    private var links = 0

    init(root: String, rest: [String]) {
      self.root = root
      self.rest = rest
    }

    mutating func run() throws(FileError) {
      while !rest.isEmpty {
        let name = rest.removeFirst()
        if name == "." { continue }
        if name == ".." {
          if real.popLast() == nil { throw .outside }
          continue
        }
        try step(name)
      }
      if real.isEmpty { throw .folder }
    }

    private mutating func step(_ name: String) throws(FileError) {
      // `git~1` is what Windows calls `.git` in its short names.
      if isSame(name, ".git") || isSame(name, "git~1") { throw .git }
      guard name.utf8.count <= Int(NAME_MAX) else { throw .name }
      let folder = try RepositoryFile(root: root, resolved: (real + [name]).joined(separator: "/")).folder()
      guard let folder, let status = try folder.status(name) else {
        if let twin = try folder?.names().first(where: { isSame($0, name) }) { throw .collision(twin) }
        if rest.contains("..") { throw .outside }
        return real.append(name)
      }
      switch status.st_mode & S_IFMT {
      case S_IFLNK: try follow(name, in: folder)
      case S_IFDIR where rest.isEmpty: throw .folder
      case S_IFDIR: real.append(name)
      case S_IFREG where rest.isEmpty:
        // A system that takes names for the same opens this one by another.
        if let twin = try folder.twin(of: name) { throw .collision(twin) }
        real.append(name)
      default: throw .notAFile
      }
    }

    private mutating func follow(_ name: String, in folder: Folder) throws(FileError) {
      links += 1
      let shown = (real + [name]).joined(separator: "/")
      guard links <= Self.linkLimit else { throw .link(shown) }
      var target = try folder.link(name)
      if target.hasPrefix("/") {
        guard target.hasPrefix(root + "/") else { throw .link(shown) }
        target.removeFirst(root.utf8.count + 1)
        real = []
      }
      let parts = target.split(separator: "/").map(String.init)
      // Judged here so that the person hears of the link, not of the path it makes.
      var depth = real.count
      for part in parts where part != "." {
        depth += part == ".." ? -1 : 1
        if depth < 0 { throw .link(shown) }
      }
      rest = parts + rest
    }
  }
}

extension Folder {
  /// Another name in the folder that stands for the same file where case and composition do not count, when the name
  /// itself is not written in the folder in just these bytes.
  fileprivate func twin(of name: String) throws(FileError) -> String? {
    let names = try names()
    if names.contains(where: { $0.utf8.elementsEqual(name.utf8) }) { return nil }
    return names.first { RepositoryFile.isSame($0, name) }
  }
}
