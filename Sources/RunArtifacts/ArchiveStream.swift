internal import CArchive
internal import Foundation

/// A libarchive reader: entries one after the other, each with its bytes.
///
/// Decompressed bytes come in blocks of 64 KiB or more; where a compressed tar breaks off, the last block is lost.
final class ArchiveStream {
  /// What an archive may be; `oneFile` is a compressed file that holds no archive.
  enum Content {
    case archive
    case archiveOrOneFile
    case oneFile
  }

  /// What comes next in the archive.
  enum Next {
    case entry(ArchiveEntry)
    case end
    /// Nothing more can be read; the reader's words.
    case broken(String)
  }

  /// What a read of an entry's bytes gave.
  enum Bytes {
    case some(Int)
    case end
    /// The rest of this entry cannot be read, the archive goes on.
    case lost(String)
    /// Nothing more can be read.
    case broken(String)
  }

  private let handle: OpaquePointer
  private let descriptor: Int32

  /// A reader of an open file, which it closes; nil when there is no memory.
  init?(descriptor: Int32, content: Content) {
    Self.useUTF8Names()
    guard let handle = archive_read_new() else {
      close(descriptor)
      return nil
    }
    self.handle = handle
    self.descriptor = descriptor
    if content != .oneFile {
      archive_read_support_format_tar(handle)
      archive_read_support_format_zip(handle)
    }
    if content != .archive {
      archive_read_support_format_raw(handle)
      // A packed file of no bytes is no damage.
      archive_read_support_format_empty(handle)
    }
    archive_read_support_filter_gzip(handle)
    archive_read_support_filter_bzip2(handle)
    archive_read_support_filter_xz(handle)
    archive_read_support_filter_zstd(handle)
    // A failure shows again, with its words, when the first entry is asked for.
    archive_read_open_fd(handle, descriptor, 1 << 16)
  }

  deinit {
    archive_read_free(handle)
    close(descriptor)
  }

  /// Goes to the next entry.
  func next() -> Next {
    var entry: OpaquePointer?
    while true {
      switch archive_read_next_header(handle, &entry) {
      case ARCHIVE_EOF: return .end
      case ARCHIVE_OK, ARCHIVE_WARN:
        if let entry { return .entry(ArchiveEntry(entry)) }
        return .end
      case ARCHIVE_RETRY: continue
      default: return .broken(words)
      }
    }
  }

  /// Reads bytes of the current entry.
  func read(into buffer: UnsafeMutableRawBufferPointer) -> Bytes {
    while true {
      let count = archive_read_data(handle, buffer.baseAddress, buffer.count)
      if count > 0 { return .some(count) }
      switch Int32(truncatingIfNeeded: count) {
      case 0: return .end
      case ARCHIVE_RETRY: continue
      case ARCHIVE_WARN, ARCHIVE_FAILED: return .lost(words)
      default: return .broken(words)
      }
    }
  }

  /// Packed bytes read so far.
  var packedBytes: Int { Int(archive_filter_bytes(handle, -1)) }

  /// Whether what is read turned out to be one compressed file and no archive.
  var isOneFile: Bool { archive_format(handle) == ARCHIVE_FORMAT_RAW }

  private var words: String {
    guard let words = archive_error_string(handle) else { return "damaged" }
    return String(cString: words).split(whereSeparator: \.isNewline).first.map { $0.lowercased() } ?? "damaged"
  }

  /// libarchive gives names through the locale's character set; in the C locale only ASCII would survive.
  private static func useUTF8Names() {
    if strcmp(nl_langinfo(nl_item(CODESET)), "UTF-8") == 0 { return }
    if setlocale(LC_CTYPE, "C.UTF-8") == nil { setlocale(LC_CTYPE, "en_US.UTF-8") }
  }
}

/// What an archive says of one of its entries.
struct ArchiveEntry {
  /// The kinds of entries that are told apart.
  enum Kind {
    case file
    case folder
    case link
    case special
  }

  /// The name as written; empty when it cannot be read.
  let name: String
  let kind: Kind
  let isEncrypted: Bool
  /// Seconds since 1970; nil when the archive does not say.
  let modified: Int?

  /// Copies what is needed of libarchive's entry, which lives until the next one.
  init(_ entry: OpaquePointer) {
    if let bytes = archive_entry_pathname(entry) ?? archive_entry_pathname_utf8(entry) {
      name = String(cString: bytes)
    } else {
      name = ""
    }
    isEncrypted = archive_entry_is_encrypted(entry) != 0
    modified = archive_entry_mtime_is_set(entry) != 0 ? Int(archive_entry_mtime(entry)) : nil
    if archive_entry_hardlink(entry) != nil || archive_entry_symlink(entry) != nil {
      kind = .link
    } else {
      // libarchive's AE_IFREG and its kin, which are casts and do not reach Swift.
      switch UInt32(archive_entry_filetype(entry)) {
      case 0o100000: kind = .file
      case 0o040000: kind = .folder
      case 0o120000: kind = .link
      // Zip entries without Unix attributes have no type; what holds bytes is a file.
      case 0: kind = name.hasSuffix("/") ? .folder : .file
      default: kind = .special
      }
    }
  }
}
