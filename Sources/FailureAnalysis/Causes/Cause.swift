package import TriageModel

/// What a cause is known by, stable across runs: the key of the failure that it was first seen as.
package struct CauseID: Hashable, Sendable, Comparable {
  /// The bits of that key.
  package let value: UInt64

  /// The cause first seen as a failure of this key.
  package init(_ key: SignatureKey) { value = key.value }

  /// The cause with these bits, as a history or a file kept them.
  package init(_ value: UInt64) { self.value = value }

  /// The id as people and files write it: 16 digits of base 16.
  package var text: String { SignatureKey(value).text }

  package static func < (left: CauseID, right: CauseID) -> Bool { left.value < right.value }
}

/// Failures with one signature, or with close ones.
package struct Cause: Sendable, Equatable {
  /// A stretch of the exemplar's text.
  package struct Span: Sendable, Equatable {
    /// Bytes of `text`.
    package var range: Range<Int>
    /// Whether all members have these words.
    package var isCommon: Bool

    /// A stretch.
    package init(range: Range<Int>, isCommon: Bool) {
      self.range = range
      self.isCommon = isCommon
    }
  }

  /// What it is known by.
  package var id: CauseID
  /// The first line of the exemplar that says something, or the name people gave it.
  package var title: String
  /// Its signatures, ascending.
  package var keys: [SignatureKey]
  /// How many failures have them.
  package var count: Int
  /// The masked text of the signature that most failures have.
  package var text: [UInt8]
  /// `text` in stretches that all members have and that they have not.
  package var spans: [Span]
}

/// One signature, and how many failures have it.
package struct CountedSignature: Sendable, Equatable {
  /// The signature.
  package var signature: Signature
  /// How many failures have it.
  package var count: Int

  /// A signature of some failures.
  package init(_ signature: Signature, count: Int) {
    self.signature = signature
    self.count = count
  }
}

/// The causes of a set of failures.
package struct CauseGrouping: Sendable, Equatable {
  /// Most failures first, then by id.
  package var causes: [Cause]
  /// How many pairs of signatures were not compared because the work was cut; they stay causes of their own.
  package var uncompared: Int

  /// Which cause a failure of a key has.
  package var causeOfKey: [SignatureKey: Int] {
    var places: [SignatureKey: Int] = [:]
    for (place, cause) in causes.enumerated() { for key in cause.keys { places[key] = place } }
    return places
  }
}

/// What people decided of causes; it wins over how close the texts are.
package struct CauseRules: Sendable, Equatable {
  /// Signatures that are one cause.
  package struct Merge: Sendable, Equatable {
    /// What people call it; nil for the exemplar's first line.
    package var title: String?
    /// Its signatures; the first gives the cause its id.
    package var keys: [SignatureKey]

    /// A merge.
    package init(title: String? = nil, keys: [SignatureKey]) {
      self.title = title
      self.keys = keys
    }
  }

  /// Causes that were merged.
  package var merges: [Merge] = []
  /// Signatures that are causes of their own, however close to others.
  package var splits: Set<SignatureKey> = []

  /// No rules.
  package init() {}
}
