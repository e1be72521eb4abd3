internal import TriageModel

extension JUnitReader {
  /// A `<failure>` or one of its kin begins, or a `<skipped>`.
  mutating func startFault(_ word: JUnitWord, in parent: JUnitWord, _ attributes: UnsafeBufferPointer<XMLAttribute>) {
    let said = faultText(attributes)
    if word == .skipped {
      guard parent == .testcase, !cases.isEmpty else { return }
      startSkipped(type: said.type, message: said.message)
      return
    }
    let (turn, outcome) = Self.meaning(of: word)
    var fault = JUnitFault(turn: turn, outcome: outcome)
    if JUnitTimeouts.isTimeout(type: said.type, message: said.message) { fault.outcome = .timedOut }
    fault.record.type = keep(said.type)
    fault.record.message = keep(said.message)
    for attribute in attributes {
      switch JUnitWord(rawValue: attribute.word) {
      case .time: fault.duration = durations.readAside(attribute.value)
      case .file: fault.record.file = keep(attribute.value)
      case .line: fault.record.line = UInt32(truncatingIfNeeded: JUnitBytes.number(attribute.value) ?? 0)
      default: break
      }
    }
    switch parent {
    case .testcase where !cases.isEmpty: cases[cases.count - 1].faults.append(fault)
    case .testsuite where !suites.isEmpty, .testsuites where !suites.isEmpty:
      suites[suites.count - 1].faults.append(fault)
    default: break
    }
  }

  private mutating func startSkipped(type: UnsafeRawBufferPointer, message: UnsafeRawBufferPointer) {
    let last = cases.count - 1
    if JUnitBytes.equal(message, "Unable to find executable") {
      var fault = JUnitFault(turn: .final, outcome: .errored)
      fault.record.message = keep(message)
      cases[last].faults.append(fault)
      return
    }
    cases[last].isSkipped = true
    cases[last].isExpected = JUnitBytes.equal(type, "pytest.xfail")
    if XMLBytes.starts(message, with: "TEST_CASE tagged with !mayfail") { cases[last].isExpected = true }
    // Node writes `message="true"`; then the type says more.
    cases[last].note = builder.text(JUnitBytes.equal(message, "true") ? type : message)
  }

  /// The element ends; `text` is what it held.
  mutating func endFault(_ word: JUnitWord, in parent: JUnitWord, _ text: TextRef) {
    if word == .skipped {
      guard parent == .testcase, !cases.isEmpty else { return }
      if cases[cases.count - 1].note.isEmpty { cases[cases.count - 1].note = text }
      return
    }
    guard var fault = fault(of: parent) else { return }
    if fault.record.details.isEmpty { fault.record.details = text }
    if fault.record.file.isEmpty { locate(&fault.record) }
    if builder.table.text.withBytes(of: text, JUnitTimeouts.isTimeout(details:)) { fault.outcome = .timedOut }
    setFault(fault, of: parent)
  }

  /// A text element inside a test case, a suite, or a retry ends.
  mutating func endText(_ word: JUnitWord, in parent: JUnitWord, _ text: TextRef) {
    if text.isEmpty { return }
    switch parent {
    case .testcase: endCaseText(word, text)
    case .testsuite, .testsuites:
      guard !suites.isEmpty else { return }
      if word == .systemOut { suites[suites.count - 1].standardOutput = text }
      if word == .systemErr { suites[suites.count - 1].standardError = text }
    default:
      guard let grandparent = place(above: 2), var fault = fault(of: grandparent) else { return }
      switch word {
      case .systemOut: fault.standardOutput = text
      case .systemErr: fault.standardError = text
      default: fault.record.details = text
      }
      setFault(fault, of: grandparent)
    }
  }

  private mutating func endCaseText(_ word: JUnitWord, _ text: TextRef) {
    guard !cases.isEmpty else { return }
    if dialect.isPytest, builder.table.text.withBytes(of: text, PytestOutput.isEmpty) { return }
    let last = cases.count - 1
    if word == .systemOut { cases[last].output.append(text) }
    if word == .systemErr { cases[last].errorOutput.append(text) }
  }

  /// Pieces of output as one; pytest and others repeat the element. They are joined once: piece by piece a case with
  /// a hundred thousand would take as much memory as their number squared.
  mutating func joined(_ pieces: [TextRef]) -> TextRef {
    guard pieces.count > 1 else { return pieces.first ?? .empty }
    var bytes: [UInt8] = []
    for piece in pieces where bytes.count <= TextStore.longestText {
      if !bytes.isEmpty { bytes.append(0x0A) }
      builder.table.text.withBytes(of: piece) { bytes.append(contentsOf: $0) }
    }
    if bytes.count > TextStore.longestText { hasLongText = true }
    return bytes.withUnsafeBytes { builder.text($0) }
  }

  /// The fault of the case or suite that began last.
  private func fault(of parent: JUnitWord) -> JUnitFault? {
    switch parent {
    case .testcase: cases.last?.faults.last
    case .testsuite, .testsuites: suites.last?.faults.last
    default: nil
    }
  }

  private mutating func setFault(_ fault: JUnitFault, of parent: JUnitWord) {
    switch parent {
    case .testcase: cases[cases.count - 1].faults[cases[cases.count - 1].faults.count - 1] = fault
    default: suites[suites.count - 1].faults[suites[suites.count - 1].faults.count - 1] = fault
    }
  }

  private func faultText(
    _ attributes: UnsafeBufferPointer<XMLAttribute>
  ) -> (type: UnsafeRawBufferPointer, message: UnsafeRawBufferPointer) {
    var type = UnsafeRawBufferPointer(start: nil, count: 0)
    var message = type
    for attribute in attributes {
      if attribute.word == JUnitWord.type.rawValue { type = attribute.value }
      if attribute.word == JUnitWord.message.rawValue { message = attribute.value }
    }
    return (type, message)
  }

  private mutating func locate(_ record: inout FailureRecord) {
    let found =
      builder.table.text.withBytes(of: record.details) { FailureLocation.find(in: $0) }
      ?? builder.table.text.withBytes(of: record.message) { FailureLocation.find(in: $0) }
    guard let found else { return }
    record.file = builder.text(found.file)
    record.line = found.line
  }

  private static func meaning(of word: JUnitWord) -> (JUnitFault.Turn, Outcome) {
    switch word {
    case .error: (.final, .errored)
    case .flakyFailure: (.earlier, .failed)
    case .flakyError: (.earlier, .errored)
    case .rerunFailure: (.again, .failed)
    case .rerunError: (.again, .errored)
    default: (.final, .failed)
    }
  }
}
