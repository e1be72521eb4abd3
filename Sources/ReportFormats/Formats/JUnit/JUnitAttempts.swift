internal import TriageModel

/// The attempts that one test case tells of, oldest first.
enum JUnitAttempts {
  /// What a case printed, each stream as one text.
  typealias Printed = (output: TextRef, error: TextRef)

  /// At least one attempt; all but the first carry `.sameTest`.
  static func of(_ ended: JUnitCase, printed: Printed) -> [AttemptRecord] {
    var records: [AttemptRecord] = []
    for fault in ended.faults where fault.turn == .earlier { records.append(attempt(of: ended, fault)) }
    records.append(main(of: ended, printed: printed))
    for fault in ended.faults where fault.turn == .again { records.append(attempt(of: ended, fault)) }
    let hasFinal = ended.faults.contains { $0.turn == .final }
    if !hasFinal, ended.faults.contains(where: { $0.turn == .again }) {
      records.remove(at: ended.faults.count { $0.turn == .earlier })
    }
    for index in records.indices.dropFirst() { records[index].duplicate = .sameTest }
    return records
  }

  /// The attempt the case itself is: error before failure before skipped before passed, all of them kept.
  static func main(of ended: JUnitCase, printed: Printed) -> AttemptRecord {
    var record = record(of: ended, outcome: ended.outcome)
    record.duration = ended.duration
    if !ended.faults.isEmpty {
      for fault in ended.faults where fault.turn == .final { record.failures.append(fault.record) }
    }
    // Node writes a failure's message into an attribute too, where it stands for a missing child.
    if ended.faults.isEmpty || ended.isSkipped { record.note = ended.note }
    (record.standardOutput, record.standardError) = printed
    record.properties = ended.properties
    return record
  }

  private static func attempt(of ended: JUnitCase, _ fault: JUnitFault) -> AttemptRecord {
    var record = record(of: ended, outcome: fault.outcome)
    record.duration = fault.duration
    record.failures = [fault.record]
    record.standardOutput = fault.standardOutput
    record.standardError = fault.standardError
    return record
  }

  private static func record(of ended: JUnitCase, outcome: Outcome) -> AttemptRecord {
    var record = AttemptRecord(suite: ended.suite, name: ended.name, outcome: outcome)
    record.kind = ended.kind
    record.file = ended.file
    record.line = ended.line
    return record
  }
}

extension JUnitCase {
  /// How the case ended, its retries aside.
  var outcome: Outcome {
    var worst: Outcome?
    for fault in faults where fault.turn == .final {
      if fault.outcome.severity < worst?.severity ?? .max { worst = fault.outcome }
    }
    // A set-up that broke, or a tear-down, is none of what was expected.
    if let worst { return isExpected && worst == .failed ? .expectedFailure : worst }
    if isExpected { return .expectedFailure }
    if isSkipped { return .skipped }
    switch status {
    case .none: return .passed
    case .skipped: return .skipped
    case .failed: return .failed
    case .errored: return .errored
    }
  }
}
