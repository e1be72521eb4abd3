internal import TriageModel

/// The suites of Robot Framework that a reading is inside of, and what its XML and its JSON tell alike: how a test becomes
/// a record, and what a suite's own set-up or tear-down does to it.
///
/// Robot writes a test when it ends. When the tear-down of a suite around it fails later Robot counts the test as failed,
/// though its report calls it passed; what `rebot` writes knows of it. So tests are held until their suites have ended.
struct RobotSuites {
  /// A suite, as far as it is read.
  struct Suite {
    var name: ArraySlice<UInt8> = []
    var source: ArraySlice<UInt8> = []
    var status: ArraySlice<UInt8> = []
    var message: ArraySlice<UInt8> = []
    /// How many tests were held when it began.
    fileprivate var first = 0

    init() {}

    init(name: ArraySlice<UInt8>, source: ArraySlice<UInt8>) {
      (self.name, self.source) = (name, source)
    }
  }

  /// A test as it is told.
  struct Test {
    var name: ArraySlice<UInt8>
    var line: Int?
    var status: ArraySlice<UInt8>
    var seconds: Double?
    var message: ArraySlice<UInt8>
    /// What keywords said when they failed, a line each.
    var failures: [UInt8] = []
    var tags: [ArraySlice<UInt8>] = []
  }

  /// Bytes of what keywords said that are kept.
  static let longestFailures = 1 << 20

  private static let tornDown = Array("Parent suite teardown failed:\n".utf8)
  private static let skipped = Array("Skipped in suite teardown:\n".utf8)
  private static let alsoTornDown = Array("\n\nAlso parent suite teardown failed:\n".utf8)

  /// What wrote the report: `Robot 7.5 (Python 3.11.7 on linux)`.
  var generator: ArraySlice<UInt8> = [] {
    didSet { generator = Array(generator)[...] }
  }
  /// From the outermost on.
  private(set) var open: [Suite] = []
  private var held: [AttemptRecord] = []

  private func path(_ suites: ArraySlice<Suite>) -> ArraySlice<UInt8> {
    Array(suites.map(\.name).joined(separator: ".".utf8))[...]
  }

  /// Begins a suite in the innermost one.
  mutating func enter(_ suite: Suite) {
    open.append(suite)
    open[open.count - 1].first = held.count
  }

  /// Takes how the innermost suite ended.
  mutating func end(status: ArraySlice<UInt8>? = nil, message: ArraySlice<UInt8>? = nil) {
    guard !open.isEmpty else { return }
    if let status { open[open.count - 1].status = Array(status)[...] }
    if let message { open[open.count - 1].message = Array(message)[...] }
  }

  /// Leaves suites until so many are open; with the last of them all tests are added.
  mutating func leave(downTo count: Int, _ writer: inout CaseWriter) {
    while open.count > count, let suite = open.last {
      addOutcome(of: suite, &writer)
      if generator.starts(with: "Robot".utf8) { tearDown(suite, &writer) }
      open.removeLast()
    }
    if !open.isEmpty { return }
    for record in held { writer.add(record) }
    held = []
  }

  /// Takes a test of the innermost suite.
  mutating func add(_ test: Test, to writer: inout CaseWriter) {
    var record = writer.record(suite: path(open[...]), name: test.name)
    record.file = writer.file(open.last?.source ?? []).text
    record.line = UInt32(clamping: test.line ?? 0)
    record.setDuration(test.seconds)
    writer.settle(&record, saying: test.status)
    // What other suites around it add to its message are failures of their own.
    let messages = Self.parts(of: test.message)
    if record.outcome.isFailing {
      let isOnlyTornDown = messages[0].starts(with: Self.tornDown)
      writer.fail(&record, message: messages[0], details: isOnlyTornDown ? [] : test.failures[...])
      for message in messages.dropFirst() { writer.fail(&record, message: Self.tornDown + message) }
      for tag in test.tags { writer.tag(&record, "tag", tag) }
    } else {
      record.note = record.outcome == .skipped ? writer.plain(messages[0]) : .empty
    }
    held.append(record)
  }

  /// A suite fails because its tests do, or says what of its own set-up or tear-down failed.
  private mutating func addOutcome(of suite: Suite, _ writer: inout CaseWriter) {
    guard suite.status.elementsEqual("FAIL".utf8) else { return }
    let isOwn = ["etup failed", "eardown failed"].contains { Self.end(of: $0, in: suite.message) != nil }
    if !isOwn { return }
    var record = writer.suiteFailure(suite: path(open.dropLast()), name: suite.name)
    writer.fail(&record, as: .errored, message: suite.message)
    held.append(record)
  }

  /// Does to the tests of a suite what Robot does when its tear-down fails, or skips.
  private mutating func tearDown(_ suite: Suite, _ writer: inout CaseWriter) {
    // Words of Robot's begin a message; within it they may be anybody's.
    let isSkip = suite.message.starts(with: Self.skipped)
    guard let start = isSkip ? suite.message.startIndex + Self.skipped.count : Self.startOfTearDown(in: suite.message)
    else { return }
    let message = suite.message[start...]
    for index in suite.first..<held.count where held[index].kind == .test {
      if isSkip {
        let before = held[index].failures.first?.message ?? held[index].note
        let earlier = writer.builder.table.text.withBytes(of: before) { Array($0) }
        held[index].outcome = .skipped
        held[index].failures = []
        held[index].note = writer.plain(
          "Skipped in parent suite teardown:\n".utf8 + message
            + (earlier.isEmpty ? [] : "\n\nEarlier message:\n".utf8 + earlier))
      } else if held[index].outcome != .skipped {
        writer.fail(&held[index], message: Self.tornDown + message)
      }
    }
  }

  /// Where a suite's message says why its tear-down failed.
  private static func startOfTearDown(in message: ArraySlice<UInt8>) -> Int? {
    let first = Array("Suite teardown failed:\n".utf8)
    if message.starts(with: first) { return message.startIndex + first.count }
    return end(of: "\n\nAlso suite teardown failed:\n", in: message)
  }

  /// A message and what suites that were torn down behind the test added to it.
  private static func parts(of message: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    var parts: [ArraySlice<UInt8>] = []
    var rest = message
    while let range = rest.firstRange(of: alsoTornDown) {
      parts.append(rest[..<range.lowerBound])
      rest = rest[range.upperBound...]
    }
    return parts + [rest]
  }

  /// Where words end in a text; nil where they are not.
  private static func end(of words: StaticString, in text: ArraySlice<UInt8>) -> Int? {
    text.firstRange(of: Array(words.description.utf8))?.upperBound
  }
}
