import CArchive
import TestSupport
import Testing

/// Writes archives for tests, good ones and hostile ones.
struct ArchiveMaker {
  enum Form {
    case zip
    case tar
    case gzipTar
    case zstdTar
    case xzTar
    case bzip2Tar
  }

  enum Entry {
    case file(String, [UInt8])
    case folder(String)
    case symlink(String, to: String)
    case hardlink(String, to: String)
    case pipe(String)
    /// A file of so many zeros.
    case zeros(String, Int)
  }

  /// The bytes of an archive with the given entries.
  static func make(_ form: Form, _ entries: [Entry], in folder: TemporaryFolder, named name: String) throws -> String {
    let path = folder.at(name)
    let archive = try #require(archive_write_new())
    switch form {
    case .zip: archive_write_set_format_zip(archive)
    case .tar, .gzipTar, .zstdTar, .xzTar, .bzip2Tar: archive_write_set_format_pax_restricted(archive)
    }
    switch form {
    case .gzipTar: archive_write_add_filter_gzip(archive)
    case .zstdTar: archive_write_add_filter_zstd(archive)
    case .xzTar: archive_write_add_filter_xz(archive)
    case .bzip2Tar: archive_write_add_filter_bzip2(archive)
    case .zip, .tar: break
    }
    archive_write_open_filename(archive, path)
    for entry in entries { write(entry, to: archive) }
    archive_write_close(archive)
    archive_write_free(archive)
    return path
  }

  /// Writes a gzip file that holds no archive.
  static func compress(_ bytes: [UInt8], in folder: TemporaryFolder, named name: String) throws -> String {
    let path = folder.at(name)
    let archive = try #require(archive_write_new())
    archive_write_set_format_raw(archive)
    archive_write_add_filter_gzip(archive)
    archive_write_open_filename(archive, path)
    write(.file("data", bytes), to: archive)
    archive_write_close(archive)
    archive_write_free(archive)
    return path
  }

  private static func write(_ item: Entry, to archive: OpaquePointer) {
    guard let entry = archive_entry_new() else { return }
    defer { archive_entry_free(entry) }
    archive_entry_set_perm(entry, 0o644)
    archive_entry_set_filetype(entry, 0o100000)
    archive_entry_set_mtime(entry, 1_790_000_000, 0)
    switch item {
    case .file(let name, let bytes):
      archive_entry_set_pathname(entry, name)
      archive_entry_set_size(entry, Int64(bytes.count))
      archive_write_header(archive, entry)
      _ = bytes.withUnsafeBytes { archive_write_data(archive, $0.baseAddress, $0.count) }
    case .zeros(let name, let count):
      archive_entry_set_pathname(entry, name)
      archive_entry_set_size(entry, Int64(count))
      archive_write_header(archive, entry)
      let zeros = [UInt8](repeating: 0, count: 1 << 20)
      for start in stride(from: 0, to: count, by: zeros.count) {
        _ = zeros.withUnsafeBytes { archive_write_data(archive, $0.baseAddress, min($0.count, count - start)) }
      }
    case .folder(let name):
      archive_entry_set_pathname(entry, name)
      archive_entry_set_filetype(entry, 0o040000)
      archive_write_header(archive, entry)
    case .symlink(let name, let target):
      archive_entry_set_pathname(entry, name)
      archive_entry_set_filetype(entry, 0o120000)
      archive_entry_set_symlink(entry, target)
      archive_write_header(archive, entry)
    case .hardlink(let name, let target):
      archive_entry_set_pathname(entry, name)
      archive_entry_set_hardlink(entry, target)
      archive_write_header(archive, entry)
    case .pipe(let name):
      archive_entry_set_pathname(entry, name)
      archive_entry_set_filetype(entry, 0o010000)
      archive_write_header(archive, entry)
    }
  }
}
