internal import SafeText

/// The files of a repository, found by name and by folder; made once for all runs that are looked at.
package struct RepositoryListing: Sendable {
  /// Relative paths, sorted; hidden names that a convention uses are among them.
  package let files: [String]
  /// The files, for asking whether there is one.
  let paths: Set<String>
  /// The files by name.
  let byName: [String: [String]]
  /// The files by folder.
  let byFolder: [String: [String]]
  /// Every folder that a file lies in, however deep.
  let folders: Set<String>

  /// The listing of relative paths; those that lead elsewhere are listed and never found.
  package init(_ files: [String]) {
    self.files = files
    let inside = files.filter { PathText.normal($0) == $0 }
    paths = Set(inside)
    byName = Dictionary(grouping: inside, by: PathText.name)
    byFolder = Dictionary(grouping: inside, by: PathText.folder)
    var folders: Set<String> = []
    for var folder in byFolder.keys {
      while !folder.isEmpty, folders.insert(folder).inserted { folder = PathText.folder(folder) }
    }
    self.folders = folders
  }
}
