/// A value that machines and people type by one word: JSON, filters, ledgers and help say the same.
///
/// A word is in lower case, with hyphens (`mass-failure`). Outcomes are named as the members of JSON that count them
/// (`passed_on_retry`).
package protocol MachineWord: CaseIterable, Sendable {
  /// The word.
  var word: String { get }
}

extension MachineWord where Self: RawRepresentable, RawValue == String {
  /// The name that people read, its parts joined.
  package var word: String { rawValue.replacing(" ", with: "-") }
}

extension MachineWord {
  /// The value that a word means, as people type it: in any case, with `_` or a blank for a hyphen; nil for none.
  package init?(word: String) {
    let word = word.lowercased().replacing("_", with: "-").replacing(" ", with: "-")
    guard let value = Self.allCases.first(where: { $0.word == word }) else { return nil }
    self = value
  }
}
