internal import SafeText
internal import TerminalKit

/// What a test or a job printed, as styled lines: its colours are kept, everything else it could do is not.
enum OutputLines {
  static func lines(of text: String) -> [Line] {
    Sanitizer.lines(text).map { Line($0) }
  }
}
