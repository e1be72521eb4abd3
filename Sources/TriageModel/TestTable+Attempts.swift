extension TestTable {
  /// Whether a test was tried once, which needs no list of its attempts.
  package func hasSingleAttempt(_ test: TestIndex) -> Bool {
    let row = tests[Int(test.value)]
    return row.firstAttempt == row.lastAttempt
  }

  /// Whether any attempt at a test failed with words or printed something, without making a text of it.
  package func hasWords(_ test: TestIndex) -> Bool {
    var found = false
    forEachAttempt(of: test) { attempt in
      if attempt.failure != Self.none {
        let failure = failures[Int(attempt.failure)].record
        found = found || !failure.message.isEmpty || !failure.details.isEmpty
      }
      if attempt.extra != Self.none {
        let extra = extras[Int(attempt.extra)]
        found = found || !extra.standardOutput.isEmpty || !extra.standardError.isEmpty
      }
    }
    return found
  }
}
