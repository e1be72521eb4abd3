/// Files that a test's output names the way Jenkins' attachment plug-in reads them: `[[ATTACHMENT|path]]` on a line.
enum Attachments {
  private static let mark = "[[ATTACHMENT|"

  /// The paths named in a text, in order.
  static func paths(in output: String) -> [String] {
    guard output.utf8.contains(0x5B) else { return [] }
    var paths: [String] = []
    for line in output.split(whereSeparator: \.isNewline) where line.hasPrefix(mark) {
      guard let end = line.range(of: "]]") else { continue }
      paths.append(String(line[line.index(line.startIndex, offsetBy: mark.count)..<end.lowerBound]))
    }
    return paths
  }
}

extension Substring {
  /// Where a text is found first.
  fileprivate func range(of text: String) -> Range<Index>? { ranges(of: text).first }
}
