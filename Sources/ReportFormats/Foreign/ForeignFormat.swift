/// A format of test results that is known by sight and not read: a run with such a file was not read whole.
package struct ForeignFormat: Sendable, Equatable {
  /// How a file is told to be of the format, from its beginning.
  enum Sign: Sendable, Equatable {
    /// The first element's name, and what its beginning says besides, where other documents have such a root.
    case root(String, saying: [String] = [])
    /// A JSON object with all these keys at its top, whatever else it has.
    case object([String], saying: [String] = [])
    /// A JSON array of objects with all these keys.
    case array([String], saying: [String] = [])
    /// Lines of JSON objects, the first of which has all these keys.
    case lines([String], saying: [String] = [])
    /// How the file begins.
    case text(String)
    case bytes([UInt8])
    /// TAP's plan.
    case plan
  }

  /// The id in JSON (`nunit3`).
  package let id: String
  /// The name shown to people (`NUnit 3`).
  package let title: String
  let signs: [Sign]
  /// Texts that only a report with a failure has.
  var failures: [String] = []
  /// Attributes or keys of the numbers of failures that the report states.
  var counts: [String] = []
  /// The attribute or key of the number of tests that the report states.
  var total: String?
  /// Whether such files lie beside a report of another format as a second account of the same tests, one file a test.
  package var isCompanion = false

  /// Whether tools print such results as they go, a line a result.
  package var isPrinted: Bool {
    signs.contains { sign in
      switch sign {
      case .lines, .text, .plan: true
      case .root, .object, .array, .bytes: false
      }
    }
  }

  init(
    _ id: String, _ title: String, _ signs: [Sign], failures: [String] = [], counts: [String] = [],
    total: String? = nil, isCompanion: Bool = false
  ) {
    self.id = id
    self.title = title
    self.signs = signs
    self.failures = failures
    self.counts = counts
    self.total = total
    self.isCompanion = isCompanion
  }
}
