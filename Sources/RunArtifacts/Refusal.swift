/// Something in a folder or archive that was left alone, and why.
package struct Refusal: Sendable, Equatable {
  /// The path inside the folder or archive, as it was written there.
  package let path: String
  /// Why, a clause in lower case: "the link leads out of the folder".
  package let reason: String

  /// A refusal of what lies at `path`.
  package init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }
}
