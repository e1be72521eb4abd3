internal import DataSyntax

/// The steps that a failing test went through, and how each ended, as part of what it printed.
enum StepLines {
  private static let deepest = 50
  private static let longest = 1 << 18

  /// A line for each step of a list, and what lies in it below.
  static func of(_ steps: JSONNode, depth: Int = 0) -> [UInt8] {
    guard depth < deepest else { return steps.contains { _ in true } ? Array("… more steps\n".utf8) : [] }
    var text: [UInt8] = []
    for step in steps {
      if text.count >= longest { return text + Array("… more steps\n".utf8) }
      text += Array(repeating: 0x20, count: depth * 2) + step["name"].bytes + ": ".utf8 + step["status"].bytes
      if step["extra"].exists { text += Array((" " + step["extra"].compactText).utf8) }
      text.append(0x0A)
      text += of(step["steps"], depth: depth + 1)
    }
    return text
  }
}
