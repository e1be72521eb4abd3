package import RunArtifacts

/// Why nothing could be loaded. The text is whole: "could not open runs: there is no such file or folder".
package enum LoadError: Error, Equatable, CustomStringConvertible {
  /// One of the paths cannot be opened.
  case unreadable(path: String, ArtifactError)
  /// The paths hold neither reports nor logs; what was met instead, a clause each.
  case nothingToRead(paths: [String], instead: [String])
  /// The person stopped it.
  case cancelled

  /// The whole sentence, without the program's name.
  package var description: String {
    switch self {
    case .unreadable(let path, let error): return "could not open \(path): \(error)"
    case .nothingToRead(let paths, let instead):
      let shown = paths.isEmpty ? "anything" : paths.joined(separator: ", ")
      guard let first = instead.first else { return "could not read \(shown): nothing was there to read" }
      let more = instead.count > 1 ? ", and \(instead.count - 1) more" : ""
      return "could not read \(shown): nothing was there to read (\(first)\(more))"
    case .cancelled: return "could not finish loading: it was stopped"
    }
  }
}
