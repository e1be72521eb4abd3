extension TestTableBuilder {
  /// Adds a test with its first attempt.
  mutating func appendTest(_ record: AttemptRecord) -> UInt32 {
    let attempt = appendAttempt(record)
    let test = table.tests.append(
      TestTable.TestRow(
        name: record.name, suite: record.suite.index, firstAttempt: attempt, lastAttempt: attempt,
        nextNamesake: TestTable.none, line: record.line, report: current, lastReport: current,
        formats: currentFormat, outcome: record.outcome, kind: number(of: record.kind)))
    table.count(record.outcome, of: Int(table.tests[test].kind), by: 1)
    return UInt32(test)
  }

  /// Adds an attempt that no test's chain leads to yet.
  mutating func appendAttempt(_ record: AttemptRecord) -> UInt32 {
    let attempt = table.attempts.append(
      TestTable.AttemptRow(
        next: TestTable.none, failure: TestTable.none, extra: appendExtra(record), duration: record.duration,
        outcome: record.outcome))
    appendFailures(record.failures, to: attempt)
    return UInt32(attempt)
  }

  private mutating func appendExtra(_ record: AttemptRecord) -> UInt32 {
    if record.note.isEmpty, record.standardOutput.isEmpty, record.standardError.isEmpty, record.file.isEmpty,
      record.properties.isEmpty
    {
      return TestTable.none
    }
    return UInt32(
      table.extras.append(
        TestTable.ExtraRow(
          note: record.note, standardOutput: record.standardOutput, standardError: record.standardError,
          file: record.file,
          properties: record.properties.map { TestTable.Property(name: $0.name, value: $0.value) })))
  }

  /// Fills in an attempt's output where it has none.
  mutating func giveOutput(_ output: TextRef, _ error: TextRef, to attempt: Int) {
    var record = AttemptRecord(suite: SuiteID(index: 0), name: .empty, outcome: .failed)
    record.standardOutput = output
    record.standardError = error
    let extra = table.attempts[attempt].extra
    if extra == TestTable.none {
      table.attempts[attempt].extra = appendExtra(record)
      return
    }
    var row = table.extras[Int(extra)]
    guard row.standardOutput.isEmpty, row.standardError.isEmpty else { return }
    (row.standardOutput, row.standardError) = (output, error)
    table.extras[Int(extra)] = row
  }

  /// Adds failures behind those an attempt has.
  mutating func appendFailures(_ records: [FailureRecord], to attempt: Int) {
    if records.isEmpty { return }
    var last = lastFailure.attempt == attempt ? lastFailure.failure : table.attempts[attempt].failure
    while last != TestTable.none, table.failures[Int(last)].next != TestTable.none {
      last = table.failures[Int(last)].next
    }
    for record in records {
      let added = UInt32(table.failures.append(TestTable.FailureRow(next: TestTable.none, record: record)))
      if last == TestTable.none {
        table.attempts[attempt].failure = added
      } else {
        table.failures[Int(last)].next = added
      }
      last = added
    }
    lastFailure = (attempt, last)
  }

  /// Takes the outcome of a test from its attempts anew.
  mutating func settleOutcome(of test: UInt32) {
    guard let outcome = Outcome.of(attempts: table.attemptOutcomes(of: TestIndex(Int(test)))) else { return }
    setOutcome(outcome, of: test)
  }

  /// Changes how a test ended.
  mutating func setOutcome(_ outcome: Outcome, of test: UInt32) {
    let row = table.tests[Int(test)]
    table.count(row.outcome, of: Int(row.kind), by: -1)
    table.count(outcome, of: Int(row.kind), by: 1)
    table.tests[Int(test)].outcome = outcome
  }

  /// The place of a kind in the table; kinds beyond what a byte numbers are taken for the last of them.
  private mutating func number(of kind: ItemKind) -> UInt8 {
    if kind == .test { return 0 }
    if let known = table.kinds.firstIndex(of: kind) { return UInt8(clamping: known) }
    if table.kinds.count <= Int(UInt8.max) { table.kinds.append(kind) }
    return UInt8(clamping: table.kinds.count - 1)
  }

  /// Fills in what another format tells of a test; the last attempts are the same one, and so on backwards.
  ///
  /// Attempts that only the poorer format tells of (json-report keeps the last) come before the others.
  mutating func merge(_ records: [AttemptRecord], into test: UInt32) {
    var known: [UInt32] = []
    var index = table.tests[Int(test)].firstAttempt
    while index != TestTable.none {
      known.append(index)
      index = table.attempts[Int(index)].next
    }
    for (attempt, record) in zip(known.reversed(), records.reversed()) { fill(Int(attempt), from: record) }
    for record in records.dropLast(known.count).reversed() {
      let added = appendAttempt(record)
      table.attempts[Int(added)].next = table.tests[Int(test)].firstAttempt
      table.tests[Int(test)].firstAttempt = added
    }
    if table.tests[Int(test)].line == 0, let line = records.last?.line { table.tests[Int(test)].line = line }
    settleOutcome(of: test)
  }

  private mutating func fill(_ attempt: Int, from record: AttemptRecord) {
    if table.attempts[attempt].duration.isNaN { table.attempts[attempt].duration = record.duration }
    // A failure is never lost: json-report calls a test passed whose subtests failed.
    if !table.attempts[attempt].outcome.isFailing, record.outcome.isFailing {
      table.attempts[attempt].outcome = record.outcome
    }
    if table.attempts[attempt].failure == TestTable.none {
      if table.attempts[attempt].outcome.isFailing { appendFailures(record.failures, to: attempt) }
    } else if let poorer = record.failures.first {
      let failure = Int(table.attempts[attempt].failure)
      var richer = table.failures[failure].record
      if richer.type.isEmpty { richer.type = poorer.type }
      if richer.message.isEmpty { richer.message = poorer.message }
      if richer.details.isEmpty { richer.details = poorer.details }
      if richer.file.isEmpty { (richer.file, richer.line) = (poorer.file, poorer.line) }
      table.failures[failure].record = richer
    }
    let extra = table.attempts[attempt].extra
    if extra == TestTable.none {
      table.attempts[attempt].extra = appendExtra(record)
      return
    }
    var row = table.extras[Int(extra)]
    if row.note.isEmpty { row.note = record.note }
    if row.standardOutput.isEmpty { row.standardOutput = record.standardOutput }
    if row.standardError.isEmpty { row.standardError = record.standardError }
    if row.file.isEmpty { row.file = record.file }
    if row.properties.isEmpty {
      row.properties = record.properties.map { TestTable.Property(name: $0.name, value: $0.value) }
    }
    table.extras[Int(extra)] = row
  }
}
