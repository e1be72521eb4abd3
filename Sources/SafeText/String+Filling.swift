extension String {
  /// The text with blanks behind it, up to a width.
  package func filled(to columns: Int) -> String { self + blanks(to: columns) }

  /// The text with blanks before it, up to a width.
  package func filledBefore(to columns: Int) -> String { blanks(to: columns) + self }

  private func blanks(to columns: Int) -> String {
    String(repeating: " ", count: max(0, columns - DisplayWidth.of(self)))
  }
}
