internal import Foundation

/// Where test tools leave their results when nobody says otherwise: what `assay` without a path looks for.
package enum UsualPlaces {
  /// Files and folders relative to the project; `*` stands for any one name or a part of it.
  package static let patterns = [
    ".assay/runs", ".report.json", "TEST-*.xml", "build/reports/junit*.xml", "build/test-results", "junit*.xml",
    "nosetests.xml", "playwright-report", "pytest*.xml", "report.json", "report.xml", "reportlog.jsonl", "reports",
    "results.xml", "target/failsafe-reports", "target/nextest/*/junit.xml", "target/surefire-reports", "test-output",
    "test-reports", "test-results", "test-results.xml", "test_results", "*/build/test-results",
    "*/target/failsafe-reports", "*/target/surefire-reports",
  ]

  /// The places that exist in a folder, as paths that begin with that folder, sorted; empty folders do not count.
  package static func found(in folder: String, patterns: [String] = patterns) -> [String] {
    var found: Set<String> = []
    for pattern in patterns {
      for path in expand(pattern.split(separator: "/")[...], below: "", in: folder) { found.insert(path) }
    }
    return found.sorted().map { folder == "." || folder.isEmpty ? $0 : folder + "/" + $0 }
  }

  private static func expand(_ parts: ArraySlice<Substring>, below path: String, in folder: String) -> [String] {
    guard let part = parts.first else { return isUseful(folder + "/" + path) ? [path] : [] }
    let names = part.contains("*") ? matches(String(part), in: folder + "/" + path) : [String(part)]
    return names.flatMap { name in
      let next = path.isEmpty ? name : path + "/" + name
      return exists(folder + "/" + next) ? expand(parts.dropFirst(), below: next, in: folder) : []
    }
  }

  /// The names in a folder that fit a pattern with one star.
  private static func matches(_ pattern: String, in folder: String) -> [String] {
    let sides = pattern.split(separator: "*", maxSplits: 1, omittingEmptySubsequences: false)
    guard sides.count == 2 else { return [] }
    return names(in: folder).filter { name in
      name.utf8.count >= pattern.utf8.count - 1 && name.hasPrefix(sides[0]) && name.hasSuffix(sides[1])
        && FolderRules.entersFolder(name, in: "")
    }
  }

  private static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// A regular file, or a folder that holds anything.
  private static func isUseful(_ path: String) -> Bool {
    var status = stat()
    guard stat(path, &status) == 0 else { return false }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return true
    case S_IFDIR: return !names(in: path).isEmpty
    default: return false
    }
  }

  private static func names(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while names.count < 10_000, let entry = readdir(directory) {
      let name = FolderWalk.name(of: entry)
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }
}
