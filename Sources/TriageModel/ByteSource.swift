/// A stream of bytes from outside: a file, an archive's entry, standard input.
///
/// Reading stops at the source's own limits; `TriageModel` only names the seam between those who have bytes
/// (RunArtifacts) and those who read them (ReportFormats).
package protocol ByteSource: AnyObject {
  /// Fills the buffer from its start and returns the number of bytes; 0 at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(ByteSourceError) -> Int
}

/// Why bytes could not be read to the end. The text fits "could not read X: {error}".
package enum ByteSourceError: Error, Equatable, CustomStringConvertible {
  /// The system refused; its own words.
  case system(String)
  /// A limit of the program was reached; what it is, and its value.
  case limit(String)
  /// The container is damaged from here on.
  case damaged(String)

  package var description: String {
    switch self {
    case .system(let words), .limit(let words), .damaged(let words): words
    }
  }
}
