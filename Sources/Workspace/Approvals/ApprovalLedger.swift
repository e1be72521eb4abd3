/// The ledger's two files, and how their bytes change.
package enum ApprovalLedger {
  /// One line a decision, relative to the repository.
  package static let path = ".assay/approvals.jsonl"
  /// What tells git how to merge it.
  static let attributesPath = ".assay/.gitattributes"
  private static let rule = "approvals.jsonl merge=union"

  /// The ledger with more lines; a last line without its end gets one.
  static func appending(_ lines: [String], to bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    if let last = bytes.last, last != 0x0A { bytes.append(0x0A) }
    for line in lines {
      bytes.append(contentsOf: line.utf8)
      bytes.append(0x0A)
    }
    return bytes
  }

  /// Those of the lines that the ledger does not have.
  static func missing(_ lines: [String], in bytes: [UInt8]) -> [String] {
    let present = Set(bytes.split(separator: 0x0A).map(Array.init))
    return lines.filter { !present.contains(Array($0.utf8)) }
  }

  /// The attributes with the ledger's rule; nil when it is there.
  static func attributes(from bytes: [UInt8]?) -> [UInt8]? {
    let rules = (bytes ?? []).split(separator: 0x0A)
    if rules.contains(where: { $0.starts(with: "approvals.jsonl".utf8) }) { return nil }
    return appending([rule], to: bytes ?? [])
  }
}
