package import TriageModel

/// A failure's text with its noise masked: what makes it *the same failure* in another run.
package struct Signature: Sendable, Equatable {
  /// The hash of what `text` says without its noise.
  package var key: SignatureKey
  /// The first line that says something, for people.
  package var title: String
  /// The hash of what its head says: others with another one are other causes, however close the texts are.
  package var boundary: UInt64
  /// The masked text, at most `SignatureMaker.longestText` bytes and a mark.
  package var text: [UInt8]

  /// A signature.
  package init(key: SignatureKey, title: String, boundary: UInt64, text: [UInt8]) {
    self.key = key
    self.title = title
    self.boundary = boundary
    self.text = text
  }
}
