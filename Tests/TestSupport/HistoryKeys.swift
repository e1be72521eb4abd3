package import TriageModel

/// Tests make their own runs, and number them.
extension RunKey: ExpressibleByIntegerLiteral {
  package init(integerLiteral value: Int64) { self.init(token: value) }
}
