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
    let skipped = link.isLog ? max(0, size - longestRead) : 0
    let bytes = readBytes(handle, from: skipped)
    if bytes.prefix(8000).contains(0) {
      return failure("\(link.shown) is binary, \(size) bytes", request)
    }
    var lines = OutputLines.lines(of: String(decoding: bytes, as: UTF8.self))
    if link.isLog { lines = lines.map(LogLine.styled) }
    if lines.last?.spans.allSatisfy({ $0.text.isEmpty }) == true { lines.removeLast() }
    if skipped > 0 { lines.insert(cut("the first \(skipped) bytes are not shown"), at: 0) }
    let rest = size - skipped - bytes.count
    if rest > 0 { lines.append(cut("\(rest) more bytes are not shown")) }
    if lines.isEmpty { lines = [Line("The file is empty.", .dim)] }
    return Document(request: request, lines: lines, opensAtEnd: link.isLog)
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
