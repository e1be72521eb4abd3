internal import TerminalKit
internal import TriageModel
internal import TriageServices
internal import TriageStyle

/// A commit as a text: its message, then its changes, those of the files that the failure names first.
struct CommitDocument {
  private(set) var lines: [Line] = []
  private(set) var links: [Int: DocumentText.Link] = [:]
  private let ownFiles: OwnFiles

  /// A commit as git printed it; nil when git could not.
  init(_ patch: [UInt8]?, of commit: CommitLink, ownFiles: OwnFiles) {
    self.ownFiles = ownFiles
    guard let patch else {
      let hash = String(commit.hash.prefix(7))
      lines = [Line("git could not show \(hash): it is not in this clone, too long, or took too long", .warning)]
      return
    }
    let (all, rest) = OutputLines.lines(
      of: String(decoding: patch, as: UTF8.self), limit: DocumentBuilder.longestText)
    let starts = all.indices.filter { all[$0].text.hasPrefix("diff --") }
    for line in all[..<(starts.first ?? all.count)] { lines.append(line) }
    let ends = starts.dropFirst() + [all.count]
    let files = zip(starts, ends).map { all[$0..<$1] }
    let isNamed = { (file: ArraySlice<Line>) in
      commit.touches.contains { file[file.startIndex].text.hasSuffix("/" + $0) }
    }
    for file in files.filter(isNamed) + files.filter({ !isNamed($0) }) { add(file) }
    if rest > 0 { lines.append(Line("… \(CountText.of(rest, "more line")) not shown here", .truncated)) }
  }

  /// The changes of one file.
  private mutating func add(_ file: ArraySlice<Line>) {
    let name = file.lazy.map(\.text).first { $0.hasPrefix("+++ b/") }.map { String($0.dropFirst(6)) }
    var isHead = true
    for line in file {
      let text = line.text
      if text.hasPrefix("@@") {
        isHead = false
        if let name, let place = Self.start(of: text).flatMap({ own(name, $0) }) { links[lines.count] = .source(place) }
      }
      lines.append(Line(text, isHead ? .heading : Self.role(of: text), isHead ? .bold : []))
    }
  }

  private func own(_ name: String, _ line: Int) -> SourceLocation? {
    ownFiles.resolve(SourceLocation(file: name, line: line))
  }

  static func role(of line: String) -> Role {
    switch line.first {
    case "+": .plus
    case "-": .minus
    case "@": .hunk
    default: .text
    }
  }

  /// The first new line of a hunk: `@@ -3,4 +7,6 @@` begins at 7.
  private static func start(of hunk: String) -> Int? {
    guard let plus = hunk.firstIndex(of: "+") else { return nil }
    return Int(hunk[hunk.index(after: plus)...].prefix { $0.isASCII && $0.isNumber })
  }
}
