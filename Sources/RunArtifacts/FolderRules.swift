/// Which names a walk leaves out: what is hidden, and what tools install or compile.
enum FolderRules {
  private static let dependencyFolders: Set<String> = [
    "node_modules", "bower_components", "site-packages", "dist-packages", "__pycache__", "venv", "vendor", "Pods",
    "Carthage", "DerivedData",
  ]

  /// Hidden folders that a tool's convention names as the place of results.
  private static let resultFolders: Set<String> = [".assay", ".benchmarks", ".approval_tests_temp", ".vitest"]

  /// Hidden files that a tool writes as its report: pytest-json-report's default name.
  private static let resultFiles: Set<String> = [".report.json"]

  /// Whether a walk enters the folder `name` that lies in the folder `parent` (both without their paths).
  static func entersFolder(_ name: String, in parent: String) -> Bool {
    if parent == ".assay" { return name == "runs" }
    if name.utf8.first == UInt8(ascii: ".") { return resultFolders.contains(name) }
    return !dependencyFolders.contains(name)
  }

  /// Whether a walk lists the file `name` of the folder `parent`.
  static func listsFile(_ name: String, in parent: String) -> Bool {
    if parent == ".assay" { return false }
    guard name.utf8.first == UInt8(ascii: ".") else { return true }
    return resultFiles.contains(name) || name.hasSuffix(".pending-snap")
  }
}
