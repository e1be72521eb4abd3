/// Paths inside a folder, judged by their letters alone.
package enum RelativePath {
  /// The path without `.` and empty parts; nil when it is absolute, empty, leads out, or holds a NUL.
  package static func normal(_ path: String) -> String? {
    guard !path.isEmpty, !path.hasPrefix("/"), !path.utf8.contains(0) else { return nil }
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == ".." {
        if parts.popLast() == nil { return nil }
      } else {
        parts.append(part)
      }
    }
    return parts.isEmpty ? nil : parts.joined(separator: "/")
  }
}
