internal import DataSyntax
internal import TriageModel

/// One attempt at one pytest test, put together from what its phases said.
struct PytestAttempt {
  /// A phase's failure, as text.
  struct Fault: Equatable {
    var type = ""
    var message = ""
    var details = ""
    var file = ""
    var line = 0
  }

  let nodeID: String
  private(set) var outcome: Outcome?
  private(set) var faults: [Fault] = []
  private var duration: Double?
  private var note = ""
  private var output = ""
  private var error = ""
  var file = ""
  /// From 1; 0 is unknown.
  var line = 0
  var properties: [(name: String, value: String)] = []
  /// The names by which `-k` and `-m` choose it, as pytest lists them: its own, its markers, those it lies in.
  var keywords: [String] = []

  /// An attempt no phase has told of yet.
  init(nodeID: String) {
    self.nodeID = nodeID
  }

  /// Adds seconds.
  mutating func add(seconds: Double?) {
    if let seconds, seconds.isFinite { duration = (duration ?? 0) + seconds }
  }

  /// Takes a line as pytest counts them, from 0; any number may stand there.
  mutating func setLine(fromZero number: Int?) {
    line = min(max(number ?? -1, -1), Int(Int32.max)) + 1
  }

  /// Adds what one phase (`setup`, `call`, `teardown`) said.
  ///
  /// A failing call is a failure, failing set-up and tear-down are errors; the worse counts and all are kept.
  mutating func add(phase: String, outcome said: String, fault: Fault?, expectedReason: String?) {
    switch said {
    case "passed":
      if phase == "call" { settle(expectedReason == nil ? .passed : .unexpectedPass) }
      if phase == "call", let expectedReason { note = expectedReason }
    case "skipped":
      settle(expectedReason == nil ? .skipped : .expectedFailure)
      note = expectedReason ?? fault?.message ?? ""
      if expectedReason != nil, let fault { faults.append(fault) }
    case "failed", "rerun", "error":
      let fault = fault ?? Fault()
      let isError = phase != "call" || said == "error"
      settle(Self.isTimeout(fault) ? .timedOut : isError ? .errored : .failed)
      faults.append(fault)
    default: break
    }
  }

  /// Takes an outcome unless a worse one is known.
  mutating func settle(_ new: Outcome) {
    if new.severity < outcome?.severity ?? .max { outcome = new }
  }

  /// Takes the captured output of a phase, which repeats that of the phases before it.
  mutating func setSections(_ sections: JSONValue) {
    let pairs = (sections.array ?? []).compactMap(\.array).filter { $0.count == 2 }
    if pairs.isEmpty { return }
    (output, error) = ("", "")
    for pair in pairs { add(section: pair[0].string ?? "", pair[1].string ?? "") }
  }

  /// Adds captured output under pytest's heading (`Captured stderr setup`).
  mutating func add(section heading: String, _ text: String) {
    guard !text.isEmpty else { return }
    let isPlain = heading.hasPrefix("Captured stdout") || heading.hasPrefix("Captured stderr")
    if heading.hasPrefix("Captured stderr") {
      error += text
    } else if isPlain {
      output += text
    } else {
      if !output.isEmpty, !output.hasSuffix("\n") { output += "\n" }
      output += "--- \(heading) ---\n" + text
    }
  }

  /// Whether some of the text is longer than a builder keeps.
  var hasLongText: Bool {
    let texts = [note, output, error] + faults.flatMap { [$0.message, $0.details] } + properties.map(\.value)
    return texts.contains { $0.utf8.count > TextStore.longestText }
  }

  /// The record of the attempt in a builder's terms.
  func record(in builder: inout TestTableBuilder) -> AttemptRecord {
    let (suite, name) = PytestNodeID.split(nodeID)
    var record = AttemptRecord(
      suite: builder.suite(suite), name: builder.text(name), outcome: outcome ?? .passed)
    record.duration = duration.map { Float($0) } ?? .nan
    record.note = builder.plainText(note)
    record.standardOutput = builder.outputText(output)
    record.standardError = builder.outputText(error)
    record.file = builder.text(file)
    record.line = UInt32(clamping: line)
    // Of a million tests that passed nobody asks for markers.
    let markers = record.outcome.isFailing ? markers.map { ("marker", $0) } : []
    record.properties = (properties + markers).map { (builder.text($0.0), builder.text($0.1)) }
    record.failures = faults.map { $0.record(in: &builder) }
    return record
  }

  /// The keywords that are markers: not the parts of its id, nor the folder of the project, which pytest lists last.
  var markers: [String] {
    var names = keywords
    if names.last == "" { names = names.dropLast(2) }
    let parts = nodeID.split(separator: ":", maxSplits: 1)
    let path = parts.first?.split(separator: "/").map(String.init) ?? []
    let inner = Set(parts.last?.split { ":[]-".contains($0) }.map(String.init) ?? [])
    // What stands before the module is the test's own: a marker may be called as a folder is.
    let module = names.firstIndex { $0 == path.last } ?? 0
    return names.enumerated().filter { place, name in
      if !Self.isMarker(name) || inner.contains(name) { return false }
      if place >= module, path.contains(name) { return false }
      return !nodeID.hasSuffix("::" + name)
    }.map(\.element)
  }

  /// Whether a keyword can be a marker: pytest lists attributes of the function too, as Hypothesis sets them.
  private static func isMarker(_ name: String) -> Bool {
    guard let first = name.utf8.first, first | 0x20 >= 0x61, first | 0x20 <= 0x7A else { return false }
    if ["pytestmark", "is_hypothesis_test"].contains(name) { return false }
    return name.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == 0x5F || byte == 0x2D
        || byte == 0x2E
    }
  }

  private static func isTimeout(_ fault: Fault) -> Bool {
    // pytest-timeout writes `Timeout >5.0s`, since 2.4 `Timeout (>5.0s) from pytest-timeout.`
    ["Failed: Timeout >", "Timeout >", "Failed: Timeout (>", "Timeout (>"].contains(where: fault.message.hasPrefix)
  }
}

extension PytestAttempt.Fault {
  /// Takes the place from the printed account: the innermost frame of the project.
  mutating func locate() {
    let text = Array((details.isEmpty ? message : details).utf8)
    guard let found = text.withUnsafeBytes(FailureLocation.find) else { return }
    (file, line) = (found.file, found.line ?? 0)
  }

  /// The failure in a builder's terms.
  func record(in builder: inout TestTableBuilder) -> FailureRecord {
    var record = FailureRecord()
    record.type = builder.plainText(type)
    record.message = builder.plainText(message)
    record.details = builder.plainText(details)
    record.file = builder.text(file)
    record.line = UInt32(clamping: line)
    return record
  }
}

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
