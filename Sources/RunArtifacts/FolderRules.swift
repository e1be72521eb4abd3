internal import SafeText

/// Hidden names that a tool's convention gives to results; those who know a convention declare its names.
package struct HiddenNames: Sendable, Equatable {
  private let exact: Set<String>
  private let patterns: [Glob]

  /// No hidden name holds results.
  package static let none = HiddenNames([])

  /// Names of files and folders, as they are or as patterns (`.report.json`, `.*.pending-snap`).
  package init(_ names: [String]) {
    exact = Set(names.filter { !$0.contains("*") })
    patterns = names.filter { $0.contains("*") }.map { Glob($0) }
  }

  func contains(_ name: String) -> Bool { exact.contains(name) || patterns.contains { $0.matches(name) } }
}

/// Which names a walk leaves out: what is hidden, and what tools install or compile.
struct FolderRules {
  /// Hidden names that are listed all the same.
  let hidden: HiddenNames

  private static let dependencyFolders: Set<String> = [
    "node_modules", "bower_components", "site-packages", "dist-packages", "__pycache__", "venv", "vendor", "Pods",
    "Carthage", "DerivedData",
  ]

  /// The folder that assay itself keeps, of which only the runs are artifacts.
  private static let ownFolder = ".assay"

  /// Whether a walk enters the folder `name` that lies in the folder `parent` (both without their paths).
  func entersFolder(_ name: String, in parent: String) -> Bool {
    if parent == Self.ownFolder { return name == "runs" }
    if name.utf8.first == UInt8(ascii: ".") { return name == Self.ownFolder || hidden.contains(name) }
    return !Self.dependencyFolders.contains(name)
  }

  /// Whether a walk lists the file `name` of the folder `parent`.
  func listsFile(_ name: String, in parent: String) -> Bool {
    if parent == Self.ownFolder { return false }
    return name.utf8.first != UInt8(ascii: ".") || hidden.contains(name)
  }
}
