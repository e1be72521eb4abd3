internal import DataSyntax
package import TriageModel

/// Runs as JSON lines, for moving a history and sharing it: `{"run":…}`, then its `{"signature":…}`s and `{"test":…}`s.
package struct RunLines {
  private var record: RunRecord?
  private var names: [[UInt8]] = []
  private var rows = RunRows()
  private var items: [Int: RunContent.Item] = [:]
  private var verdicts: [String: Verdict.Label] = [:]
  private var legs = [""]
  private var legPlaces: [String: Int32] = ["": 0]
  private var expected: Int?
  private var received: Timestamp?
  private var signatures: [SignatureKey: RunContent.SignatureText] = [:]
  /// Those whose keys another version made.
  private var olderKeys: Set<SignatureKey> = []
  private var number = 0

  /// A reader before the first line.
  package init() {}

  /// Results of one run that are read; the largest test suites known have a tenth of it.
  private static let mostResults = 10_000_000

  /// Takes the next line; gives the run before it when it begins another.
  package mutating func add(_ line: [UInt8]) throws(HistoryError) -> RunContent? {
    number += 1
    if line.allSatisfy({ $0 <= 0x20 }) { return nil }
    let value: JSONValue
    do { value = try JSONValue(parsing: line) } catch { throw .line(number, error.cause.words) }
    if let run = value["run"] {
      let finished = try finish()
      record = try record(run)
      expected = run["tests"]?.int
      received = run["received_ms"]?.int.map { Timestamp(milliseconds: Int64($0)) }
      return finished
    }
    guard record != nil else { throw .line(number, "no run stands before it") }
    if let signature = value["signature"], value["test"] == nil {
      try add(signature: signature)
    } else {
      try add(result: value)
    }
    return nil
  }

  /// The run that the last lines told of; nil when there was none. One that says how many results it has must have them.
  package mutating func finish() throws(HistoryError) -> RunContent? {
    guard let record else { return nil }
    if let expected, expected != rows.count {
      throw .line(number, "run \(record.identity.id) has \(expected) results, but \(rows.count) stand here")
    }
    let names = names
    var content = RunContent(record: record) { row, body in names[row].withUnsafeBytes(body) }
    content.received = received
    content.rows = rows
    content.items = items
    content.verdicts = verdicts
    content.legs = legs
    content.signatures = signatures
    content.olderKeys = olderKeys
    let line = number
    self = RunLines()
    number = line
    return content
  }

  // MARK: - Reading

  private func record(_ run: JSONValue) throws(HistoryError) -> RunRecord {
    guard let source = run["source"]?.string, let id = run["id"]?.string else {
      throw .line(number, "a run needs source and id")
    }
    var record = RunRecord(
      identity: RunIdentity(source: source, id: id, attempt: run["attempt"]?.int ?? 1))
    record.commit = run["commit"]?.string
    record.commitTitle = run["commit_title"]?.string
    record.branch = run["branch"]?.string
    record.startedAt = run["started_ms"]?.int.map { Timestamp(milliseconds: Int64($0)) }
    if let clock = run["took_by"]?.string.flatMap({ RunTime.Clock(word: $0) }), let took = run["took_ms"]?.double {
      record.took = RunTime(seconds: took / 1000, by: clock)
    }
    record.isComplete = run["complete"]?.bool ?? true
    for member in run["labels"]?.members ?? [] { record.labels[member.key] = member.value.string }
    return record
  }

  private mutating func add(signature: JSONValue) throws(HistoryError) {
    guard let key = key(signature["key"]) else { throw .line(number, "a signature needs its key") }
    signatures[key] = RunContent.SignatureText(
      title: signature["title"]?.string ?? "", text: signature["text"]?.string ?? "")
    if signature["masking"]?.int != SignatureKey.masking { olderKeys.insert(key) }
  }

  private mutating func add(result: JSONValue) throws(HistoryError) {
    if rows.count == Self.mostResults { throw .line(number, "a run has more than \(Self.mostResults) results") }
    guard let test = result["test"]?.string else { throw .line(number, "it is no run, signature or test") }
    guard let outcome = outcome(result["outcome"]) else { throw .line(number, "no such outcome") }
    let attempts = result["attempts"]?.array?.compactMap(outcome(_:)) ?? []
    let leg = result["leg"]?.string ?? ""
    if let kind = result["kind"]?.string {
      let measure = result["measure"]?.double.flatMap { $0.isFinite ? $0 : nil }
      items[rows.count] = RunContent.Item(kind: kind, measure: measure)
    }
    if let label = result["verdict"]?.string.flatMap({ Verdict.Label(word: $0) }) { verdicts[test] = label }
    names.append(Array(StableName.of(test).utf8))
    rows.append(
      RunContent.Row(
        outcome: outcome, attempts: AttemptPack.pack(attempts, of: outcome),
        duration: RunContent.units(result["seconds"]?.double), signature: key(result["signature"]), leg: place(of: leg))
    )
  }

  private mutating func place(of leg: String) -> Int32 {
    if let place = legPlaces[leg] { return place }
    let place = Int32(clamping: legs.count)
    legPlaces[leg] = place
    legs.append(leg)
    return place
  }

  private func outcome(_ value: JSONValue?) -> Outcome? {
    guard let name = value?.string else { return nil }
    return Outcome.allCases.first { $0.name == name }
  }

  private func key(_ value: JSONValue?) -> SignatureKey? {
    value?.string.flatMap { UInt64($0, radix: 16) }.map { SignatureKey($0) }
  }
}

// MARK: - Writing

extension RunLines {
  static func write(_ run: RunRecord, received: Int64?, results: Int, to output: inout [UInt8]) {
    line(to: &output) { writer in
      writer.key("run")
      writer.beginObject()
      for (key, value) in [
        ("source", run.identity.source), ("id", run.identity.id), ("commit", run.commit),
        ("commit_title", run.commitTitle), ("branch", run.branch),
      ] {
        guard let value else { continue }
        writer.key(key)
        writer.string(value)
      }
      writer.key("attempt")
      writer.number(run.identity.attempt)
      if let started = run.startedAt {
        writer.key("started_ms")
        writer.number(Int(started.milliseconds))
      }
      if let received {
        writer.key("received_ms")
        writer.number(Int(received))
      }
      if let took = run.took {
        writer.key("took_ms")
        writer.number(Int(took.stored))
        writer.key("took_by")
        writer.string(took.clock.word)
      }
      writer.key("complete")
      writer.bool(run.isComplete)
      writer.key("tests")
      writer.number(results)
      writer.key("labels")
      writer.beginObject()
      for (name, value) in run.labels.sorted(by: { $0.key < $1.key }) {
        writer.key(name)
        writer.string(value)
      }
      writer.endObject()
      writer.endObject()
    }
  }

  static func write(_ key: SignatureKey, _ text: RunContent.SignatureText, to output: inout [UInt8]) {
    line(to: &output) { writer in
      writer.key("signature")
      writer.beginObject()
      for (name, value) in [("key", String(key.value, radix: 16)), ("title", text.title), ("text", text.text)] {
        writer.key(name)
        writer.string(value)
      }
      writer.key("masking")
      writer.number(SignatureKey.masking)
      writer.endObject()
    }
  }

  static func write(
    _ test: String, _ result: ResultRecord, _ item: ItemRecord?, _ verdict: Verdict.Label?, to output: inout [UInt8]
  ) {
    line(to: &output) { writer in
      writer.key("test")
      writer.string(test)
      writer.key("outcome")
      writer.string(result.outcome.name)
      if result.attempts != [result.outcome] {
        writer.key("attempts")
        writer.beginArray()
        for attempt in result.attempts { writer.string(attempt.name) }
        writer.endArray()
      }
      if let duration = result.duration {
        writer.key("seconds")
        writer.number(duration)
      }
      if let signature = result.signature {
        writer.key("signature")
        writer.string(String(signature.value, radix: 16))
      }
      if !result.leg.isEmpty {
        writer.key("leg")
        writer.string(result.leg)
      }
      if let verdict {
        writer.key("verdict")
        writer.string(verdict.word)
      }
      if let item {
        writer.key("kind")
        writer.string(item.kind)
        if let measure = item.measure {
          writer.key("measure")
          writer.number(measure)
        }
      }
    }
  }

  private static func line(to output: inout [UInt8], _ members: (inout JSONWriter) -> Void) {
    var writer = JSONWriter()
    writer.beginObject()
    members(&writer)
    writer.endObject()
    output += writer.bytes
    output.append(0x0A)
  }
}

extension HistoryStore {
  /// Writes runs as JSON lines, oldest first: a line a run, then one a signature it names, then one a result.
  ///
  /// `write` gets whole lines, about 64 kB at a time.
  package func export(
    _ repository: String, _ filter: HistoryFilter = .init(), write: ([UInt8]) -> Bool
  ) throws(HistoryError) {
    for run in try runs(of: repository, filter).reversed() {
      if try !export(run, of: repository, write: write) { return }
    }
  }

  /// Writes one run as JSON lines; false when `write` ended it.
  package func export(
    _ run: RunRecord, of repository: String, write: ([UInt8]) -> Bool
  ) throws(HistoryError) -> Bool {
    var lines: [UInt8] = []
    let results = try results(ofRun: run.key, isWhole: true)
    RunLines.write(run, received: try received(run.key), results: results.count, to: &lines)
    for key in Set(results.compactMap(\.result.signature)).sorted() {
      if let text = try text(of: key, in: repository) { RunLines.write(key, text, to: &lines) }
    }
    var items: [RunTest: ItemRecord] = [:]
    if !run.items.isEmpty {
      for item in try self.items(ofRun: run.key, isWhole: true) {
        items[RunTest(name: item.id, leg: item.leg)] = item
      }
    }
    let kept = try verdicts(of: [run.key])
    let verdicts = Dictionary(kept.map { ($0.test, $0.label) }) { first, _ in first }
    for (test, result) in results {
      let item = items[RunTest(name: test, leg: result.leg)]
      RunLines.write(test, result, item, verdicts[test], to: &lines)
      if lines.count > 1 << 16 {
        if !write(lines) { return false }
        lines.removeAll(keepingCapacity: true)
      }
    }
    return write(lines)
  }
}
