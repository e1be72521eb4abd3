internal import DataSyntax

/// What a tool proposes to change in one file, as a patch.
///
/// A report holds of a file only the lines around a finding, if those. Where it holds all lines that a change touches the
/// patch is a unified diff; else a hunk names its place by line and column, and shows of what goes only what is held.
struct SARIFFix {
  /// Lines of a file that the report holds whole.
  struct Source {
    private static let mostLines = 400
    private static let mostBytes = 1 << 16

    let first: Int
    let lines: [String]

    /// The lines of a region; nil where it begins or ends inside a line, or its numbers do not fit its text.
    init?(_ region: JSONNode) {
      guard let text = region["snippet"]["text"].string, text.utf8.count <= Self.mostBytes,
        let first = region["startLine"].int, (1...SARIFRegion.mostLines).contains(first),
        (region["startColumn"].int ?? 1) == 1, !region["endColumn"].exists
      else { return nil }
      lines = SARIFText.lines(text)
      self.first = first
      if lines.count > Self.mostLines { return nil }
      if let last = region["endLine"].int, last &- first &+ 1 != lines.count { return nil }
    }
  }

  private static let mostReplacements = 100
  private static let mostLines = 200

  private let file: String
  private let replacements: [Replacement]
  private let rest: Int

  /// The change of a file.
  init(_ change: JSONNode, file: String) {
    self.file = file
    let all = change["replacements"].map { $0 }
    replacements = all.prefix(Self.mostReplacements).map(Replacement.init)
    rest = all.count - replacements.count
  }

  /// The patch, told with the lines of the file that the report holds.
  func patch(_ sources: [Source]) -> String {
    if rest == 0, let whole = sources.lazy.compactMap(applied).first { return Self.cut(whole) }
    var lines =
      LinePatch.header(of: file)
      + replacements.map { Self.cut(([$0.region.header] + $0.lines).joined(separator: "\n")) }
    if rest > 0 { lines.append("… and \(rest) more replacements") }
    return lines.joined(separator: "\n")
  }

  private static func cut(_ text: String) -> String {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    let rest = lines.count - mostLines
    return rest > 0 ? lines.prefix(mostLines).joined(separator: "\n") + "\n… and \(rest) more lines" : text
  }

  /// All replacements carried out on lines that hold them; nil where one lies elsewhere, or cannot be placed for sure.
  private func applied(on source: Source) -> String? {
    var starts = [0]
    for line in source.lines { starts.append(starts[starts.count - 1] + line.utf8.count + 1) }
    var old: [UInt8] = []
    for line in source.lines { old += Array(line.utf8) + [0x0A] }
    var changes: [(range: Range<Int>, text: [UInt8])] = []
    for replacement in replacements {
      guard !replacement.isBinary, let range = replacement.region.range(in: source, starts) else { return nil }
      changes.append((range, Array(replacement.inserted.utf8)))
    }
    changes.sort { $0.range.lowerBound < $1.range.lowerBound }
    var new: [UInt8] = []
    var end = 0
    for change in changes {
      if change.range.lowerBound < end { return nil }
      new += old[end..<change.range.lowerBound] + change.text
      end = change.range.upperBound
    }
    new += old[end...]
    // Without its end the last line runs on into one that is not held.
    if changes.isEmpty || !new.isEmpty && new.last != 0x0A { return nil }
    let after = new.isEmpty ? [] : SARIFText.lines(String(decoding: new, as: UTF8.self))
    return LinePatch(of: file, from: source.lines, to: after, first: source.first).text
  }
}

/// A part of a file that goes, and what comes in its place.
private struct Replacement {
  let region: SARIFRegion
  let deleted: String?
  let inserted: String
  let isBinary: Bool

  init(_ node: JSONNode) {
    region = SARIFRegion(node["deletedRegion"])
    deleted = node["deletedRegion"]["snippet"]["text"].string
    let content = node["insertedContent"]
    inserted = content["text"].string ?? ""
    isBinary = content["binary"].exists && !content["text"].exists
  }

  /// What goes and what comes, a line each.
  var lines: [String] {
    var lines: [String] = []
    if let deleted {
      lines = SARIFText.lines(deleted).map { "-" + $0 }
    } else if !region.isEmpty {
      lines = ["-(what stands there; the report does not hold it)"]
    }
    if isBinary { return lines + ["+(bytes that are no text)"] }
    return lines + (inserted.isEmpty ? [] : SARIFText.lines(inserted).map { "+" + $0 })
  }
}

/// A place in a file from one line and column to another, or from an offset on.
struct SARIFRegion {
  static let mostLines = 1 << 31

  private let start: (line: Int, column: Int?)?
  private let end: (line: Int, column: Int?)
  private let offset: (unit: String, start: Int, count: Int?)?

  init(_ region: JSONNode) {
    func number(_ key: StaticString, from least: Int) -> Int? {
      region[key].int.flatMap { (least...Self.mostLines).contains($0) ? $0 : nil }
    }
    let line = number("startLine", from: 1)
    start = line.map { ($0, number("startColumn", from: 1)) }
    end = (number("endLine", from: 1) ?? line ?? 0, number("endColumn", from: 1))
    let bytes = number("byteOffset", from: 0).map { ("bytes", $0, number("byteLength", from: 0)) }
    offset = number("charOffset", from: 0).map { ("characters", $0, number("charLength", from: 0)) } ?? bytes
  }

  /// Whether nothing lies in it: the place of an insertion.
  var isEmpty: Bool {
    if let start { return end.line == start.line && end.column.map { $0 == start.column ?? 1 } ?? false }
    return offset.map { ($0.count ?? 0) == 0 } ?? false
  }

  /// The line that begins a hunk.
  var header: String {
    if let start {
      let hasColumns = start.column != nil || end.column != nil
      if isEmpty { return "@@ at \(start.line):\(start.column ?? 1) @@" }
      if hasColumns {
        return "@@ \(start.line):\(start.column ?? 1) to \(end.line)" + (end.column.map { ":\($0)" } ?? "") + " @@"
      }
      return start.line == end.line ? "@@ line \(start.line) @@" : "@@ lines \(start.line) to \(end.line) @@"
    }
    guard let offset else { return "@@ (the report does not say where) @@" }
    let count = offset.count ?? 0
    return count == 0 ? "@@ at \(offset.unit) \(offset.start) @@" : "@@ \(count) \(offset.unit) at \(offset.start) @@"
  }

  /// The bytes of lines that are held, of which each begins at one of `starts`; nil where it lies elsewhere.
  func range(in source: SARIFFix.Source, _ starts: [Int]) -> Range<Int>? {
    guard let start, let low = Self.place(start.line, start.column ?? 1, source, starts),
      let high = Self.place(end.line, end.column, source, starts), low <= high
    else { return nil }
    return low..<high
  }

  /// Where a column is; nil for the end of the line. Tools count columns in units of their own: beyond ASCII none is sure.
  private static func place(_ line: Int, _ column: Int?, _ source: SARIFFix.Source, _ starts: [Int]) -> Int? {
    let index = line - source.first
    guard starts.indices.contains(index) else { return nil }
    if column == 1 { return starts[index] }
    guard source.lines.indices.contains(index) else { return nil }
    let length = source.lines[index].utf8.count
    guard let column else { return starts[index] + length }
    let isSure = source.lines[index].utf8.allSatisfy { $0 < 0x80 }
    return isSure && column - 1 <= length ? starts[index] + column - 1 : nil
  }
}
