internal import Foundation
internal import SystemKit
internal import TriageModel

/// Unpacks an archive into a folder of its own, within limits; what could be unpacked stays.
struct ArchiveUnpacker {
  private let stream: ArchiveStream
  private let tree: UnpackTree
  private let packedBytes: Int
  private let limits: ArtifactLimits
  private let progress: (ArtifactProgress) -> Bool
  private var buffer = [UInt8](repeating: 0, count: 1 << 17)
  private var entries = 0
  private var unpacked = 0
  private var lastProgress = 0
  private var refusals: RefusalList
  /// What was refused, and what was lost.
  private(set) var record = UnpackRecord()

  /// An unpacker of `stream`, a file of `packedBytes`, into `tree`.
  init(
    _ stream: ArchiveStream, packedBytes: Int, into tree: UnpackTree, limits: ArtifactLimits,
    isReport: @escaping (String) -> Bool, progress: @escaping (ArtifactProgress) -> Bool
  ) {
    self.stream = stream
    self.tree = tree
    self.packedBytes = packedBytes
    self.limits = limits
    self.progress = progress
    refusals = RefusalList(limits: limits, isReport: isReport)
  }

  /// What `run` found the file to be.
  enum Finding {
    case archive
    /// One compressed file, nothing was unpacked.
    case oneFile
  }

  /// Unpacks all entries. Fails when not even the first can be read, and when it is stopped.
  mutating func run() throws(ArtifactError) -> Finding {
    let finding = try unpackAll()
    record.refusals = refusals.all
    if record.damage == nil, let lost = refusals.lostReport {
      record.damage = "more than \(CountText.of(limits.refusals)) entries were left out, \(lost) among them"
    }
    return finding
  }

  private mutating func unpackAll() throws(ArtifactError) -> Finding {
    while record.damage == nil {
      switch stream.next() {
      case .end: return .archive
      case .broken(let words):
        if entries == 0 { throw .notAnArchive(words) }
        record.damage = "the archive is damaged after \(entries) \(entries == 1 ? "entry" : "entries") (\(words))"
      case .entry(let entry):
        if stream.isOneFile { return .oneFile }
        entries += 1
        guard entries <= limits.entries else {
          record.damage = "it holds more than \(CountText.of(limits.entries)) entries (limit)"
          break
        }
        try unpack(entry)
      }
    }
    return .archive
  }

  private mutating func unpack(_ entry: ArchiveEntry) throws(ArtifactError) {
    let parts: [String]
    switch EntryName(entry.name, limits: limits) {
    case .top: return
    case .refused(let reason): return try skip(entry, reason)
    case .inside(let inside): parts = inside
    }
    switch entry.kind {
    case .link: try skip(entry, "it is a link")
    case .special: try skip(entry, "it is a pipe, a socket or a device")
    case .folder:
      if let problem = tree.makeFolder(parts[...]) { try skip(entry, problem) }
    case .file where entry.isEncrypted:
      refusals.append(path: entry.name, reason: "it is password-protected")
    case .file:
      switch tree.makeFile(parts) {
      case .problem(let reason): try skip(entry, reason)
      case .open(let descriptor):
        defer { close(descriptor) }
        try copy(entry, to: descriptor)
        UnpackTree.setModified(descriptor, entry.modified)
      }
    }
  }

  /// Refuses an entry and reads past it: unread bytes count too, or skipping them could take for ever.
  private mutating func skip(_ entry: ArchiveEntry, _ reason: String) throws(ArtifactError) {
    refusals.append(path: entry.name, reason: reason)
    try copy(entry, to: nil)
  }

  /// Copies an entry's bytes into a file, or nowhere.
  private mutating func copy(_ entry: ArchiveEntry, to file: Int32?) throws(ArtifactError) {
    var file = file
    var written = 0
    while true {
      let bytes = buffer.withUnsafeMutableBytes { stream.read(into: $0) }
      switch bytes {
      case .end: return
      case .lost(let words):
        if file != nil { record.damage = record.damage ?? "\(entry.name) is damaged (\(words))" }
        return
      case .broken(let words):
        record.damage = "the archive is damaged in \(entry.name) (\(words))"
        return
      case .some(let count):
        written += count
        unpacked += count
        if let limit = limitReached() {
          record.damage = limit
          return
        }
        if written > limits.entryBytes, file != nil {
          let size = ArtifactLimits.words(bytes: limits.entryBytes)
          refusals.append(path: entry.name, reason: "cut at \(size) (limit)")
          file = nil
        }
        if let file { try write(count, to: file) }
        try report()
      }
    }
  }

  private func write(_ count: Int, to file: Int32) throws(ArtifactError) {
    let isWritten = buffer.withUnsafeBytes {
      FileWriting.write(UnsafeRawBufferPointer(rebasing: $0[..<count]), to: file)
    }
    if !isWritten { throw .noCache(folder: tree.root, words: SystemWords.last) }
  }

  /// The limit that the bytes unpacked so far exceed.
  private func limitReached() -> String? {
    if unpacked > limits.totalBytes {
      return "the archive is larger than \(ArtifactLimits.words(bytes: limits.totalBytes)) unpacked (limit)"
    }
    if unpacked > limits.ratioFloor, unpacked / limits.ratio > packedBytes {
      return "the archive unpacks to more than \(limits.ratio) times its size (limit)"
    }
    return nil
  }

  private mutating func report() throws(ArtifactError) {
    guard unpacked - lastProgress >= 1 << 22 else { return }
    lastProgress = unpacked
    if !progress(.unpacking(bytes: unpacked, packed: stream.packedBytes, of: packedBytes)) { throw .cancelled }
  }
}
