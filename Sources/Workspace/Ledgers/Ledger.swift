internal import TriageModel

/// A file of decisions to which only lines are added, a line a decision: branches that add lines merge by themselves.
package enum Ledger: String, Sendable, CaseIterable {
  /// Decisions on goldens.
  case approvals
  /// Notes, tickets, and what of runbooks was tried.
  case notes

  /// The file, relative to the repository.
  package var path: String { ".assay/\(rawValue).jsonl" }

  /// The bytes with more lines; a last line without its end gets one.
  static func appending(_ lines: [String], to bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    if let last = bytes.last, last != 0x0A { bytes.append(0x0A) }
    for line in lines {
      bytes.append(contentsOf: line.utf8)
      bytes.append(0x0A)
    }
    return bytes
  }

  /// Those of the lines that the bytes do not have.
  static func missing(_ lines: [String], in bytes: [UInt8]) -> [String] {
    let present = Set(bytes.split(separator: 0x0A).map(Array.init))
    return lines.filter { !present.contains(Array($0.utf8)) }
  }

  /// The line that takes another one back; nil for a line that this version does not know.
  func takenBack(_ line: String, who: String, time: Timestamp) -> String? {
    switch self {
    case .approvals: ApprovalLine(json: line)?.takenBack(who: who, time: time).json
    case .notes: Note(json: line)?.takenBack(who: who, time: time).json
    }
  }

  /// The line that says the same anew; nil for a line that this version does not know.
  func again(_ line: String, who: String, time: Timestamp) -> String? {
    switch self {
    case .approvals: ApprovalLine(json: line)?.again(who: who, time: time).json
    case .notes: Note(json: line)?.again(who: who, time: time).json
    }
  }
}

/// What tells git to merge files of decisions line by line.
enum MergeAttributes {
  /// The file of the rules, relative to the repository.
  static let path = ".assay/.gitattributes"
  private static let folder = ".assay/"
  /// The files whose entries are a line each.
  private static let merged = Set(Ledger.allCases.map(\.path) + [MuteFile.path])

  /// The attributes with a rule for each of some files that needs one; nil when all are there.
  static func adding(rulesFor files: [String], to bytes: [UInt8]?) -> [UInt8]? {
    let present = (bytes ?? []).split(separator: 0x0A)
    let names = Set(files).intersection(merged).sorted().map { String($0.dropFirst(folder.utf8.count)) }
    let missing = names.filter { name in !present.contains { $0.starts(with: name.utf8) } }
    return missing.isEmpty ? nil : Ledger.appending(missing.map { "\($0) merge=union" }, to: bytes ?? [])
  }
}
