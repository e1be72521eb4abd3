internal import DataSyntax
package import TriageModel

/// What `cosmic-ray dump` prints of a session: a line a mutant, with what became of it.
package enum CosmicRay: ReviewSource {
  package static let id = "cosmic-ray"
  package static let title = "cosmic-ray dump"
  package static let kind = Mutant.kind
  package static let names = ReportNames(endings: ["json", "jsonl", "ndjson"])
  package static let signs: [FormatSign] = [.array(["job_id", "mutations"])]

  package static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult {
    CosmicRayReader.read(input, into: &builder)
  }
}

private struct CosmicRayReader: ReportLineReader {
  var writer: CaseWriter
  private let tape = JSONTape()
  private var pending = 0

  init(_ writer: consuming CaseWriter) {
    self.writer = writer
  }

  mutating func read(_ line: ArraySlice<UInt8>, isWhole: Bool) {
    var tokenizer = JSONTokenizer(Array(line))
    do throws(JSONError) {
      try tape.read(&tokenizer)
    } catch {
      return writer.lose(isWhole ? error.cause.words : "the last line is cut", writer.line)
    }
    let parts = tape.root.map { $0 }
    guard let job = parts.first, job["mutations"].kind == .array, parts.count > 1 else {
      return writer.lose("the line is no mutant and its result", writer.line)
    }
    add(job, parts[1])
  }

  private mutating func add(_ job: JSONNode, _ result: JSONNode) {
    var mutant = Mutant(Self.fate(of: result))
    if case .null = result.kind { pending += 1 }
    // One change as a rule; those of higher order have several.
    let changes = job["mutations"].map { $0 }
    let change = changes.first
    mutant.file = writer.sourcePath(change?["module_path"].bytes ?? [])
    mutant.function = change?["definition_name"].string ?? ""
    mutant.operation = changes.compactMap { $0["operator_name"].string.map(Self.plain) }.joined(separator: " + ")
    mutant.line = change?["start_pos"].first { _ in true }?.int
    if let patch = result["diff"].string { mutant.setPatch(Self.unified(patch)) }
    if mutant.before.isEmpty, mutant.after.isEmpty {
      mutant.label = changes.compactMap { $0["occurrence"].int.map { "occurrence \($0)" } }.joined(separator: " + ")
    }
    if let arguments = change?["operator_args"], !arguments.compactText.dropFirst(2).isEmpty {
      mutant.facts.append(("arguments", arguments.compactText))
    }
    mutant.killers = Self.failed(in: result["output"].string ?? "")
    writer.add(mutant.item)
  }

  /// What became of a mutant. A worker that broke says nothing of the tests; a mutant that could not be made either.
  private static func fate(of result: JSONNode) -> Mutant.Fate {
    if result.kind == .null { return .skipped("not run") }
    let worker = result["worker_outcome"].string ?? ""
    switch (worker, result["test_outcome"].string ?? "") {
    case ("skipped", _): return .skipped("skipped")
    case ("no-test", _): return .skipped("there is no such place to change")
    case ("exception", _), ("abnormal", _): return .unclear("the worker broke off (\(worker))")
    case (_, "survived"): return .survived
    case (_, "killed"):
      return .caught(result["output"].says("timeout") ? "it ran into the time limit" : "killed")
    case (_, "incompetent"): return .caught("the tests could not run with it")
    case (_, let word): return .unclear(word.isEmpty ? "it does not say how it ended" : "it ended as “\(word)”")
    }
  }

  private static func plain(_ name: String) -> String {
    name.hasPrefix("core/") ? String(name.dropFirst(5)) : name
  }

  /// The diff without cosmic-ray's own first line.
  private static func unified(_ text: String) -> String {
    text.hasPrefix("--- mutation diff ---\n") ? String(text.dropFirst("--- mutation diff ---\n".count)) : text
  }

  /// The tests that failed, where it is pytest that printed.
  private static func failed(in output: String) -> [String] {
    output.split(separator: "\n").filter { $0.hasPrefix("FAILED ") }.prefix(100).map { line in
      let rest = line.dropFirst("FAILED ".count)
      return String(rest.firstRange(of: " - ").map { rest[..<$0.lowerBound] } ?? rest)
    }
  }

  mutating func finish() {
    if pending > 0 { writer.result.warnings.append("\(CountText.of(pending, "mutant")) not run") }
  }
}
