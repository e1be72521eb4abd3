internal import ReportFormats
internal import RunArtifacts
internal import TriageModel

/// Decides which files are looked into for a report, and which format they are.
enum ReportCandidate {
  private static let endings: Set<String> = [
    "xml", "json", "jsonl", "ndjson", "trx", "tap", "junit", "xunit", "nunit", "sarif",
  ]
  private static let compressions: Set<String> = ["gz", "xz", "bz2", "zst"]

  /// Whether a file's name lets it be a report; names without an ending are looked into.
  static func isCandidate(_ name: String) -> Bool {
    let name = uncompressed(name)
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return true }
    return endings.contains(name[name.index(after: dot)...].lowercased())
  }

  /// Whether a file with this name is meant to be a test report, whatever it holds: a job that was to leave one ran.
  static func isMeantAsReport(_ name: String) -> Bool {
    let name = uncompressed(name).lowercased()
    if name.hasSuffix(".trx") { return true }
    let stem = name.prefix { $0 != "." }
    if name.hasSuffix(".xml") {
      return stem.contains("junit") || stem.hasPrefix("test-") || stem == "results" || stem == "test-results"
    }
    return name.hasPrefix("reportlog.json") || name == "report.json" || name == ".report.json"
  }

  /// Whether a file inside a folder is an archive by its name; those are opened only when they are named.
  static func isArchive(_ name: String) -> Bool {
    let name = name.lowercased()
    return [".zip", ".tar", ".tgz", ".tar.gz", ".tar.xz", ".tar.zst", ".tar.bz2"].contains { name.hasSuffix($0) }
  }

  /// The format of a file, from its beginning; nil when no format knows it.
  static func format(of file: ArtifactFile) throws(ByteSourceError) -> (any ReportFormat.Type)? {
    let source = try FileSource(file.location)
    let bytes = [UInt8](unsafeUninitializedCapacity: min(ReportHead.length, headLength(file))) { buffer, filled in
      while filled < buffer.count {
        let rest = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...])
        guard let count = try? source.read(into: rest), count > 0 else { break }
        filled += count
      }
    }
    return ReportFormats.format(of: ReportHead(name: uncompressed(file.name), bytes: bytes))
  }

  /// A plain file's size is a bound; what a compressed one holds is not known.
  private static func headLength(_ file: ArtifactFile) -> Int {
    uncompressed(file.name) == file.name ? max(file.size, 1) : ReportHead.length
  }

  private static func uncompressed(_ name: String) -> String {
    guard let dot = name.lastIndex(of: "."), compressions.contains(name[name.index(after: dot)...].lowercased()) else {
      return name
    }
    return String(name[..<dot])
  }
}
