internal import TriageModel

/// The modules that pytest could not collect, as items beside the tests.
///
/// Under xdist every worker collects, and each tells of an error: those that say the same are one.
struct PytestCollection {
  /// What was said of a module, by its node id.
  private var told: [String: [PytestAttempt.Fault]] = [:]

  /// Adds a module: errored, or skipped where it asked for that.
  mutating func add(
    _ nodeID: String, _ outcome: String, _ fault: PytestAttempt.Fault, to builder: inout TestTableBuilder
  ) {
    let known = told[nodeID] ?? []
    if known.contains(fault) { return }
    told[nodeID, default: []].append(fault)
    let isSkipped = outcome == "skipped"
    var record = AttemptRecord(
      suite: builder.suite(""), name: builder.text(nodeID), outcome: isSkipped ? .skipped : .errored)
    record.kind = .suite
    if !known.isEmpty { record.duplicate = .samePart }
    if isSkipped {
      record.note = builder.plainText(fault.message)
    } else {
      record.failures = [fault.record(in: &builder)]
    }
    builder.add(record)
  }
}
