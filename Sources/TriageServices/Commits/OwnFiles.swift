package import TriageModel

/// Tells the repository's own source lines from those of libraries, and finds the file that a stack means.
///
/// A stack from CI names files under another machine's folder (`/builds/churn/checkout/tests/test_a.py`): the
/// longest end of such a path that the repository has is taken, for classes also below the usual folders of sources.
package struct OwnFiles: Sendable {
  /// The longest path, and the most of its parts, that are looked for: stacks are written by strangers.
  private static let longestPath = 4096
  private static let deepest = 64

  /// Whether the repository has a file, by its path relative to the root.
  private let has: @Sendable (String) -> Bool

  /// A repository, asked through a closure.
  package init(has: @escaping @Sendable (String) -> Bool) {
    self.has = has
  }

  /// The place in the repository that a stack's place means; nil when it is not the repository's.
  package func resolve(_ location: SourceLocation) -> SourceLocation? {
    guard location.file.utf8.count <= Self.longestPath, !location.isOfLibrary, !location.file.contains("..") else {
      return nil
    }
    var parts = location.file.split(separator: "/", omittingEmptySubsequences: true).suffix(Self.deepest)
    while let first = parts.first {
      let path = parts.joined(separator: "/")
      if first != ".", let own = own(path) { return SourceLocation(file: own, line: location.line) }
      parts = parts.dropFirst()
    }
    return nil
  }

  /// The path as the repository has it: stacks of Java and its kin name packages, and not the folders these lie in.
  private func own(_ path: String) -> String? {
    if has(path) { return path }
    guard SourceLocation.hasClasses(path) else { return nil }
    return Self.classRoots.lazy.map { $0 + path }.first(where: has)
  }

  /// Where Maven, Gradle, Android and sbt look for classes.
  private static let classRoots =
    ["", "app/", "lib/", "core/"].flatMap { module in
      ["java", "kotlin", "scala", "groovy"].flatMap { [module + "src/test/\($0)/", module + "src/main/\($0)/"] }
    } + ["src/", "test/", "tests/", "app/src/androidTest/java/"]
}
