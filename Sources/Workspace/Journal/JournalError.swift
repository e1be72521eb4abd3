/// Why something was not written. The text is a whole clause: `could not write a.csv: …`.
package enum JournalError: Error, Equatable, CustomStringConvertible {
  /// A file could not be written, or is not the one that was expected; nothing was changed.
  case file(String, FileError)
  /// The journal itself could not be written; nothing was changed.
  case journal(FileError)
  /// Another entry changed the file since, or it is not there to take back; the reason.
  case notUndoable(String)
  /// Nothing may be written here; why, as a sentence.
  case refused(String)
  /// Writing failed half-way, and what was written could not be taken back; the journal keeps the old bytes.
  case halfway(String, FileError, entry: Int)

  package var description: String {
    switch self {
    case .file(let path, let error): "could not write \(path): \(error); nothing was changed"
    case .journal(let error): "could not write the journal: \(error); nothing was changed"
    case .notUndoable(let reason), .refused(let reason): reason
    case .halfway(let path, let error, let entry):
      "could not write \(path): \(error); entry \(entry) of the journal is half done, and the next start mends it"
    }
  }
}
