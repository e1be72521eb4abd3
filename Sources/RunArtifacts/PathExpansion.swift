internal import Foundation
internal import SafeText

/// Finds the files and folders that fit patterns, a folder at a time.
///
/// A part of a pattern is a name, or a pattern for names (`*`, `?`, `[ab]`, `{a,b}`); `**` is any number of folders.
/// Patterns find nothing hidden and nothing that tools install, unless the pattern names it.
struct PathExpansion {
  /// The folder that patterns are relative to.
  let root: String
  let rules: FolderRules

  private static let folderLimit = 8
  private static let nameLimit = 10_000
  private static let resultLimit = 10_000

  /// The paths that fit any of the patterns and hold anything, sorted; what lies in a folder that fits too is left out.
  func paths(_ patterns: [String]) -> [String] {
    var found: Set<String> = []
    for pattern in patterns { expand(pattern.split(separator: "/")[...], below: "", into: &found) }
    return found.sorted().filter { path in
      var parent = path
      while let slash = parent.lastIndex(of: "/") {
        parent = String(parent[..<slash])
        if found.contains(parent) { return false }
      }
      return true
    }
  }

  private func expand(_ parts: ArraySlice<Substring>, below path: String, into found: inout Set<String>) {
    guard found.count < Self.resultLimit else { return }
    guard let part = parts.first else {
      if isUseful(path) { found.insert(path) }
      return
    }
    if part == "**" {
      expandDeeply(parts.dropFirst(), below: path, depth: 0, into: &found)
      return
    }
    for name in names(fitting: String(part), in: path) {
      let next = path.isEmpty ? name : path + "/" + name
      if access(root + "/" + next, F_OK) == 0 { expand(parts.dropFirst(), below: next, into: &found) }
    }
  }

  /// Goes on in a folder and in all below it.
  private func expandDeeply(
    _ parts: ArraySlice<Substring>, below path: String, depth: Int, into found: inout Set<String>
  ) {
    expand(parts.isEmpty ? ["*"] : parts, below: path, into: &found)
    guard depth < Self.folderLimit else { return }
    for name in names(fitting: "*", in: path) {
      let next = path.isEmpty ? name : path + "/" + name
      var status = stat()
      // A link could lead back up.
      if lstat(root + "/" + next, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
        expandDeeply(parts, below: next, depth: depth + 1, into: &found)
      }
    }
  }

  private func names(fitting part: String, in path: String) -> [String] {
    guard part.contains(where: { "*?[{".contains($0) }) else { return [part] }
    let glob = Glob(part)
    return names(in: path).filter { rules.entersFolder($0, in: "") && glob.matches($0) }
  }

  /// A regular file, or a folder that holds anything.
  private func isUseful(_ path: String) -> Bool {
    var status = stat()
    guard stat(root + "/" + path, &status) == 0 else { return false }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return true
    case S_IFDIR: return !names(in: path).isEmpty
    default: return false
    }
  }

  private func names(in path: String) -> [String] {
    guard let directory = opendir(path.isEmpty ? root : root + "/" + path) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while names.count < Self.nameLimit, let entry = readdir(directory) {
      let name = FolderWalk.name(of: entry)
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }
}
