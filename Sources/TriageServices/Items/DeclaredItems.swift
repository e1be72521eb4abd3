internal import ReportFormats
internal import RunArtifacts
internal import SafeText
internal import TriageModel
internal import Workspace

/// Reads what the configuration declares of a run's files: metrics, telemetry beside what is expected, mocks beside real
/// answers.
struct DeclaredItems {
  let settings: ItemSettings
  /// The repository's folder; nil outside of one, where nothing is expected.
  let root: String?
  /// The files of the run.
  let files: [RunFile]
  private(set) var damages: [Damage] = []

  init(_ settings: ItemSettings, root: String?, files: [RunFile]) {
    (self.settings, self.root, self.files) = (settings, root, files)
  }

  /// Adds all that is declared, and judges metrics by the rules on them.
  mutating func add(to builder: inout TestTableBuilder) {
    for file in matching(settings.metricFiles) {
      read(file, into: &builder) { bytes throws(DeclaredFile.Failure) in try MetricsFile.items(bytes, path: file.path) }
    }
    for pair in settings.telemetry {
      compare(pair, &builder) { expected, observed, _ throws(DeclaredFile.Failure) in
        try TelemetryComparison.items(expected: expected, observed: observed, about: pair.expected)
      }
    }
    for pair in settings.mocks {
      compare(pair, &builder) { mock, real, path throws(DeclaredFile.Failure) in
        [try MockComparison.item(mock: mock, real: real, about: pair.expected, named: path)]
      }
    }
    MetricGate(settings.metricRules).judge(&builder)
  }

  /// The run's files of some patterns, which may leave out the folders before; reports are read as what they are.
  private func matching(_ patterns: [String]) -> [RunFile] {
    let globs = patterns.map { Glob($0) }
    return files.filter { file in file.kind != .report && globs.contains { Self.matches($0, file.path) } }
  }

  private static func matches(_ glob: Glob, _ path: String) -> Bool {
    if glob.matches(path) { return true }
    var rest = path[...]
    while let slash = rest.firstIndex(of: "/") {
      rest = rest[rest.index(after: slash)...]
      if glob.matches(String(rest)) { return true }
    }
    return false
  }

  private mutating func compare(
    _ pair: DeclaredPair, _ builder: inout TestTableBuilder,
    _ items: ([UInt8], [UInt8], String) throws(DeclaredFile.Failure) -> [ReviewItem]
  ) {
    guard let root else { return }
    for file in matching([pair.observed]) {
      let expected: [UInt8]
      do throws(DeclaredFile.Failure) {
        expected = try Self.bytes(at: root + "/" + pair.expected)
      } catch {
        damages.append(Damage(path: pair.expected, line: nil, cause: error.description))
        continue
      }
      read(file, into: &builder) { bytes throws(DeclaredFile.Failure) in try items(expected, bytes, file.path) }
    }
  }

  private mutating func read(
    _ file: RunFile, into builder: inout TestTableBuilder,
    _ items: ([UInt8]) throws(DeclaredFile.Failure) -> [ReviewItem]
  ) {
    do throws(DeclaredFile.Failure) {
      let items = try items(try Self.bytes(at: file.location))
      builder.beginReport(ReportInfo(path: file.path, folder: PathText.folder(file.path), format: "declared"))
      for item in items { builder.add(item) }
      builder.endReport()
    } catch {
      damages.append(Damage(path: file.path, line: nil, cause: error.description))
    }
  }

  private static func bytes(at location: String) throws(DeclaredFile.Failure) -> [UInt8] {
    let source: FileSource
    do throws(ByteSourceError) { source = try FileSource(location) } catch { throw .unreadable(error.description) }
    return try DeclaredFile.bytes(of: source)
  }
}
