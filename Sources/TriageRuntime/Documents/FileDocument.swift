internal import Foundation
internal import SafeText
internal import TerminalKit
internal import TriageMessages

/// Reads a file of a run for looking at: logs from their end, other text from its beginning, at most 4 MB of it.
enum FileDocument {
  /// Bytes that are read of a file.
  static let longestRead = 4 << 20

  static func read(_ link: FileLink, request: DocumentRequest) -> Document {
    let handle = open(link.location, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard handle >= 0 else { return failure("could not open \(link.shown): \(systemError())", request) }
    defer { close(handle) }
    var status = stat()
    guard fstat(handle, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      return failure("could not open \(link.shown): it is not a regular file", request)
    }
    let size = Int(status.st_size)
    let start = link.isLog ? max(0, size - longestRead) : 0
    let read = readBytes(handle, from: start)
    if read.prefix(8000).contains(0) {
      return failure("\(link.shown) is binary, \(size) bytes", request)
    }
    let bytes = link.isLog ? lastLines(of: read) : firstLines(of: read)
    let skipped = link.isLog ? start + read.count - bytes.count : 0
    var lines = OutputLines.lines(of: String(decoding: bytes, as: UTF8.self))
    if link.isLog { lines = lines.map(LogLine.styled) }
    if lines.last?.spans.allSatisfy({ $0.text.isEmpty }) == true { lines.removeLast() }
    if skipped > 0 { lines.insert(cut("the first \(skipped) bytes are not shown"), at: 0) }
    let rest = size - skipped - bytes.count
    if rest > 0 { lines.append(cut("\(rest) more bytes are not shown")) }
    if lines.isEmpty { lines = [Line("The file is empty.", .dim)] }
    return Document(request: request, lines: lines, opensAtEnd: link.isLog)
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

  private static func readBytes(_ handle: Int32, from offset: Int) -> [UInt8] {
    let room = longestRead
    return [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
      while count < room {
        let got = pread(handle, buffer.baseAddress?.advanced(by: count), room - count, off_t(offset + count))
        if got <= 0 { break }
        count += got
      }
    }
  }

  private static func cut(_ text: String) -> Line { Line("… \(text); o opens the file in the editor", .truncated) }

  private static func failure(_ text: String, _ request: DocumentRequest) -> Document {
    Document(request: request, lines: [Line(Sanitizer.line(text), .warning)])
  }

  private static func systemError() -> String { String(cString: strerror(errno)) }
}
