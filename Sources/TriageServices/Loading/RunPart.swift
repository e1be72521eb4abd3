internal import ReportFormats
internal import RunArtifacts
internal import TriageModel

/// What can be told of one of several paths before its reports are read: whether it may be a part of the same run.
///
/// Artifacts of one run come as an archive a job (`*.zip`) or a folder a module. They are one run unless something speaks
/// against it: another commit, another id in their names, starts further apart than a job lasts, or the same tests
/// once more at another time.
struct RunPart {
  private let commit: String?
  private let id: String?
  private let labels: [String: String]
  /// When its reports say that they began, first and last.
  private var reported: ClosedRange<Timestamp>?
  /// When its reports were written, first and last; archives made to be the same every time say nothing.
  private var written: ClosedRange<Timestamp>?
  private var tests: Set<UInt64> = []

  /// Reports of a path that are looked into.
  private static let most = 8
  /// The longest that a job lasts on the services' own machines, in milliseconds (GitHub's limit: six hours).
  private static let longestJob: Int64 = 6 * 3_600_000
  /// Legs that run the same tests begin together, as far as there are machines for them.
  private static let legsBegin: Int64 = 600_000

  init(_ source: RunGroup.Source, overrides: RunOverrides) {
    commit = source.manifest?.commit ?? overrides.commit
    id = Self.id(in: source.name)
    labels = PathLabels(source.name).labels.merging(source.manifest?.labels ?? [:]) { $1 }
    for report in source.reports.prefix(Self.most) {
      let head = (try? FileExcerpt.head(of: report.file.location, count: ReportHead.length))?.bytes ?? []
      let peek = ReportPeek(head, report.format)
      tests.formUnion(peek.tests)
      for time in peek.times { Self.extend(&reported, to: time) }
    }
    for file in source.reports.map(\.file) + source.others {
      if let time = file.modified, time.isTrusted { Self.extend(&written, to: time) }
    }
  }

  /// Whether nothing speaks against both being parts of one run.
  func mayBelong(with other: RunPart) -> Bool {
    if let commit, let theirs = other.commit, commit != theirs { return false }
    if let id, let theirs = other.id, id != theirs { return false }
    guard let gap = gap(to: other) else { return true }
    if gap > Self.longestJob { return false }
    let isSameLeg = labels == other.labels && !tests.isDisjoint(with: other.tests)
    return !isSameLeg || gap <= Self.legsBegin
  }

  /// Milliseconds between both; times that reports tell and times of files are not compared with one another.
  private func gap(to other: RunPart) -> Int64? {
    if let reported, let theirs = other.reported { return Self.gap(reported, theirs) }
    if reported == nil, other.reported == nil, let written, let theirs = other.written {
      return Self.gap(written, theirs)
    }
    return nil
  }

  private static func gap(_ left: ClosedRange<Timestamp>, _ right: ClosedRange<Timestamp>) -> Int64 {
    if left.overlaps(right) { return 0 }
    let (first, second) = left.upperBound < right.lowerBound ? (left, right) : (right, left)
    return second.lowerBound.milliseconds - first.upperBound.milliseconds
  }

  private static func extend(_ range: inout ClosedRange<Timestamp>?, to time: Timestamp) {
    range = range.map { min($0.lowerBound, time)...max($0.upperBound, time) } ?? time...time
  }

  /// What a name tells runs apart by: a number as long as services count them, or a date. Versions are shorter.
  private static func id(in name: String) -> String? {
    let digits = name.utf8.split { !(0x30...0x39).contains($0) }.map { String(decoding: $0, as: UTF8.self) }
    if digits.count == 1, digits[0] == name, name.utf8.count >= 3 { return name }
    if let long = digits.first(where: { $0.utf8.count >= 6 }) { return long }
    let parts = digits.drop { $0.utf8.count != 4 || !$0.hasPrefix("20") }.prefix(3)
    return parts.count == 3 && parts.dropFirst().allSatisfy { $0.utf8.count == 2 } ? parts.joined(separator: "-") : nil
  }
}
