package import SafeText
package import TriageModel

/// Rules that people wrote of which failures are the infrastructure's: the first that holds decides.
package struct InfraRules: Sendable {
  /// A rule: all its conditions must hold.
  package struct Rule: Sendable {
    private let name: String
    private let message: Pattern?
    private let test: TestPattern?
    private let labels: [String: String]

    /// A rule; a condition that is nil or empty always holds.
    ///
    /// - Parameters:
    ///   - message: What the failure's text must fit: its type, message and details.
    ///   - test: Which tests are meant, as a `TestPattern`.
    ///   - labels: Labels of the run or of the test's leg.
    package init(name: String, message: Pattern?, test: String?, labels: [String: String]) {
      self.name = name
      self.message = message
      self.labels = labels
      self.test = test.map { TestPattern($0) }
    }

    fileprivate func fits(_ text: UnsafeRawBufferPointer) -> Bool { message?.matches(text) ?? true }

    fileprivate func name(for id: String, _ given: [String: String]) -> String? {
      if let test, !test.matches(id) { return nil }
      return labels.allSatisfy { given[$0.key] == $0.value } ? name : nil
    }
  }

  /// The bytes of a failure's text that are looked at.
  private static let longestText = 1 << 16

  private let rules: [Rule]

  /// Some rules, the strongest first.
  package init(_ rules: [Rule] = []) { self.rules = rules }

  /// Whether there is none.
  package var isEmpty: Bool { rules.isEmpty }

  /// The rules whose message fits a text, of which the first 64 kB are looked at.
  package func fitting(_ text: [UInt8]) -> InfraRules {
    InfraRules(
      text.withUnsafeBytes { text in
        let text = UnsafeRawBufferPointer(rebasing: text.prefix(Self.longestText))
        return rules.filter { $0.fits(text) }
      })
  }

  /// The name of the first rule that holds for a test under labels, its message aside; nil when none does.
  package func name(for test: String, labels: [String: String]) -> String? {
    rules.lazy.compactMap { $0.name(for: test, labels) }.first
  }

  /// The name of the first rule that holds for what a test of a run said; nil when none does, or it did not fail.
  package func name(for test: TestIndex, in run: Run) -> String? {
    guard !rules.isEmpty, run.table.outcome(of: test).isFailing else { return nil }
    let labels = run.labels(of: test)
    return fitting(Self.text(of: test, in: run.table)).name(for: run.table.id(of: test), labels: labels)
  }

  private static func text(of test: TestIndex, in table: TestTable) -> [UInt8] {
    guard let failure = table.decidingFailure(of: test) else { return [] }
    var text: [UInt8] = []
    func append(_ part: TextRef, _ end: StaticString) {
      table.text.withBytes(of: part) { text.append(contentsOf: $0.prefix(longestText)) }
      text.append(contentsOf: UnsafeBufferPointer(start: end.utf8Start, count: end.utf8CodeUnitCount))
    }
    if !failure.type.isEmpty { append(failure.type, ": ") }
    append(failure.message, "\n")
    append(failure.details, "")
    return text
  }
}
