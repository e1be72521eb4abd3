internal import DataSyntax
internal import TriageModel

/// The registry of kinds, sorted by id, and the one way to compare two goldens.
package enum GoldenKinds {
  /// All of them; `text` and `bytes`, which take what no other claims, are not among those that claim.
  package static let all: [any GoldenKind] = [CSV(), Notebook(), JSON(), NPY(), NPZ(), PNG(), YAML()]

  /// The kind that a golden's name and first bytes tell; nil leaves it to text and bytes.
  package static func claiming(name: String, head: ArraySlice<UInt8>) -> (any GoldenKind)? {
    all.first { $0.claims(name: name, head: head) }
  }

  /// Compares two goldens: byte for byte, then as their kind, and as text or bytes where that cannot be.
  ///
  /// - Parameters:
  ///   - name: The golden's file name, whose ending tells the kind.
  ///   - kind: The kind's id where it is known; an unknown id is told from name and bytes.
  package static func compare(
    _ expected: [UInt8], _ actual: [UInt8], name: String, kind: String? = nil,
    options: ComparisonOptions = ComparisonOptions()
  ) -> Comparison {
    let head = (expected.isEmpty ? actual : expected).prefix(4096)
    let plainKind = kind.flatMap { ["text", "bytes"].contains($0) ? $0 : nil }
    let wanted = plainKind == nil ? all.first { $0.id == kind } ?? claiming(name: name, head: head) : nil
    if ByteRuns.areEqual(expected, actual) { return identical(expected, kind: wanted?.id ?? plainKind) }
    var remarks: [String] = []
    if max(expected.count, actual.count) > options.limits.bytes {
      return tooLarge(expected, actual, options.limits.bytes)
    }
    if let line = ConflictMarkers.firstLine(in: expected) {
      remarks.append("The golden holds the conflict markers of a merge (line \(line)).")
    }
    guard let wanted else { return plain(expected, actual, asBytes: kind == "bytes", options, remarks) }
    do throws(GoldenError) {
      var comparison = try wanted.compare(expected, actual, options)
      comparison.remarks = remarks + comparison.remarks
      comparison.noteForms(expected, actual)
      comparison.noteSetAside()
      return comparison
    } catch {
      var comparison = plain(expected, actual, asBytes: false, options, remarks)
      comparison.remarks.append(
        "It was compared as \(comparison.kind), since it could not be read as \(wanted.title): \(error).")
      return comparison
    }
  }

  /// Lines, or bytes where one side is no text.
  private static func plain(
    _ expected: [UInt8], _ actual: [UInt8], asBytes: Bool, _ options: ComparisonOptions, _ remarks: [String]
  ) -> Comparison {
    if !asBytes, let left = DecodedText(expected), let right = DecodedText(actual) {
      var comparison = TextComparer.compare(left, right, options, remarks: remarks)
      comparison.noteSetAside()
      return comparison
    }
    let body = BytesComparison(expected: expected, actual: actual)
    var comparison = Comparison(kind: "bytes", body: .bytes(body))
    comparison.summary = body.summary
    comparison.intolerable = 1
    comparison.drift = Drift(.real, "the bytes differ from byte \(body.firstDifference) on")
    comparison.remarks = remarks
    return comparison
  }

  private static func identical(_ bytes: [UInt8], kind: String?) -> Comparison {
    var comparison = Comparison(kind: kind ?? (DecodedText(bytes) == nil ? "bytes" : "text"), body: .none)
    comparison.isIdentical = true
    comparison.summary = ChangeSummary(unit: "bytes")
    comparison.summary.total = bytes.count
    comparison.drift = Drift(.format, "the bytes are the same")
    comparison.numbers = nil
    return comparison
  }

  private static func tooLarge(_ expected: [UInt8], _ actual: [UInt8], _ limit: Int) -> Comparison {
    var comparison = Comparison(kind: "bytes", body: .none)
    comparison.summary = ChangeSummary(unit: "bytes")
    comparison.summary.total = max(expected.count, actual.count)
    comparison.summary.structure = ["\(expected.count) bytes → \(actual.count) bytes"]
    comparison.intolerable = 1
    comparison.drift = Drift(.unknown, "larger than \(limit) bytes")
    comparison.remarks = [
      "The sides differ, and one is larger than \(limit) bytes (limit): what differs was not looked at."
    ]
    return comparison
  }
}

/// Finds what a merge leaves in a file whose sides nobody has chosen between.
package enum ConflictMarkers {
  /// The line, from 1, of the first marker that begins a conflict which is whole: three markers in their order.
  package static func firstLine(in bytes: [UInt8]) -> Int? {
    bytes.withUnsafeBytes { buffer in
      // Lines are counted from the first marker on: nearly every golden has none.
      guard var place = firstOpening(in: buffer) else { return nil }
      var start: (line: Int, isDivided: Bool)?
      var line = 1 + buffer[..<place].count { $0 == 0x0A }
      while place < buffer.count {
        if begins(buffer, place, 0x3C) {
          start = (line, false)
        } else if begins(buffer, place, 0x3D), let open = start {
          start = (open.line, true)
        } else if begins(buffer, place, 0x3E), let open = start, open.isDivided {
          return open.line
        }
        while place < buffer.count, buffer[place] != 0x0A { place += 1 }
        place += 1
        line += 1
      }
      return nil
    }
  }

  /// Where the first line begins that can open a conflict.
  private static func firstOpening(in bytes: UnsafeRawBufferPointer) -> Int? {
    let bytes = bytes.bindMemory(to: UInt8.self)
    var place = ByteScan.find(0x3C, in: bytes, from: 0)
    while place < bytes.count {
      if place == 0 || bytes[place - 1] == 0x0A, begins(UnsafeRawBufferPointer(bytes), place, 0x3C) { return place }
      place = ByteScan.find(0x3C, in: bytes, from: place + 1)
    }
    return nil
  }

  /// Whether seven of a byte stand here, and then a blank or a line end.
  private static func begins(_ bytes: UnsafeRawBufferPointer, _ place: Int, _ byte: UInt8) -> Bool {
    guard bytes[place] == byte, bytes.count - place >= 7 else { return false }
    for offset in 1..<7 where bytes[place + offset] != byte { return false }
    return bytes.count - place == 7 || [0x20, 0x0A, 0x0D].contains(bytes[place + 7])
  }
}
