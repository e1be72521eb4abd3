internal import RunArtifacts
internal import SafeText
internal import TerminalKit
internal import TriageModel
internal import TriageStyle

/// Reads a file of a run for looking at: logs from their end, other text from its beginning, at most 4 MB of it.
enum FileDocument {
  /// Bytes that are read of a file.
  static let longestRead = 4 << 20

  static func read(_ link: FileLink) -> DocumentText {
    let excerpt: FileExcerpt
    do throws(ByteSourceError) {
      excerpt =
        link.isLog
        ? try FileExcerpt.tail(of: link.location, count: longestRead)
        : try FileExcerpt.head(of: link.location, count: longestRead)
    } catch {
      return failure("could not open \(link.shown): \(error)")
    }
    if excerpt.bytes.prefix(8000).contains(0) {
      let size = excerpt.rest.map { excerpt.skipped + excerpt.bytes.count + $0 }
      return failure("\(link.shown) is binary" + (size.map { ", \($0) bytes" } ?? ""))
    }
    var lines = shownLines(excerpt, isLog: link.isLog)
    if lines.isEmpty { lines = [Line("The file is empty.", .dim)] }
    if let damage = excerpt.damage { lines.append(Line("… it could not be read further: \(damage)", .warning)) }
    return DocumentText(lines: lines, opensAtEnd: link.isLog)
  }

  /// The lines of an excerpt, and how much of the file they leave out.
  private static func shownLines(_ excerpt: FileExcerpt, isLog: Bool) -> [Line] {
    let bytes = isLog ? lastLines(of: excerpt.bytes) : firstLines(of: excerpt.bytes)
    var lines = OutputLines.lines(of: String(decoding: bytes, as: UTF8.self))
    if isLog { lines = lines.map(LogLine.styled) }
    if lines.last?.spans.allSatisfy({ $0.text.isEmpty }) == true { lines.removeLast() }
    let left = excerpt.bytes.count - bytes.count
    if isLog {
      let skipped = excerpt.skipped + left
      if skipped > 0 { lines.insert(cut("the first \(skipped) bytes are not shown"), at: 0) }
    } else if let rest = excerpt.rest {
      if rest + left > 0 { lines.append(cut("\(rest + left) more bytes are not shown")) }
    } else {
      lines.append(cut("there is more"))
    }
    return lines
  }

  /// The part of a text that has at most as many lines as are shown, from its beginning.
  private static func firstLines(of bytes: [UInt8]) -> ArraySlice<UInt8> {
    var count = 0
    for (place, byte) in bytes.enumerated() where byte == 0x0A {
      count += 1
      if count == DocumentBuilder.longestText { return bytes[...place] }
    }
    return bytes[...]
  }

  /// The part of a text that has at most as many lines as are shown, up to its end.
  private static func lastLines(of bytes: [UInt8]) -> ArraySlice<UInt8> {
    var count = 0
    for place in bytes.indices.reversed() where bytes[place] == 0x0A && place < bytes.count - 1 {
      count += 1
      if count == DocumentBuilder.longestText { return bytes[(place + 1)...] }
    }
    return bytes[...]
  }

  private static func cut(_ text: String) -> Line { Line("… \(text); o opens the file in the editor", .truncated) }

  private static func failure(_ text: String) -> DocumentText {
    DocumentText(lines: [Line(Sanitizer.line(text), .warning)])
  }
}
