package import TriageModel

/// The Test Anything Protocol, versions 12 to 14, with the subtests of perl, node and version 14.
///
/// A document without a plan, or with another number of tests than planned, did not run to its end. A test point that
/// ends a subtest stands for the tests in it, unless it fails and none of them does.
package enum TAP: ReportFormat {
  package static let id = "tap"
  package static let title = "TAP"
  package static let richness = 8
  package static let names = ReportNames(
    endings: ["tap", "t", "out", "log", "txt"], isPrinted: true, meant: ["*.tap"],
    usualPaths: ["*.tap", "tap", "results.tap"])
  package static let marks = ReportMarks()
  package static let signs: [FormatSign] = [
    .text("TAP version "), .plan, .text("ok 1"), .text("not ok "), .text("# Subtest: "),
  ]

  package static func recognises(_ head: ReportHead) -> Bool {
    if signs.contains(where: { head.sight.shows($0) }) { return true }
    // Under its own ending it may begin with what the tests print.
    guard [".tap", ".t"].contains(where: head.name.lowercased().hasSuffix), head.sight.mayHaveLines else {
      return false
    }
    return head.bytes.split(separator: 0x0A).contains { line in
      TAPLine.plan(line[...]) != nil || TAPPoint(line[...]) != nil
    }
  }

  package static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult {
    TAPReader.read(input, into: &builder)
  }
}

private struct TAPReader: ReportLineReader {
  /// A test, with the names of the subtests around it, innermost first.
  private struct Test {
    var path: [ArraySlice<UInt8>] = []
    var point: TAPPoint
    var isExpected = false
    /// It stands for a subtest as a whole.
    var isSuite = false

    var isFailing: Bool { !point.isOK && point.directive != .todo && !isExpected }
  }

  /// A document: the whole, or a subtest.
  private struct Level {
    let indent: Int
    var name: ArraySlice<UInt8> = []
    var plan: Int?
    var skip: ArraySlice<UInt8>?
    var count = 0
    /// The test point whose lines may still come.
    var point: Test?
    /// What is told when the test point behind it says what they are of.
    var tests: [Test] = []
  }

  var writer: CaseWriter
  private var levels = [Level(indent: 0)]
  /// The name of a subtest whose lines are to come.
  private var pendingName: ArraySlice<UInt8> = []
  /// The indentation of the YAML block that is open.
  private var block: Int?
  private var isOver = false
  private var isNode = false
  private var testCount = 0

  private static let mostComments = 1 << 18
  private static let deepest = 100

  init(_ writer: consuming CaseWriter) {
    self.writer = writer
  }

  private var last: Int { levels.count - 1 }

  mutating func read(_ line: ArraySlice<UInt8>, isWhole: Bool) {
    let text = line.drop { $0 == 0x20 }
    let indent = text.startIndex - line.startIndex
    if readBlock(line, text, indent) { return }
    if let name = TAPLine.after("# Subtest:", text) {
      beginSubtest(name.drop { $0 == 0x20 }, indent)
    } else if text.first == UInt8(ascii: "#") {
      addComment(text.dropFirst())
    } else if let reason = TAPLine.after("Bail out!", text) {
      bailOut(reason.drop { $0 == 0x20 })
    } else if TAPLine.after("TAP version ", text) != nil {
      if indent == 0, levels[0].count > 0 || levels[0].plan != nil { endDocument() }
    } else if let plan = TAPLine.plan(text) {
      setPlan(plan.count, plan.skip, indent)
    } else if let point = TAPPoint(text) {
      add(point, indent)
    }
  }

  /// Takes a line of a YAML block, which describes the test point before it; false for lines of no block.
  private mutating func readBlock(_ line: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>, _ indent: Int) -> Bool {
    if let block {
      if indent < block {
        self.block = nil
        return false
      }
      if indent == block, text.elementsEqual("...".utf8) {
        self.block = nil
      } else {
        levels[last].point?.point.block.add(line.dropFirst(block))
      }
      return true
    }
    guard text.elementsEqual("---".utf8), indent > levels[last].indent else { return false }
    block = indent
    return true
  }

  // MARK: - Documents and subtests

  /// `# Subtest: name` stands before its lines, at their indentation or at that of the test point behind them.
  private mutating func beginSubtest(_ name: ArraySlice<UInt8>, _ indent: Int) {
    pendingName = Array(name)[...]
    _ = enter(indent)
  }

  /// Enters the document at an indentation; the one that was left by this, and may be ended by a test point.
  private mutating func enter(_ indent: Int) -> Level? {
    flushPoint()
    var left: Level?
    while last > 0, levels[last].indent > indent {
      if let left { orphan(left) }
      left = levels.removeLast()
    }
    if indent > levels[last].indent, levels.count < Self.deepest {
      if let left { orphan(left) }
      left = nil
      levels.append(Level(indent: indent, name: pendingName))
      pendingName = []
    }
    return left
  }

  /// Keeps the tests of a subtest that no test point ended, under the name that its comment gave it.
  private mutating func orphan(_ level: Level) {
    if level.tests.isEmpty, level.plan == nil { return }
    writer.lose("a subtest has no result of its own", writer.line)
    take(level, name: level.name, isExpected: false)
  }

  private mutating func take(_ level: Level, name: ArraySlice<UInt8>, isExpected: Bool) {
    for test in level.tests {
      var test = test
      test.path.append(name)
      test.isExpected = test.isExpected || isExpected
      keep(test)
    }
  }

  /// Keeps a test until it is known what it is of; outside of subtests it is.
  private mutating func keep(_ test: Test) {
    if last == 0 { write(test) } else { levels[last].tests.append(test) }
  }

  private mutating func setPlan(_ count: Int, _ skip: ArraySlice<UInt8>?, _ indent: Int) {
    if let left = enter(indent) { orphan(left) }
    if last == 0, let plan = levels[0].plan {
      // Documents one after the other, as `cat` puts them together.
      if plan == levels[0].count { endDocument() } else { return levels[0].plan = plan + count }
    }
    levels[last].plan = count
    levels[last].skip = count == 0 ? Array(skip ?? [])[...] : nil
  }

  private mutating func bailOut(_ reason: ArraySlice<UInt8>) {
    flushPoint()
    isOver = true
    let words = Array("Bail out!".utf8)[...]
    var record = writer.suiteFailure(suite: [], name: words)
    writer.fail(&record, as: .errored, message: reason.isEmpty ? words : reason)
    writer.add(record)
    writer.lose("the tests bailed out", writer.line)
  }

  // MARK: - Test points

  private mutating func add(_ point: TAPPoint, _ indent: Int) {
    let subtest = enter(indent)
    levels[last].count += 1
    pendingName = []
    guard let subtest, !subtest.tests.isEmpty else {
      levels[last].point = Test(point: point)
      return
    }
    if let plan = subtest.plan, subtest.count < plan { writer.lose("a subtest did not run to its end", writer.line) }
    take(subtest, name: point.name.isEmpty ? subtest.name : point.name, isExpected: point.directive == .todo)
    if point.isOK || point.directive == .todo || subtest.tests.contains(where: \.isFailing) { return }
    levels[last].point = Test(point: point, isSuite: true)
  }

  private mutating func addComment(_ text: ArraySlice<UInt8>) {
    guard let test = levels[last].point, !test.point.isOK, test.point.comments.count < Self.mostComments else { return }
    levels[last].point?.point.comments += (text.first == 0x20 ? text.dropFirst() : text) + [0x0A]
  }

  private mutating func flushPoint() {
    block = nil
    guard let test = levels[last].point else { return }
    levels[last].point = nil
    if test.point.block.isNode { isNode = true }
    keep(test)
  }

  private mutating func write(_ test: Test) {
    testCount += 1
    let point = test.point
    let number = point.number.isEmpty ? Array("\(testCount)".utf8)[...] : point.number
    let name = point.name.isEmpty ? "test ".utf8 + number : point.name
    let path = Array(test.path.reversed().joined(separator: " > ".utf8))
    var record = writer.record(suite: path[...], name: name)
    record.setDuration(point.seconds ?? point.block.seconds)
    if test.isSuite { record.kind = .suite }
    switch (point.isOK, point.directive) {
    case (true, .skip): record.outcome = .skipped
    // node calls a test that is to be written so, others one that was to fail.
    case (true, .todo): record.outcome = isNode ? .skipped : .unexpectedPass
    case (true, .none): break
    case (false, _):
      let details = point.comments + point.block.details
      let perl = point.perl
      writer.fail(
        &record, as: point.block.isTimeout ? .timedOut : .failed, type: point.block.type,
        message: perl.map { $0.message[...] } ?? point.block.message, details: details[...], file: perl?.file ?? [],
        line: perl?.line ?? 0)
      if point.directive == .todo || test.isExpected { record.outcome = .expectedFailure }
    }
    record.note = writer.plain(point.reason)
    let location = point.block.location
    if !location.file.isEmpty { record.file = writer.file(location.file).text }
    record.line = UInt32(clamping: location.line)
    writer.add(record)
  }

  // MARK: - The end

  private mutating func endDocument() {
    if let left = enter(0) { orphan(left) }
    let level = levels[0]
    levels = [Level(indent: 0)]
    if isOver { return }
    guard let plan = level.plan else {
      return writer.lose("it has no plan: how many tests were to run is not known", writer.line)
    }
    if plan == 0, level.count == 0, let reason = level.skip {
      var record = writer.record(suite: [], name: Array("(all tests)".utf8)[...], outcome: .skipped)
      record.note = writer.plain(reason)
      writer.add(record)
    } else if level.count != plan {
      writer.lose("\(plan) tests were planned and \(level.count) ran", writer.line)
    }
  }

  mutating func finish() { endDocument() }
}
