package import TriageModel

/// A failure's text with its noise masked: what makes it *the same failure* in another run.
package struct Signature: Sendable, Equatable {
  /// The hash of `text`.
  package var key: SignatureKey
  /// The first line that says something, for people.
  package var title: String
  /// What keeps it apart from others however close the texts are.
  package var boundary: SignatureGuard
  /// The masked text, at most `SignatureMaker.longestText` bytes and a mark.
  package var text: [UInt8]

  /// A signature.
  package init(key: SignatureKey, title: String, boundary: SignatureGuard, text: [UInt8]) {
    self.key = key
    self.title = title
    self.boundary = boundary
    self.text = text
  }
}
