internal import Foundation
internal import SystemKit
internal import TriageModel

/// The folder archives are unpacked into, one subfolder an archive, reused while the archive is the same file.
struct ArchiveCache {
  /// `$XDG_CACHE_HOME/assay/archives`.
  let folder: String

  /// How many unpacked archives are kept; the longest unused go first, but none that was used within a day.
  private static let kept = 32
  private static let day = 86_400_000

  /// A place in the cache.
  struct Slot {
    let folder: String
    var files: String { folder + "/files" }
    var record: String { folder + "/complete" }
  }

  /// The slot of an archive that is an open file: told by its path, size, time and first bytes.
  func slot(path: String, status: stat, head: UnsafeRawBufferPointer) -> Slot {
    var hash = StableHash()
    hash.combine(path.utf8)
    for number in [Int(status.st_size), Int(status.st_ino), Int(Timestamp(modified: status).milliseconds)] {
      hash.combine("/\(number)".utf8)
    }
    hash.combine(head)
    return Slot(folder: folder + "/" + hash.text)
  }

  /// The record of a slot that was filled before; nil when it was not, or not to its end.
  func record(of slot: Slot) -> UnpackRecord? {
    guard let text = RegularFile.text(slot.record, limit: 256 << 20) else { return nil }
    let record = UnpackRecord(text: text)
    if record != nil { utimes(slot.folder, nil) }
    return record
  }

  /// Makes an empty slot for filling, beside its final place.
  func makeTemporary() throws(ArtifactError) -> Slot {
    guard FilePath.makeFolder(folder) else { throw .noCache(folder: folder, words: SystemWords.last) }
    var template = Array((folder + "/new-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else { throw .noCache(folder: folder, words: SystemWords.last) }
    let slot = Slot(folder: template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? folder })
    guard mkdir(slot.files, 0o700) == 0 else { throw .noCache(folder: slot.folder, words: SystemWords.last) }
    return slot
  }

  /// Marks a filled temporary slot complete and moves it to its place; another process may have been quicker.
  func keep(_ temporary: Slot, as slot: Slot, record: UnpackRecord) throws(ArtifactError) {
    guard Array(record.text.utf8).withUnsafeBytes({ FileWriting.replace(temporary.record, by: $0) }) else {
      throw .noCache(folder: temporary.folder, words: SystemWords.last)
    }
    if self.record(of: slot) != nil {
      Self.remove(temporary.folder)
      return
    }
    Self.remove(slot.folder)
    guard rename(temporary.folder, slot.folder) == 0 else {
      throw .noCache(folder: slot.folder, words: SystemWords.last)
    }
    prune(keeping: slot)
  }

  /// Removes what was used longest ago, beyond the number that is kept.
  private func prune(keeping current: Slot) {
    guard let directory = opendir(folder) else { return }
    var found: [(path: String, used: Int)] = []
    while let entry = readdir(directory) {
      let path = folder + "/" + FolderWalk.name(of: entry)
      var status = stat()
      guard !path.hasSuffix("/."), !path.hasSuffix("/.."), path != current.folder, lstat(path, &status) == 0 else {
        continue
      }
      found.append((path, Int(Timestamp(modified: status).milliseconds)))
    }
    closedir(directory)
    found.sort { $0.used > $1.used }
    let yesterday = Int(time(nil)) * 1000 - Self.day
    for (path, used) in found.dropFirst(Self.kept - 1) where used < yesterday { Self.remove(path) }
  }

  /// Removes a folder of the cache with all it holds; links are removed, not followed.
  static func remove(_ path: String) {
    if unlink(path) == 0 { return }
    if let directory = opendir(path) {
      while let entry = readdir(directory) {
        let name = FolderWalk.name(of: entry)
        if name != ".", name != ".." { remove(path + "/" + name) }
      }
      closedir(directory)
    }
    rmdir(path)
  }
}
