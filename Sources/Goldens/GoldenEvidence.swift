internal import SafeText
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
  /// The tests that neither passed nor were skipped, found once: every convention searches what they said.
  private let failing: [TestIndex]

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
    failing = run.table.tests(where: { $0 != .passed && $0 != .skipped })
    runFilesByPath = Dictionary(inside.map { (files[$0].path, $0) }) { first, _ in first }
  }
}

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
    for test in failing {
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

/// What a failure said, line by line, without pytest's `E` in front.
struct FailureText {
  /// The lines, without their ends.
  let lines: [Substring]

  init(_ text: String) {
    // CR LF is one Character and no LF: lines are split where the bytes say so.
    lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map {
      Substring($0.last == 0x0D ? $0.dropLast() : $0)
    }
  }

  /// The lines that follow the first one that ends with `mark` and belong to it, without what stands before all of them.
  ///
  /// pytest writes `E` and blanks before each line of an error's text: the block ends where a line has another beginning.
  func block(after mark: String) -> [Substring]? {
    for (number, line) in lines.enumerated() where line.hasSuffix(mark) {
      let margin = Self.margin(of: line)
      return Array(lines[(number + 1)...].prefix { Self.belongs($0, margin) }.map { Self.without($0, margin) })
    }
    return nil
  }

  /// What a line of an error's text begins with: `E` and blanks; nothing in a text that pytest did not lay out.
  static func margin(of line: Substring) -> Substring {
    guard line.utf8.first == 0x45 else { return "" }
    let blanks = line.dropFirst().prefix { $0 == " " }
    guard !blanks.isEmpty else { return "" }
    return line[..<blanks.endIndex]
  }

  /// Whether a line belongs to the text with the given margin; trailing blanks may have been lost.
  static func belongs(_ line: Substring, _ margin: Substring) -> Bool {
    margin.isEmpty || line.hasPrefix(margin) || (line.hasPrefix("E") && line.dropFirst().allSatisfy { $0 == " " })
  }

  /// A line without its margin.
  static func without(_ line: Substring, _ margin: Substring) -> Substring {
    line.hasPrefix(margin) ? line.dropFirst(margin.count) : ""
  }
}

/// Tests by their whole id: of a million tests only those are written out that somebody asks for.
struct TestsByID {
  private var tests: [String: TestIndex] = [:]

  /// Finds tests by their ids in one pass; an id that several tests have finds none.
  init(_ wanted: Set<String>, in table: TestTable) {
    guard !wanted.isEmpty else { return }
    let hashes = Set(wanted.map { Self.hash($0.utf8) })
    var suites: [SuiteID: UInt64] = [:]
    let found = table.tests(among: nil) { _, suite, name in
      let start = suites[suite] ?? Self.start(table.suiteName(suite))
      suites[suite] = start
      return hashes.contains(Self.hash(name, from: start))
    }
    var shared: Set<String> = []
    for test in found {
      let id = table.id(of: test)
      guard wanted.contains(id) else { continue }
      if tests.updateValue(test, forKey: id) != nil { shared.insert(id) }
    }
    for id in shared { tests[id] = nil }
  }

  /// The test with an id.
  subscript(id: String) -> TestIndex? { tests[id] }

  private static func start(_ suite: String) -> UInt64 {
    suite.isEmpty ? hash([]) : hash("::".utf8, from: hash(suite.utf8))
  }

  private static func hash(_ bytes: some Sequence<UInt8>, from start: UInt64 = 0xCBF2_9CE4_8422_2325) -> UInt64 {
    bytes.reduce(start) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}
