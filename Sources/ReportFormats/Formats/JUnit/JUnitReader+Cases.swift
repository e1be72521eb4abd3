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
      case .time: open.duration = JUnitBytes.seconds(attribute.value)
      case .duration where open.duration.isNaN: open.duration = JUnitBytes.seconds(attribute.value)
      case .file: file = attribute.value
      case .line, .lineno: open.line = lineNumber(attribute.value)
      case .status, .result: read(status: attribute.value, into: &open)
      case .failure:
        // Node writes the message of a failing test here, and again into a child.
        open.note = keep(attribute.value)
        open.status = .failed
      case nil: open.properties.append((keep(attribute.name), keep(attribute.value)))
      default: break
      }
    }
    open.hasName = !name.isEmpty
    open.name = name.isEmpty ? builder.text("(no name)") : keep(name)
    open.file = keep(file)
    open.suite = suite(classname: classname, name: name, file: file)
    if JUnitOutsiders.contain(classname: classname, name: name, suite: suites.last?.name ?? []) { open.kind = .suite }
    if dialect.isPytest, let classname, isOutsideTests(classname: classname, name: name) {
      open.kind = .suite
      open.suite = builder.suite("")
      open.name = builder.text(PytestNodeID.module(String(decoding: name, as: UTF8.self), has: repositoryHas))
    }
    cases.append(open)
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
    for (word, meaning) in JUnitStatus.words where JUnitBytes.equal(status, word) { open.status = meaning }
  }

  /// A `</testcase>`: the attempts it tells of are added.
  mutating func endCase() {
    guard var ended = cases.popLast(), !ended.isLost else { return }
    if dialect.isPytest, ended.kind == .suite { dropRepeated(&ended.faults) }
    let printed = (output: joined(ended.output), error: joined(ended.errorOutput))
    if ended.faults.isEmpty {
      count(ended, isPart: false)
      var record = JUnitAttempts.main(of: ended, printed: printed)
      if dialect.duplicates == .otherTests { record.duplicate = .otherTest }
      add(record)
      return
    }
    let isPart = dialect.isPytest && ended.kind == .test && isTearDown(ended)
    count(ended, isPart: isPart)
    for (place, attempt) in JUnitAttempts.of(ended, printed: printed).enumerated() {
      var attempt = attempt
      if place == 0, isPart { attempt.duplicate = .samePart }
      if place == 0, dialect.duplicates == .otherTests { attempt.duplicate = .otherTest }
      add(attempt)
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
    }
  }
}

/// What `status` and `result` attributes say of a test without a child element.
enum JUnitStatus {
  /// The words of gtest, CTest, Jenkins, xUnit converters and others.
  static let words: [(word: StaticString, meaning: JUnitCase.Status)] = [
    ("notrun", .skipped), ("disabled", .skipped), ("suppressed", .skipped), ("ignored", .skipped),
    ("skipped", .skipped), ("Skipped", .skipped), ("Ignored", .skipped), ("NotRunnable", .skipped),
    ("fail", .failed), ("failed", .failed), ("Failed", .failed), ("Failure", .failed), ("FAILED", .failed),
    ("error", .errored), ("Error", .errored),
  ]
}
