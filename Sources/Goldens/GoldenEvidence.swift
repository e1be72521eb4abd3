package import TriageModel

/// What conventions look at to find pairs: a run's tests and files, and the repository's files.
///
/// Everything in it was written by strangers. A convention never opens a path that a report names; it looks among the
/// listed files for one that fits.
package struct GoldenEvidence: Sendable {
  /// The run.
  package let run: Run
  /// The files of the repository.
  package let repository: RepositoryListing
  /// Whether the run happened in this very checkout, so that files which a framework left beside its goldens are the run's.
  package var isLocal: Bool
  /// Pairs of globs that the repository's configuration names, relative to the repository (`goldens:`).
  package var rules: [GoldenRule]
  /// The bytes of a file of the run (`RunFile.location`); nil when it cannot be read or is larger than `limit`.
  package var readRunFile: @Sendable (_ location: String, _ limit: Int) -> [UInt8]?
  /// The bytes of a file of the repository as it lies there now; nil when it cannot be read or is larger than `limit`.
  package var readRepositoryFile: @Sendable (_ path: String, _ limit: Int) -> [UInt8]?
  /// The bytes of a file of the repository at the run's commit, else as it lies there now; nil when there is none.
  package var readGoldenAtRun: @Sendable (_ path: String, _ limit: Int) -> [UInt8]?
  /// The absolute path of a file of the repository, which is how a pair names one that the framework left there.
  package var locate: @Sendable (_ path: String) -> String
  /// The run's files by name: places in `run.info.files`.
  let runFilesByName: [String: [Int]]
  /// The run's files by path: many can share one name.
  let runFilesByPath: [String: Int]

  /// What conventions look at.
  package init(
    run: Run, repository: RepositoryListing, isLocal: Bool, rules: [GoldenRule],
    readRunFile: @escaping @Sendable (_ location: String, _ limit: Int) -> [UInt8]?,
    readRepositoryFile: @escaping @Sendable (_ path: String, _ limit: Int) -> [UInt8]?,
    readGoldenAtRun: @escaping @Sendable (_ path: String, _ limit: Int) -> [UInt8]?,
    locate: @escaping @Sendable (_ path: String) -> String
  ) {
    self.run = run
    self.repository = repository
    self.isLocal = isLocal
    self.rules = rules
    self.readRunFile = readRunFile
    self.readRepositoryFile = readRepositoryFile
    self.readGoldenAtRun = readGoldenAtRun
    self.locate = locate
    let files = run.info.files
    let inside = files.indices.filter { PathText.normal(files[$0].path) == files[$0].path }
    runFilesByName = Dictionary(grouping: inside) { PathText.name(files[$0].path) }
    runFilesByPath = Dictionary(inside.map { (files[$0].path, $0) }) { first, _ in first }
  }
}

/// A pair of globs of the repository's configuration: `expected: tests/**/X.json, actual: out/**/X.actual.json`.
package struct GoldenRule: Sendable, Equatable {
  /// Goldens, relative to the repository.
  package var expected: String
  /// What runs produce, relative to the run's folder or the repository; each `*` and `**` stands for what it stood for in `expected`.
  package var actual: String
  /// The tolerance that the repository gives these goldens; nil leaves it to the test.
  package var tolerance: Tolerance?

  /// A rule.
  package init(expected: String, actual: String, tolerance: Tolerance? = nil) {
    self.expected = expected
    self.actual = actual
    self.tolerance = tolerance
  }
}
