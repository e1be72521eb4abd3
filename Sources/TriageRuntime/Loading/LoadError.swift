package import RunArtifacts

/// Why nothing could be loaded. The text is whole: "could not open runs: there is no such file or folder".
package enum LoadError: Error, Equatable, CustomStringConvertible {
  /// One of the paths cannot be opened.
  case unreadable(path: String, ArtifactError)
  /// The paths hold neither reports nor logs; the files that looked like reports and are not known.
  case nothingToRead(paths: [String], unrecognised: [String])
  /// The person stopped it.
  case cancelled

  package var description: String {
    switch self {
    case .unreadable(let path, let error): return "could not open \(path): \(error)"
    case .nothingToRead(let paths, let unrecognised):
      let shown = paths.isEmpty ? "anything" : paths.joined(separator: ", ")
      guard let first = unrecognised.first else { return "could not read \(shown): nothing was there to read" }
      let more = unrecognised.count > 1 ? " and \(unrecognised.count - 1) more" : ""
      return "could not read \(shown): nothing was there to read (\(first)\(more): no report of a known format)"
    case .cancelled: return "could not finish loading: it was stopped"
    }
  }
}
