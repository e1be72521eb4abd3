/// Where an accepted output lies: a file of the repository, or one entry of a file that holds several.
package struct GoldenPlace: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The file, relative to the repository's root, as the artifacts name it: a claim until a writer has resolved it.
  package var path: String
  /// The entry's key in a file of several (`.ambr`, `.snap`, inline); nil when the whole file is the golden.
  package var entry: String?

  /// A file, or an entry of one.
  package init(path: String, entry: String? = nil) {
    self.path = path
    self.entry = entry
  }

  /// What people type and read: the path, with the entry behind `::`.
  package var description: String { entry.map { path + "::" + $0 } ?? path }

  /// The last part of the path.
  package var fileName: String { path.split(separator: "/").last.map(String.init) ?? path }

  package static func < (left: GoldenPlace, right: GoldenPlace) -> Bool {
    (left.path, left.entry ?? "") < (right.path, right.entry ?? "")
  }
}
