/// Why the history could not be used. The text fits `could not {open the history}: {error}`.
package enum HistoryError: Error, Equatable, CustomStringConvertible {
  /// The store was written by a later version of the program; nothing was touched.
  case newer(found: Int, known: Int)
  /// The path cannot be written.
  case readOnly(String)
  /// The disk has no room.
  case diskFull
  /// The disk refused to read or write, as it does where files may not grow further.
  case disk(String)
  /// Another process kept the store busy for longer than the program waits.
  case busy
  /// The file is no database, or a damaged one, and could not be set aside either.
  case damaged(String)
  /// A line of an import does not read; counted from 1.
  case line(Int, String)
  /// What else SQLite said.
  case system(String)

  package var description: String {
    switch self {
    case .newer(let found, let known):
      "it was written by a newer assay (schema \(found), this one knows \(known)); nothing was changed"
    case .readOnly(let path): "\(path) cannot be written"
    case .diskFull: "the disk is full"
    case .disk(let words): "the disk refused (is it full, or are files not allowed to grow?): \(words)"
    case .busy: "another process is writing to it"
    case .damaged(let words): "it is damaged: \(words)"
    case .line(let number, let words): "line \(number): \(words)"
    case .system(let words): words
    }
  }
}
