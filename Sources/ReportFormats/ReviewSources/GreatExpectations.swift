internal import DataSyntax
package import TriageModel

/// Validation results of Great Expectations, 0.x and 1.x: of a suite on a batch, of a checkpoint, or several of them.
package enum GreatExpectations: ReviewSource {
  package static let id = "great-expectations"
  package static let title = "Great Expectations"
  package static let kind = ItemKind("expectation")
  package static let names = ReportNames(
    endings: ["json"], meant: ["*validation_result*.json"], usualPaths: ["gx/uncommitted/validations"])
  package static let signs: [FormatSign] = [
    .object(["results"], saying: ["\"expectation_config\""]),
    .object(["results"], saying: ["\"evaluated_expectations\""]),
    .object(["run_results"], saying: ["\"expectation_config\""]),
    .object(["run_results"], saying: ["ValidationResultIdentifier"]),
  ]

  package static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult {
    ExpectationReader.read(input, into: &builder)
  }
}

private struct ExpectationReader: JSONUnitReader {
  var writer: CaseWriter
  /// What the suite is called stands behind its results: a document is one unit.
  static let units = [""]
  private static let mostFacts = 30

  init(_ writer: consuming CaseWriter) {
    self.writer = writer
  }

  mutating func read(_ path: String, _ document: JSONNode) {
    if document["run_results"].exists {
      for run in document["run_results"] {
        // 0.x wraps each result once more.
        readResult(run["validation_result"].exists ? run["validation_result"] : run)
      }
    } else {
      readResult(document)
    }
  }

  private mutating func readResult(_ validation: JSONNode) {
    let meta = validation["meta"]
    let suite = validation["suite_name"].string ?? meta["expectation_suite_name"].string ?? "(no suite)"
    writer.start(iso: meta["run_id"]["run_time"].bytes)
    let subject = [suite, Self.asset(meta)].compactMap(\.self).joined(separator: " on ")
    var failed = 0
    for result in validation["results"] {
      let item = item(of: result, subject)
      if item.outcome.isFailing { failed += 1 }
      writer.add(item)
    }
    check(validation, failed)
  }

  /// Compares what a result says of itself with what it holds.
  private mutating func check(_ validation: JSONNode, _ failed: Int) {
    let statistics = validation["statistics"]
    let declared = statistics["unsuccessful_expectations"].int ?? (validation["success"].kind == .false ? 1 : 0)
    if declared > failed {
      writer.lose("it says that \(declared) expectations failed and holds \(failed)", 0)
    } else if let count = statistics["evaluated_expectations"].int, count > validation["results"].map({ _ in 1 }).count
    {
      writer.lose("it says that \(count) expectations were evaluated and holds fewer", 0)
    }
  }

  private func item(of result: JSONNode, _ subject: String) -> ReviewItem {
    let config = result["expectation_config"]
    let type = (config["type"].string ?? config["expectation_type"].string) ?? "(unnamed)"
    var item = ReviewItem(GreatExpectations.kind, about: subject, Self.name(type, config["kwargs"]), .passed)
    item.type = type
    let error = Self.error(result["exception_info"])
    let observed = result["result"]
    if let error {
      item.outcome = .errored
      (item.message, item.details) = (error.message, error.traceback)
    } else if !result["success"].isTrue {
      item.outcome = result["success"].kind == .false ? .failed : .errored
      item.message = Self.message(observed, config["kwargs"])
      if !result["success"].exists { item.message = "the report does not say how it ended" }
    }
    item.pair = ReviewItem.Pair(expected: Self.expected(config["kwargs"]), observed: Self.observed(observed))
    item.measure = Self.measure(observed)
    item.facts = Self.facts(config, observed)
    return item
  }

  // MARK: - Names

  /// What the batch is of: a table, an asset; ids of single batches change from run to run.
  private static func asset(_ meta: JSONNode) -> String? {
    let batch = meta["active_batch_definition"]
    return batch["data_asset_name"].string ?? meta["batch_spec"]["table_name"].string
      ?? meta["batch_kwargs"]["table"].string ?? meta["batch_kwargs"]["data_asset_name"].string
  }

  /// The expectation and the columns that it is of: `expect_column_values_to_be_unique(id)`.
  private static func name(_ type: String, _ arguments: JSONNode) -> String {
    var columns: [String] = []
    for key in ["column", "column_A", "column_B", "column_list", "column_set", "row_condition"] as [StaticString] {
      let value = arguments[key]
      if value.kind == .array {
        columns += value.compactMap(\.string)
      } else if let text = value.string {
        columns.append(text)
      }
    }
    return columns.isEmpty ? type : type + "(" + columns.joined(separator: ", ") + ")"
  }

  // MARK: - What was expected and observed

  private static let domain: Set<String> = [
    "batch_id", "column", "column_A", "column_B", "column_list", "result_format", "include_config", "catch_exceptions",
    "meta", "table",
  ]

  private static func expected(_ arguments: JSONNode) -> String {
    arguments.compactMap { value in
      let key = String(decoding: value.key, as: UTF8.self)
      return domain.contains(key) || !value.exists ? nil : "\(key): \(value.compactText)"
    }.joined(separator: "\n")
  }

  private static let observedKeys: [StaticString] = [
    "observed_value", "element_count", "missing_count", "missing_percent", "unexpected_count", "unexpected_percent",
    "unexpected_percent_nonmissing", "partial_unexpected_list", "partial_unexpected_counts",
    "partial_unexpected_index_list", "unexpected_rows", "details",
  ]

  private static func observed(_ result: JSONNode) -> String {
    observedKeys.compactMap { key in
      let value = result[key]
      return value.exists ? "\(key): \(value.compactText)" : nil
    }.joined(separator: "\n")
  }

  private static func message(_ result: JSONNode, _ arguments: JSONNode) -> String {
    if let count = result["unexpected_count"].int, count > 0 {
      let total = result["element_count"].int.map { " of " + CountText.of($0) } ?? ""
      let share = result["unexpected_percent"].double.map { " (\(FigureText.of($0)) %)" } ?? ""
      let samples = result["partial_unexpected_list"].prefix(5).map(\.compactText).joined(separator: ", ")
      return "\(CountText.of(count))\(total) unexpected\(share)" + (samples.isEmpty ? "" : ": " + samples)
    }
    let limits = expected(arguments).split(separator: "\n").joined(separator: ", ")
    let value = result["observed_value"]
    if value.exists { return "observed \(value.compactText), expected \(limits.isEmpty ? "otherwise" : limits)" }
    return limits.isEmpty ? "it does not hold" : "it does not hold: \(limits)"
  }

  /// The observed number, else how many percent are not as expected.
  private static func measure(_ result: JSONNode) -> ReviewItem.Measure? {
    if let value = result["observed_value"].double, value.isFinite { return ReviewItem.Measure(value) }
    if let share = result["unexpected_percent"].double, share.isFinite {
      return ReviewItem.Measure(share, unit: "%", better: .lower)
    }
    return nil
  }

  private static func facts(_ config: JSONNode, _ result: JSONNode) -> [(name: String, value: String)] {
    var facts: [(name: String, value: String)] = []
    for (name, value) in [("severity", config["severity"]), ("id", config["id"])] {
      if value.exists { facts.append((name, value.string ?? value.compactText)) }
    }
    for value in config["meta"].prefix(mostFacts) where value.exists {
      facts.append((String(decoding: value.key, as: UTF8.self), value.compactText))
    }
    return facts
  }

  /// What was thrown: one account, or in 1.x one a metric.
  private static func error(_ info: JSONNode) -> (message: String, traceback: String)? {
    let all = info["raised_exception"].exists ? [info] : info.map { $0 }
    guard let raised = all.first(where: { $0["raised_exception"].isTrue }) else { return nil }
    let message = raised["exception_message"].string ?? "an exception was raised"
    return (message, raised["exception_traceback"].string ?? "")
  }

  mutating func finish() {}
}
