extension SourceLocation {
  /// Whether the path is plainly that of an installed library or of a language's own files: never what a person edits.
  package var isOfLibrary: Bool {
    let folders = ["site-packages", "dist-packages", "node_modules", ".venv", "vendor"]
    if folders.contains(where: { file.contains("/\($0)/") || file.hasPrefix($0 + "/") }) { return true }
    return file.contains("/lib/python3") || file.hasPrefix("/rustc/") || file.hasPrefix("node:") || file.hasPrefix("<")
  }
}
