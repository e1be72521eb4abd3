internal import DataSyntax
internal import TriageModel

/// One line of a pytest report-log, with the fields that matter here.
struct ReportLogEntry {
  /// What a line is, by its `$report_type`; types of the future are `other`.
  enum Kind: String {
    case sessionStart = "SessionStart"
    case collectReport = "CollectReport"
    case testReport = "TestReport"
    /// A part of a test that goes on whatever becomes of it: pytest's own, and the plug-in pytest-subtests'.
    case subtestReport = "SubtestReport"
    case subTestReport = "SubTestReport"
    case sessionFinish = "SessionFinish"
    case other
  }

  private(set) var kind = Kind.other
  private(set) var nodeID = ""
  private(set) var outcome = ""
  private(set) var phase = ""
  private(set) var worker = ""
  private(set) var expectedReason: String?
  private(set) var exitStatus: Int?
  private(set) var start: Double?
  private(set) var duration: Double?
  private(set) var longRepr = JSONValue.null
  private var keywords: [String] = []
  private var sections = JSONValue.null
  private var userProperties = JSONValue.null
  private var location = JSONValue.null

  /// Reads a line; what has no meaning here is skipped without being kept.
  init(_ line: LineReader.Line) throws(JSONError) {
    var tokenizer = JSONTokenizer(line.bytes, firstLine: line.number)
    guard try tokenizer.next() == .beginObject else {
      throw JSONError(cause: .expected("an object"), line: line.number, offset: 0)
    }
    while try tokenizer.next() == .key {
      let key = tokenizer.text
      try read(key, &tokenizer)
    }
    _ = try tokenizer.next()
    if outcome == "failed" || outcome == "rerun" { keywords = try Self.keywords(of: line) }
  }

  /// The keywords of a test, which stand before what tells whether anybody wants them.
  private static func keywords(of line: LineReader.Line) throws(JSONError) -> [String] {
    var tokenizer = JSONTokenizer(line.bytes, firstLine: line.number)
    _ = try tokenizer.next()
    while try tokenizer.next() == .key {
      if tokenizer.text == "keywords" { return try JSONValue(from: &tokenizer).members?.map(\.key) ?? [] }
      try tokenizer.skipValue()
    }
    return []
  }

  private mutating func read(_ key: String, _ tokenizer: inout JSONTokenizer) throws(JSONError) {
    switch key {
    case "$report_type": kind = try text(&tokenizer).flatMap(Kind.init(rawValue:)) ?? .other
    case "nodeid": nodeID = try text(&tokenizer) ?? ""
    case "outcome": outcome = try text(&tokenizer) ?? ""
    case "when": phase = try text(&tokenizer) ?? ""
    case "worker_id": worker = try text(&tokenizer) ?? ""
    case "wasxfail": expectedReason = try text(&tokenizer).map(Self.withoutLabel)
    case "exitstatus": exitStatus = try JSONValue(from: &tokenizer).int
    case "start": start = try JSONValue(from: &tokenizer).double
    case "duration": duration = try JSONValue(from: &tokenizer).double
    case "longrepr": longRepr = try JSONValue(from: &tokenizer)
    case "sections": sections = try JSONValue(from: &tokenizer)
    case "user_properties": userProperties = try JSONValue(from: &tokenizer)
    case "location": location = try JSONValue(from: &tokenizer)
    default: try tokenizer.skipValue()
    }
  }

  /// `pytest.xfail("x")` writes `reason: x`, the mark writes `x`.
  private static func withoutLabel(_ reason: String) -> String {
    reason.hasPrefix("reason: ") ? String(reason.dropFirst(8)) : reason
  }

  private func text(_ tokenizer: inout JSONTokenizer) throws(JSONError) -> String? {
    try JSONValue(from: &tokenizer).string
  }

  /// Adds what this line, of a `TestReport`, tells of an attempt.
  func add(to attempt: inout PytestAttempt) {
    attempt.add(seconds: duration)
    attempt.add(
      phase: phase, outcome: outcome, fault: PytestLongRepr.fault(longRepr), expectedReason: expectedReason)
    if let parts = location.array, parts.count > 1 {
      attempt.file = parts[0].string ?? ""
      attempt.setLine(fromZero: parts[1].int)
    }
    attempt.setSections(sections)
    if !keywords.isEmpty { attempt.keywords = keywords }
    let properties = userProperties.array ?? []
    if properties.isEmpty { return }
    attempt.properties = properties.compactMap { pair in
      guard let parts = pair.array, parts.count == 2 else { return nil }
      return (parts[0].string ?? "", Self.text(parts[1]))
    }
  }

  /// Adds what this line, of a subtest, tells of the attempt it is a part of: unittest's methods pass all the same.
  func addPart(to attempt: inout PytestAttempt) {
    guard outcome == "failed", let fault = PytestLongRepr.fault(longRepr) else { return }
    attempt.add(phase: phase, outcome: outcome, fault: fault, expectedReason: nil)
  }

  /// A property's value as text.
  static func text(_ value: JSONValue) -> String {
    switch value {
    case .string(let text), .number(let text): return text
    case .object, .array, .bool, .null:
      var writer = JSONWriter()
      writer.value(value)
      return String(decoding: writer.bytes, as: UTF8.self)
    }
  }
}
