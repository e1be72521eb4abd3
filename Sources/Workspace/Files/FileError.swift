/// Why a file of the repository is not read or written. The text fits "could not write X: {error}".
package enum FileError: Error, Equatable, CustomStringConvertible {
  /// The path is absolute, empty or leads out of the repository.
  case outside
  /// A link on the way leads out of the repository, nowhere, or in a circle; the link.
  case link(String)
  /// It is a part of git's own folder.
  case git
  /// It is one of assay's own files, which no artifact may name.
  case own
  /// The name holds a NUL, or is longer than names are.
  case name
  /// A folder is there.
  case folder
  /// A device, a pipe or a socket is there.
  case notAFile
  /// A part of the path differs from an existing name only by case or by how its letters are composed; that name.
  case collision(String)
  /// It holds more bytes than are read; the limit.
  case tooLarge(Int)
  /// It is not the file that was expected: somebody else wrote it.
  case changed
  /// The bytes it had are no longer kept.
  case forgotten
  /// The system refused; its words.
  case system(String)

  package var description: String {
    switch self {
    case .outside: "it leads out of the repository"
    case .link(let link): "the link \(link) leads out of the repository or nowhere"
    case .git: "it lies in git's own folder"
    case .own: "it is one of assay's own files"
    case .name: "it is no name of a file"
    case .folder: "a folder is there"
    case .notAFile: "it is no regular file"
    case .collision(let name): "\(name) is there, which some systems take for the same name"
    case .tooLarge(let limit): "it is larger than \(limit) bytes (limit)"
    case .changed: "it was changed by somebody else"
    case .forgotten: "its bytes are no longer kept"
    case .system(let words): words
    }
  }
}
