internal import TriageModel

/// Looks for the marks of a console log in the beginning of a text: CI time stamps, groups, colour codes.
struct LogHead {
  /// Whether the text is a log.
  let isLog: Bool

  /// Judges the first bytes of a file.
  init(_ head: [UInt8]) {
    guard RunFileKind.isText(head) else {
      isLog = false
      return
    }
    let lines = head.prefix(4096).split(separator: 0x0A).prefix(12)
    isLog = lines.contains { Self.isLogLine($0) }
  }

  private static let marks: [[UInt8]] = ["##[", "::group::", "section_start:", "+ set -", "Started by ", "[Pipeline]"]
    .map { Array($0.utf8) }

  private static func isLogLine(_ line: ArraySlice<UInt8>) -> Bool {
    // A UTF-8 mark precedes the first line of GitHub's logs.
    let line = line.starts(with: [0xEF, 0xBB, 0xBF]) ? line.dropFirst(3) : line
    if line.starts(with: [0x1B, UInt8(ascii: "[")]) { return true }
    if marks.contains(where: { line.starts(with: $0) }) { return true }
    return startsWithTime(line)
  }

  /// `2024-01-01T00:00:00.0000000Z `, with or without brackets, `T` or a space.
  private static func startsWithTime(_ line: ArraySlice<UInt8>) -> Bool {
    let line = line.first == UInt8(ascii: "[") ? line.dropFirst() : line
    let shape = Array("dddd-dd-ddTdd:dd:dd".utf8)
    guard line.count >= shape.count else { return false }
    return zip(shape, line).allSatisfy { wanted, byte in
      switch wanted {
      case UInt8(ascii: "d"): (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      case UInt8(ascii: "T"): byte == UInt8(ascii: "T") || byte == UInt8(ascii: " ")
      default: byte == wanted
      }
    }
  }
}
