import Goldens
import ReportFormats
import TestSupport
import TriageModel

/// A run's files and a repository, on disk, as evidence for conventions.
struct RecordedRun {
  /// The run's folder, absolute.
  var run: String
  /// The repository, absolute.
  var repository: String
  /// Whether what lies in the repository is the run's.
  var isLocal = false
  /// Globs that the repository's configuration names.
  var rules: [GoldenRule] = []
  /// Other paths instead of the run's own: what strangers may write.
  var rename: (String) -> String = { $0 }

  /// A fixture: `run/` and `repository/` in a folder.
  init(fixture folder: String) {
    run = folder + "/run"
    repository = folder + "/repository"
    isLocal = true
    rules = Files.text(folder + "/rules.tsv").split(separator: "\n").map { line in
      let globs = line.split(separator: "\t").map(String.init)
      return GoldenRule(expected: globs[0], actual: globs[1])
    }
  }

  init(run: String, repository: String) {
    self.run = run
    self.repository = repository
  }

  /// The evidence: reports among the run's files are read, all else is a file of the run.
  var evidence: GoldenEvidence {
    let repository = repository
    let listed = Files.all(in: repository).map { String($0.dropFirst(repository.count + 1)) }
      .filter { !$0.hasPrefix(".git/") }.sorted()
    var info = RunInfo(identity: RunIdentity(source: "example", id: "1"))
    var builder = TestTableBuilder()
    for path in Files.all(in: run).sorted() {
      let shown = rename(String(path.dropFirst(run.count + 1)))
      let bytes = Files.bytes(path)
      let head = ReportHead(name: Files.name(path), bytes: Array(bytes.prefix(ReportHead.length)))
      if let format = ReportFormats.format(of: head) {
        builder.beginReport(ReportInfo(path: shown, folder: "", format: format.id))
        let input = ReportInput(
          path: shown, open: { () throws(ByteSourceError) -> any ByteSource in MemorySource(bytes) },
          repositoryHas: { listed.contains($0) })
        _ = format.read(input, into: &builder)
        builder.endReport()
      } else {
        info.files.append(RunFile(path: shown, kind: .other, size: bytes.count, location: path))
      }
    }
    return GoldenEvidence(
      run: Run(info: info, table: builder.table), repository: RepositoryListing(listed), isLocal: isLocal, rules: rules,
      readRunFile: { Self.read($0, $1) }, readRepositoryFile: { Self.read(repository + "/" + $0, $1) },
      readGoldenAtRun: { Self.read(repository + "/" + $0, $1) }, locate: { repository + "/" + $0 })
  }

  /// The bytes of a side.
  func bytes(_ side: GoldenPair.Side, _ place: GoldenLocation) -> [UInt8]? {
    switch side {
    case .file(let location, _): Self.read(location, .max)
    case .bytes(let bytes): bytes
    case .repository: Self.read(repository + "/" + place.path, .max)
    case .none, .unknown: nil
    }
  }

  private static func read(_ path: String, _ limit: Int) -> [UInt8]? {
    guard !Files.isFolder(path), Files.exists(path) else { return nil }
    let bytes = Files.bytes(path)
    return bytes.count > limit ? nil : bytes
  }
}
