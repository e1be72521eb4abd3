internal import SafeText
internal import Foundation
internal import SystemKit
package import TriageModel

/// Opens what a person named: a folder, an archive, a file, or standard input.
package struct ArtifactReader {
  private let limits: ArtifactLimits
  private let cache: ArchiveCache
  private let rules: FolderRules
  private let isReport: (String) -> Bool
  private let progress: (ArtifactProgress) -> Bool

  /// A reader that unpacks below `cacheFolder`; `progress` is told how far it is and stops it by answering false.
  ///
  /// `hidden` are the hidden names that results have; `isReport` tells by a file's name that an archive that was to hold
  /// it is not whole without it.
  package init(
    cacheFolder: String, limits: ArtifactLimits = ArtifactLimits(), hidden: HiddenNames = .none,
    progress: @escaping (ArtifactProgress) -> Bool = { _ in true },
    isReport: @escaping (String) -> Bool = { _ in false }
  ) {
    self.limits = limits
    rules = FolderRules(hidden: hidden)
    cache = ArchiveCache(folder: cacheFolder + "/archives")
    self.isReport = isReport
    self.progress = progress
  }

  /// Opens one argument of the command line; `-` is standard input.
  package func open(_ path: String) throws(ArtifactError) -> ArtifactFolder {
    if path == "-" { return try openStandardInput() }
    var status = stat()
    guard stat(path, &status) == 0 else { throw ArtifactError(errno: errno) }
    guard let absolute = FilePath.resolved(path) else { throw ArtifactError(errno: errno) }
    if status.st_mode & S_IFMT == S_IFDIR { return try openFolder(absolute, shownPath: path) }
    return try openFile(absolute, shownPath: path)
  }

  private func openFolder(_ absolute: String, shownPath: String) throws(ArtifactError) -> ArtifactFolder {
    var walk = FolderWalk(root: absolute, limits: limits, rules: rules, progress: progress)
    try walk.run()
    return ArtifactFolder(
      shownPath: shownPath, origin: absolute, root: absolute, files: walk.files, refusals: walk.refusals.all,
      damage: walk.damage)
  }

  private func openFile(_ absolute: String, shownPath: String) throws(ArtifactError) -> ArtifactFolder {
    let file: RegularFile
    do { file = try RegularFile(absolute) } catch { throw ArtifactError(error) }
    let head = file.prefix(1 << 12)
    switch head.withUnsafeBytes({ ContainerKind(name: absolute, head: $0) }) {
    case .none: break
    case .zip, .tar:
      if let folder = try unpack(file, absolute, shownPath: shownPath, content: .archive) { return folder }
    case .compressed:
      if let folder = try unpack(file, absolute, shownPath: shownPath, content: .archiveOrOneFile) { return folder }
    }
    let name = absolute.split(separator: "/").last.map(String.init) ?? shownPath
    let only = ArtifactFile(
      path: name, location: absolute, size: file.size, modified: Timestamp(modified: file.status))
    return ArtifactFolder(
      shownPath: shownPath, origin: absolute, root: String(absolute.dropLast(name.count + 1)), files: [only],
      isSingleFile: true)
  }

  /// Unpacks an archive, or finds it unpacked; nil when the file is no archive but one compressed file.
  private func unpack(
    _ file: RegularFile, _ absolute: String, shownPath: String, content: ArchiveStream.Content
  ) throws(ArtifactError) -> ArtifactFolder? {
    let slot = file.prefix(1 << 12).withUnsafeBytes { cache.slot(path: absolute, status: file.status, head: $0) }
    var record = cache.record(of: slot)
    if record == nil {
      record = try fill(slot, from: file, content: content)
    }
    guard let record else { return nil }
    // Names in an archive are as they are: what a walk of the person's own folders leaves out is left out here too.
    var folder = try openFolder(slot.files, shownPath: shownPath)
    folder.refusals = record.refusals + folder.refusals
    return ArtifactFolder(
      shownPath: shownPath, origin: absolute, root: folder.root, files: folder.files, refusals: folder.refusals,
      damage: record.damage ?? folder.damage, isArchive: true)
  }

  /// Unpacks an archive into an empty folder, under the same limits as one that is opened; nil for what is no archive.
  package func unpack(_ path: String, into folder: String) throws(ArtifactError) -> UnpackedArchive? {
    let file: RegularFile
    do { file = try RegularFile(path) } catch { throw ArtifactError(error) }
    let content: ArchiveStream.Content
    switch file.prefix(1 << 12).withUnsafeBytes({ ContainerKind(name: path, head: $0) }) {
    case .none: return nil
    case .zip, .tar: content = .archive
    case .compressed: content = .archiveOrOneFile
    }
    return try unpack(file, into: folder, content).map { UnpackedArchive(refusals: $0.refusals, damage: $0.damage) }
  }

  private func unpack(
    _ file: RegularFile, into folder: String, _ content: ArchiveStream.Content
  ) throws(ArtifactError) -> UnpackRecord? {
    guard let tree = UnpackTree(root: folder),
      let stream = ArchiveStream(descriptor: file.duplicate(), content: content)
    else { throw .noCache(folder: folder, words: SystemWords.last) }
    var unpacker = ArchiveUnpacker(
      stream, packedBytes: file.size, into: tree, limits: limits, isReport: isReport, progress: progress)
    switch try unpacker.run() {
    case .oneFile: return nil
    case .archive: return unpacker.record
    }
  }

  private func fill(
    _ slot: ArchiveCache.Slot, from file: RegularFile, content: ArchiveStream.Content
  ) throws(ArtifactError) -> UnpackRecord? {
    let temporary = try cache.makeTemporary()
    do throws(ArtifactError) {
      guard let record = try unpack(file, into: temporary.files, content) else {
        ArchiveCache.remove(temporary.folder)
        return nil
      }
      try cache.keep(temporary, as: slot, record: record)
      return record
    } catch {
      ArchiveCache.remove(temporary.folder)
      throw error
    }
  }

  /// Keeps standard input in a file of the cache, since a report may be read twice and shown later.
  private func openStandardInput() throws(ArtifactError) -> ArtifactFolder {
    let slot = try cache.makeTemporary()
    let path = slot.files + "/standard-input"
    let descriptor = Foundation.open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .noCache(folder: slot.files, words: SystemWords.last) }
    defer { close(descriptor) }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var total = 0
    var damage: String?
    while true {
      let count = Foundation.read(0, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw ArtifactError(errno: errno) }
      if count == 0 { break }
      total += count
      if total > limits.entryBytes {
        damage = "it is larger than \(ArtifactLimits.words(bytes: limits.entryBytes)) (limit)"
        break
      }
      let isWritten = buffer.withUnsafeBytes {
        FileWriting.write(UnsafeRawBufferPointer(rebasing: $0[..<count]), to: descriptor)
      }
      if !isWritten { throw .noCache(folder: slot.files, words: SystemWords.last) }
      if !progress(.unpacking(bytes: total, packed: total, of: total)) { throw .cancelled }
    }
    let folder = try openFile(path, shownPath: "standard input")
    return ArtifactFolder(
      shownPath: folder.shownPath, origin: nil, root: folder.root, files: folder.files, refusals: folder.refusals,
      damage: folder.damage ?? damage, isArchive: folder.isArchive, isSingleFile: folder.isSingleFile)
  }
}

/// What became of an archive that was unpacked.
package struct UnpackedArchive: Sendable, Equatable {
  /// What was left alone.
  package let refusals: [Refusal]
  /// Why it is not whole; nil when it is.
  package let damage: String?
}

/// A file that was found in a folder or unpacked from an archive.
package struct ArtifactFile: Sendable, Equatable {
  /// The path inside the folder or archive, with `/`.
  package let path: String
  /// Where its bytes lie, an absolute path.
  package let location: String
  /// Bytes, compressed ones where the file is compressed.
  package let size: Int
  /// When it was last written.
  package let modified: Timestamp?

  /// A file of artifacts.
  package init(path: String, location: String, size: Int, modified: Timestamp?) {
    self.path = path
    self.location = location
    self.size = size
    self.modified = modified
  }

  /// The name without its folder.
  package var name: String { PathText.name(path) }

  /// The folder it lies in, empty at the top.
  package var folder: String { PathText.folder(path) }
}

/// How far opening artifacts has come.
package enum ArtifactProgress: Sendable, Equatable {
  /// Files found in a folder so far.
  case walking(files: Int)
  /// Bytes unpacked so far, and the packed bytes read of all there are.
  case unpacking(bytes: Int, packed: Int, of: Int)
}

/// What one argument of the person led to: the files to read, wherever they came from.
package struct ArtifactFolder: Sendable, Equatable {
  /// The argument as it was given; `standard input` for `-`.
  package let shownPath: String
  /// What was given as an absolute path without links; nil for standard input.
  package let origin: String?
  /// The folder the files lie in, an absolute path: for an archive the one it was unpacked into.
  package let root: String
  /// The files, sorted by path.
  package var files: [ArtifactFile]
  /// What was left alone.
  package var refusals: [Refusal]
  /// Why the artifacts are not whole (a truncated archive, a limit), a clause in lower case; nil when they are.
  package var damage: String?
  /// Whether the files were unpacked from an archive.
  package let isArchive: Bool
  /// Whether the argument was one file.
  package let isSingleFile: Bool

  /// The artifacts of one argument.
  package init(
    shownPath: String, origin: String?, root: String, files: [ArtifactFile], refusals: [Refusal] = [],
    damage: String? = nil,
    isArchive: Bool = false, isSingleFile: Bool = false
  ) {
    self.shownPath = shownPath
    self.origin = origin
    self.root = root
    self.files = files
    self.refusals = refusals
    self.damage = damage
    self.isArchive = isArchive
    self.isSingleFile = isSingleFile
  }
}
