internal import SafeText
internal import TriageModel

/// What conventions ask of the evidence.
extension GoldenEvidence {
  /// The largest golden that is read to find its pair.
  static let sizeLimit = 64 << 20

  /// A failure that said something a convention knows.
  struct FoundFailure {
    /// The test.
    var test: TestIndex
    /// Which attempt at it, from 0.
    var attempt: Int
    /// The whole text.
    var text: String
  }

  /// Whether the repository has a file.
  func hasGolden(_ path: String) -> Bool { repository.paths.contains(path) }

  /// The files of the run whose name ends in a certain way, by their place in the list.
  func runFiles(where isWanted: (String) -> Bool) -> [RunFile] {
    runFilesByName.keys.filter(isWanted).sorted().flatMap { runFilesByName[$0] ?? [] }.map { run.info.files[$0] }
  }

  /// The run's file at a path relative to the run's folder.
  func runFile(at path: String) -> RunFile? { runFilesByPath[path].map { run.info.files[$0] } }

  /// The run's file whose path ends as a path does that a report names; nil when none or several do equally well.
  func runFile(like path: String) -> RunFile? {
    let wanted = PathText.parts(path)
    let files = (runFilesByName[PathText.name(path)] ?? []).map { run.info.files[$0] }
    let common = files.map { PathText.commonEnd(PathText.parts($0.path), wanted) }
    guard let best = common.max(), common.count(where: { $0 == best }) == 1 else { return nil }
    return zip(files, common).first { $1 == best }?.0
  }

  /// The repository's file whose path ends as a path does that a report names; nil when none or several do equally well.
  func golden(like path: String) -> String? {
    let wanted = PathText.parts(path)
    let files = repository.byName[PathText.name(path)] ?? []
    let common = files.map { PathText.commonEnd(PathText.parts($0), wanted) }
    guard let best = common.max(), common.count(where: { $0 == best }) == 1 else { return nil }
    return zip(files, common).first { $1 == best }?.0
  }

  /// Failures whose long text has the given words, in the order of the tests.
  func failures(saying words: String) -> [FoundFailure] {
    let search = ByteSearch(words, caseSensitive: true)
    var found: [FoundFailure] = []
    for test in run.table.tests(where: { $0 != .passed && $0 != .skipped }) {
      run.table.forEachFailureText(of: test) { attempt, ref in
        let fits = run.table.text.withBytes(of: ref) { search.matches($0) }
        if fits { found.append(FoundFailure(test: test, attempt: attempt, text: run.table.text.string(ref))) }
      }
    }
    return found
  }

  /// A file of the run as a side.
  func side(_ file: RunFile) -> GoldenPair.Side { .file(location: file.location, shown: file.path) }

  /// A file of the repository, which a framework left there, as a side.
  func side(left path: String) -> GoldenPair.Side { .file(location: locate(path), shown: path) }

  /// The bytes of a file of the run; nil when it cannot be read.
  func bytes(_ file: RunFile) -> [UInt8]? { readRunFile(file.location, Self.sizeLimit) }

  /// The golden's bytes as the run compared with them.
  func golden(_ path: String) -> [UInt8]? { readGoldenAtRun(path, Self.sizeLimit) }
}
