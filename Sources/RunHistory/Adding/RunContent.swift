package import TriageModel

/// A run as it is added: what tells it apart, and a row a result.
package struct RunContent: Sendable {
  /// One result.
  package struct Row: Sendable, Equatable {
    /// How it ended.
    package var outcome: Outcome
    /// The packed attempts; nil when the outcome tells them.
    package var attempts: Int64?
    /// Tenths of milliseconds; nil when unknown.
    package var duration: Int64?
    /// The key of what the first failing attempt said.
    package var signature: SignatureKey?
    /// The place in `legs`.
    package var leg: Int32

    /// A result.
    package init(
      outcome: Outcome, attempts: Int64? = nil, duration: Int64? = nil, signature: SignatureKey? = nil, leg: Int32 = 0
    ) {
      self.outcome = outcome
      self.attempts = attempts
      self.duration = duration
      self.signature = signature
      self.leg = leg
    }
  }

  /// What a failure of a signature said, kept once.
  package struct SignatureText: Sendable, Equatable {
    /// One line.
    package var title: String
    /// An example in full, cut with a note.
    package var text: String

    /// A title and an example.
    package init(title: String, text: String) {
      self.title = title
      self.text = text
    }
  }

  /// What is known besides the results; `key` and `counts` are the store's to give.
  package var record: RunRecord
  /// When another store got it, of a run that was exported there: where it stands when it names no time.
  package var received: Timestamp?
  /// The results.
  package var rows: [Row] = []
  /// The legs that rows name; the first is the empty one.
  package var legs = [""]
  /// The texts of the signatures that rows name.
  package var signatures: [SignatureKey: SignatureText] = [:]
  /// The signatures among them whose keys an older masking made, in an export.
  package var olderKeys: Set<SignatureKey> = []
  /// Calls its argument with the bytes of a row's test: the stable name.
  package var withName: @Sendable (Int, (UnsafeRawBufferPointer) -> Void) -> Void

  /// A run without results.
  package init(
    record: RunRecord, withName: @escaping @Sendable (Int, (UnsafeRawBufferPointer) -> Void) -> Void
  ) {
    self.record = record
    self.withName = withName
  }

  /// Seconds in the store's unit; nil for what is no time.
  package static func units(_ seconds: Double?) -> Int64? {
    guard let seconds, seconds.isFinite, seconds >= 0, seconds < 1e9 else { return nil }
    return Int64((seconds * 10_000).rounded())
  }
}
