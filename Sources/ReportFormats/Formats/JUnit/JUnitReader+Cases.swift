internal import TriageModel

extension JUnitReader {
  /// A `<testcase>` begins.
  mutating func startCase(_ attributes: UnsafeBufferPointer<XMLAttribute>) {
    if dialect == .generic, caseCount <= 64 { recognise(.testcase, attributes) }
    var open = JUnitCase()
    var name = UnsafeRawBufferPointer(start: nil, count: 0)
    var classname: UnsafeRawBufferPointer?
    var file = UnsafeRawBufferPointer(start: nil, count: 0)
    for attribute in attributes {
      switch JUnitWord(rawValue: attribute.word) {
      case .name: name = attribute.value
      case .classname: classname = attribute.value
      case .time: open.duration = seconds(attribute.value)
      case .duration where open.duration.isNaN: open.duration = seconds(attribute.value)
      case .file: file = attribute.value
      case .line, .lineno: open.line = lineNumber(attribute.value)
      case .status, .result: read(status: attribute.value, into: &open)
      case .failure:
        // Node writes the message of a failing test here, and again into a child.
        open.note = keep(attribute.value)
        open.status = .failed
      case nil:
        if JUnitStatus.denies(attribute.name, attribute.value) { open.status = .failed }
        addProperty(attribute.name, attribute.value, to: &open)
      default: break
      }
    }
    open.hasName = !name.isEmpty
    open.file = keep(file)
    if let titles = self.titles(classname: classname, name: name) {
      open.name = keep(titles.name)
      open.suite = knownSuite(titles.suite)
    } else {
      open.name = name.isEmpty ? builder.text("(no name)") : keep(name)
      open.suite = suite(classname: classname, name: name, file: file)
    }
    if JUnitOutsiders.contain(classname: classname, name: name, suite: suites.last?.name ?? []) { open.kind = .suite }
    if dialect.isPytest, let classname, isOutsideTests(classname: classname, name: name) {
      open.kind = .suite
      open.suite = builder.suite("")
      open.name = builder.text(PytestNodeID.module(String(decoding: name, as: UTF8.self), has: repositoryHas))
    }
    cases.append(open)
  }

  /// Keeps a property of a test case, and what it tells of the leg and of the attempt.
  mutating func addProperty(
    _ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer, to open: inout JUnitCase
  ) {
    open.properties.append((keep(name), keep(value)))
    if let retry = JUnitRetryMark.number(name, value) { open.retry = retry }
    if let label = ReportLabels.label(for: name), !value.isEmpty {
      open.labels[label] = String(decoding: value.prefix(200), as: UTF8.self)
    }
  }

  /// pytest's rows for what is no test: a module that could not be collected, and its own errors.
  private func isOutsideTests(classname: UnsafeRawBufferPointer, name: UnsafeRawBufferPointer) -> Bool {
    classname.isEmpty || (JUnitBytes.equal(classname, "pytest") && JUnitBytes.equal(name, "internal"))
  }

  /// pytest counts lines from 0, everybody else from 1.
  private func lineNumber(_ value: UnsafeRawBufferPointer) -> UInt32 {
    guard let number = JUnitBytes.number(value) else { return 0 }
    return UInt32(truncatingIfNeeded: dialect.isPytest ? number + 1 : number)
  }

  private func read(status: UnsafeRawBufferPointer, into open: inout JUnitCase) {
    for (word, meaning) in JUnitStatus.words where JUnitBytes.equalInAnyCase(status, word) { open.status = meaning }
  }

  /// A `</testcase>`: the attempts it tells of are added.
  mutating func endCase() {
    guard var ended = cases.popLast(), !ended.isLost else { return }
    if dialect.isPytest, ended.kind == .suite { dropRepeated(&ended.faults) }
    enterSuite(with: ended.labels)
    defer { lastCase = (ended.suite, ended.name, ended.retry) }
    let printed = (output: joined(ended.output), error: joined(ended.errorOutput))
    if ended.faults.isEmpty {
      count(ended, isPart: false)
      var record = JUnitAttempts.main(of: ended, printed: printed)
      record.duplicate = duplicate(ended)
      add(record)
      return
    }
    let isPart = dialect.isPytest && ended.kind == .test && isTearDown(ended)
    count(ended, isPart: isPart)
    for (place, attempt) in JUnitAttempts.of(ended, printed: printed).enumerated() {
      var attempt = attempt
      if place == 0 { attempt.duplicate = isPart ? .samePart : duplicate(ended) }
      add(attempt)
    }
  }

  /// Whether the case is a further attempt at the one right before it, which it says with a higher number.
  private func isRetry(_ ended: JUnitCase) -> Bool {
    guard ended.retry > 0, let last = lastCase, last.suite == ended.suite, last.retry < ended.retry else {
      return false
    }
    return isSameText(last.name, ended.name)
  }

  private func isSameText(_ left: TextRef, _ right: TextRef) -> Bool {
    let text = builder.table.text
    return text.withBytes(of: left) { left in text.withBytes(of: right) { XMLBytes.equal(left, $0) } }
  }

  /// How a test case relates to one of its name before it. Cases without a name share none.
  private func duplicate(_ ended: JUnitCase) -> AttemptRecord.Duplicate {
    if !ended.hasName { return .otherTest }
    switch dialect.duplicates {
    case .otherTests: return isRetry(ended) ? .attempt : .otherTest
    case .attempts: return .attempt
    case .silentAttempts: return .attemptAfterSilent
    }
  }

  /// Under xdist each worker tells of an error at collection: those that say the same are one.
  private func dropRepeated(_ faults: inout [JUnitFault]) {
    guard faults.count > 1 else { return }
    let text = builder.table.text
    var told: Set<[String]> = []
    faults.removeAll { !told.insert([text.string($0.record.message), text.string($0.record.details)]).inserted }
  }

  /// Whether the case is the second half of one before: pytest writes a tear-down error after a failure apart, under
  /// xdist with other tests in between.
  private mutating func isTearDown(_ ended: JUnitCase) -> Bool {
    let name = builder.table.text.withBytes(of: ended.name) { Array($0) }
    if ended.faults.count == 1, ended.faults[0].outcome == .errored, ended.faults[0].isTearDown {
      return failed[ended.suite]?.contains(name) ?? false
    }
    failed[ended.suite, default: []].insert(name)
    return false
  }

  private mutating func count(_ ended: JUnitCase, isPart: Bool) {
    if dialect.isPytest, !isPart { ledger.countPytest(ended) }
    if dialect.duplicates == .attempts { ledger.noteOrder(of: ended.outcome) }
    guard !suites.isEmpty else { return }
    let last = suites.count - 1
    if !isPart {
      suites[last].counted.tests += 1
      suites[last].counted.attempts += 1
    }
    if !ended.faults.isEmpty {
      suites[last].counted.attempts += ended.faults.count { $0.turn != .final }
      suites[last].counted.faults += ended.faults.count
      if ended.faults.contains(where: { $0.turn != .earlier }) { suites[last].counted.failing += 1 }
    } else if ended.isSkipped || ended.status == .skipped {
      if ended.isSkipped { suites[last].counted.skipped += 1 }
      suites[last].counted.notRun += 1
    } else if ended.status != .none {
      suites[last].counted.faults += 1
      suites[last].counted.failing += 1
    }
  }
}

/// What `status` and `result` attributes say of a test without a child element.
enum JUnitStatus {
  /// Whether an attribute says that the test did not succeed: `success="False"`.
  static func denies(_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) -> Bool {
    JUnitBytes.equalInAnyCase(name, "success") && JUnitBytes.equalInAnyCase(value, "false")
  }

  /// The words of gtest, CTest, Jenkins, xUnit converters and others, in lower case.
  static let words: [(word: StaticString, meaning: JUnitCase.Status)] = [
    ("notrun", .skipped), ("disabled", .skipped), ("suppressed", .skipped), ("ignored", .skipped),
    ("skipped", .skipped), ("notrunnable", .skipped),
    ("fail", .failed), ("failed", .failed), ("failure", .failed), ("broken", .failed), ("timeout", .failed),
    ("timedout", .failed), ("error", .errored), ("errored", .errored), ("aborted", .errored), ("crashed", .errored),
    ("timed-out", .failed), ("timed_out", .failed), ("timed out", .failed), ("ko", .failed), ("nok", .failed),
    ("cancelled", .errored), ("canceled", .errored), ("interrupted", .errored), ("killed", .errored),
    ("crash", .errored), ("abort", .errored), ("terminated", .errored), ("exception", .errored),
    ("inconclusive", .skipped), ("pending", .skipped), ("todo", .skipped),
  ]
}
