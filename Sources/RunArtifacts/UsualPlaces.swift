/// Finds the places where results lie when nobody says where.
package enum UsualPlaces {
  /// The files and folders that fit patterns, as paths that begin with the folder, sorted; empty folders do not count.
  ///
  /// A part of a pattern is a name, or a pattern for names (`*`, `?`, `[ab]`, `{a,b}`); `**` is any number of folders.
  package static func found(in folder: String, patterns: [String], hidden: HiddenNames) -> [String] {
    let found = PathExpansion(root: folder, rules: FolderRules(hidden: hidden)).paths(patterns)
    return found.map { folder == "." || folder.isEmpty ? $0 : folder + "/" + $0 }
  }
}
