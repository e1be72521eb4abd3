/// What one argument of the person led to: the files to read, wherever they came from.
package struct ArtifactFolder: Sendable, Equatable {
  /// The argument as it was given; `standard input` for `-`.
  package let shownPath: String
  /// What was given as an absolute path without links; nil for standard input.
  package let origin: String?
  /// The folder the files lie in, an absolute path: for an archive the one it was unpacked into.
  package let root: String
  /// The files, sorted by path.
  package var files: [ArtifactFile]
  /// What was left alone.
  package var refusals: [Refusal]
  /// Why the artifacts are not whole (a truncated archive, a limit), a clause in lower case; nil when they are.
  package var damage: String?
  /// Whether the files were unpacked from an archive.
  package let isArchive: Bool
  /// Whether the argument was one file.
  package let isSingleFile: Bool

  /// The artifacts of one argument.
  package init(
    shownPath: String, origin: String?, root: String, files: [ArtifactFile], refusals: [Refusal] = [],
    damage: String? = nil,
    isArchive: Bool = false, isSingleFile: Bool = false
  ) {
    self.shownPath = shownPath
    self.origin = origin
    self.root = root
    self.files = files
    self.refusals = refusals
    self.damage = damage
    self.isArchive = isArchive
    self.isSingleFile = isSingleFile
  }
}
