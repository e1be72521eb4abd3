internal import Foundation
internal import ReportFormats
internal import RunArtifacts
internal import SafeText
internal import TriageModel

/// Decides which files are looked into for a report, and which format they are.
enum ReportCandidate {
  /// Endings of what tools print: results come that way too, a line each (TAP, `go test -json`).
  private static let prints: Set<String> = ["txt", "log", "out"]

  /// Whether a file's name lets it be a report; names without an ending are looked into.
  static func isCandidate(_ name: String) -> Bool {
    let name = CompressedName.unpacked(name)
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return true }
    if ResultNames.files.contains(name) { return true }
    return ResultNames.endings.contains(name[name.index(after: dot)...].lowercased())
  }

  /// Whether a file is what a tool printed, by its name.
  static func isPrint(_ name: String) -> Bool {
    let name = CompressedName.unpacked(name)
    guard let dot = name.lastIndex(of: ".") else { return false }
    return prints.contains(name[name.index(after: dot)...].lowercased())
  }

  /// Whether a file with this name is meant to be a test report, whatever it holds: a job that was to leave one ran.
  static func isMeantAsReport(_ name: String) -> Bool {
    let name = CompressedName.unpacked(name).lowercased()
    return ResultNames.meant.contains { $0.matches(name) }
  }

  /// Whether a file inside a folder is an archive by its name; those are opened only when they are named.
  static func isArchive(_ name: String) -> Bool {
    let name = name.lowercased()
    return [".zip", ".tar", ".tgz", ".tar.gz", ".tar.xz", ".tar.zst", ".tar.bz2"].contains { name.hasSuffix($0) }
  }

  /// What a file turned out to be.
  enum Finding {
    case report(any ReportFormat.Type)
    /// Results of tests that no reader knows.
    case foreign(ForeignFormat, ForeignFigures)
    case summary(FailsafeSummary)
    case none
  }

  /// Bytes of a foreign report's end that are looked at for what it says of itself.
  private static let endLength = 1 << 16

  /// What a file is, from its beginning.
  static func finding(in file: ArtifactFile, isOnlyFile: Bool) throws(ByteSourceError) -> Finding {
    let head = try head(of: file)
    if let format = ReportFormats.format(of: head), isOnlyFile || isCandidate(file.name) || format.names.isPrinted {
      return .report(format)
    }
    if let summary = FailsafeSummary(head) { return .summary(summary) }
    guard let format = ForeignFormats.format(of: head) else { return .none }
    // Pages and notes quote markup; what a tool printed is lines.
    if isPrint(file.name), !isOnlyFile, !format.isPrinted { return .none }
    let end = try? FileExcerpt.tail(of: file.location, count: endLength)
    return .foreign(format, ForeignFigures(of: format, head: head.bytes, tail: end?.bytes ?? []))
  }

  /// What recognition sees of a file.
  static func head(of file: ArtifactFile) throws(ByteSourceError) -> ReportHead {
    let source = try FileSource(file.location)
    let bytes = [UInt8](unsafeUninitializedCapacity: min(ReportHead.length, headLength(file))) { buffer, filled in
      while filled < buffer.count {
        let rest = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...])
        guard let count = try? source.read(into: rest), count > 0 else { break }
        filled += count
      }
    }
    let place = PathText.folder(file.location)
    return ReportHead(name: CompressedName.unpacked(file.name), folder: file.folder, bytes: bytes) { name in
      access(place + "/" + name, F_OK) == 0
    }
  }

  /// A plain file's size is a bound; what a compressed one holds is not known.
  private static func headLength(_ file: ArtifactFile) -> Int {
    CompressedName.unpacked(file.name) == file.name ? max(file.size, 1) : ReportHead.length
  }
}
