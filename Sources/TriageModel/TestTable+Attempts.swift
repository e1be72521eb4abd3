extension TestTable {
  /// Whether a test was tried once, which needs no list of its attempts.
  package func hasSingleAttempt(_ test: TestIndex) -> Bool {
    let row = tests[Int(test.value)]
    return row.firstAttempt == row.lastAttempt
  }
}
