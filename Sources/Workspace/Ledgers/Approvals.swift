package import TriageModel

/// The decisions on a repository's goldens, as its ledger tells them.
package struct Approvals: Sendable, Equatable {
  /// A line as it was found.
  package struct Entry: Sendable, Equatable {
    /// Its number in the file, from 1.
    package let number: Int
    /// What it says.
    package let line: ApprovalLine
    /// The hash it carries is that of the rest.
    package let isGenuine: Bool
  }

  /// A line that says nothing.
  package struct Damage: Sendable, Equatable {
    /// Its number in the file, from 1.
    package let number: Int
    /// What is wrong with it.
    package let reason: String
  }

  private struct Bound: Hashable {
    let location: GoldenLocation
    let actual: ContentHash?
  }

  /// The decisions in the order they were made: by time, then by their place in the file.
  package private(set) var entries: [Entry] = []
  /// Lines that were left out.
  package private(set) var damages: [Damage] = []
  private var rejected: Set<Bound> = []

  /// The ledger of a repository; without one there are no decisions.
  package init(_ repository: Repository) throws(FileError) {
    self.init(bytes: try RepositoryFile(own: Ledger.approvals.path, in: repository).bytes() ?? [])
  }

  /// Reads a ledger; lines that are none of its own are left out and told.
  package init(bytes: [UInt8]) {
    var number = 0
    for raw in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      number += 1
      let text = String(decoding: raw.last == 0x0D ? raw.dropLast() : raw, as: UTF8.self)
      if text.allSatisfy({ $0 == " " }) { continue }
      if let line = ApprovalLine(json: text) {
        entries.append(Entry(number: number, line: line, isGenuine: ApprovalLine.isGenuine(text)))
      } else {
        damages.append(Damage(number: number, reason: Self.reason(text)))
      }
    }
    entries.sort { ($0.line.time, $0.number) < ($1.line.time, $1.number) }
    rejected = Set(
      standing.filter { $0.line.decision == .reject }.map { Bound(location: $0.line.location, actual: $0.line.new) })
  }

  private static func reason(_ line: String) -> String {
    for mark in ["<<<<<<<", "=======", ">>>>>>>"] where line.hasPrefix(mark) { return "a merge conflict's mark" }
    return "it is no decision that this version knows"
  }

  /// Whether the newest decision on a golden and this very actual refused it.
  package func isRejected(place: GoldenLocation, actual: ContentHash?) -> Bool {
    rejected.contains(Bound(location: place, actual: actual))
  }

  /// The decisions that hold: of each golden and actual the newest that was not taken back.
  package var standing: [Entry] {
    let takenBack = Set(entries.compactMap(\.line.undoes))
    var newest: [Bound: Entry] = [:]
    for entry in entries where entry.line.decision != .undo && !takenBack.contains(entry.line.hash) {
      newest[Bound(location: entry.line.location, actual: entry.line.new)] = entry
    }
    return Array(newest.values)
  }

  /// The newest line that says what a golden's bytes are: its approval, or the undo of one; by golden.
  package var newest: [GoldenLocation: Entry] {
    let rejections = Set(entries.filter { $0.line.decision == .reject }.map(\.line.hash))
    var newest: [GoldenLocation: Entry] = [:]
    for entry in entries where entry.line.decision != .reject {
      if let undone = entry.line.undoes, rejections.contains(undone) { continue }
      newest[entry.line.location] = entry
    }
    return newest
  }
}
