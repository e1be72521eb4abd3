internal import DataSyntax
internal import TriageModel

/// An interaction of a pact, and what became of it.
struct PactInteraction {
  private static let mostMismatches = 200

  var parties = PactParties()
  private(set) var description: String
  private var states: [String] = []
  private var mismatches: [PactMismatch] = []
  /// What kept it from being verified.
  var problem: String?
  private var isPending = false
  private var isSkipped = false
  private var duration: Double?
  private var details: [String] = []

  init(_ description: String, _ parties: PactParties) {
    self.description = description
    self.parties = parties
  }

  /// A result of the Rust verifier; nil for what is none.
  init?(rust result: JSONNode) {
    guard result.kind == .object else { return nil }
    let names = ["interactionDescription", "description", "interactionKey", "interactionId"] as [StaticString]
    description = names.lazy.compactMap { result[$0].string }.first { !$0.isEmpty } ?? "(no description)"
    parties.consumer = result["consumer"].string ?? ""
    parties.provider = result["provider"].string ?? ""
    states = result["providerStates"].map { $0.string ?? $0["name"].string ?? $0.compactText }
    isPending = result["pending"].isTrue
    duration = Self.seconds(result["duration"])
    let word = result["result"].string ?? ""
    if word.lowercased() != "ok" {
      take(result["mismatch"])
      if !isFailure {
        problem = word.isEmpty ? "the report does not say how it ended" : "the report calls it \u{201C}\(word)\u{201D}"
      }
    }
  }

  /// What the Rust verifier lists as an error: a sentence, and what was wrong.
  init(error: JSONNode, isPending: Bool) {
    let sentence = error["interaction"].string ?? "(no description)"
    parties = PactParties(sentence: sentence, before: "")
    description = sentence
    if !parties.consumer.isEmpty, let dash = sentence.utf8.firstRange(of: " - ".utf8) {
      description = String(sentence[dash.upperBound...])
      let before = sentence[..<dash.lowerBound]
      if let given = before.utf8.firstRange(of: " Given ".utf8) { states = [String(before[given.upperBound...])] }
    }
    self.isPending = isPending
    take(error["mismatch"])
    if !isFailure { problem = "it failed, and the report does not say by what" }
  }

  /// A result as it is published: a test of Ruby's verifier, or an interaction by its id.
  init(published test: JSONNode) {
    let id = test["interactionId"].string ?? ""
    description = test["interactionDescription"].string ?? test["description"].string ?? ""
    if description.isEmpty { description = id.isEmpty ? test["testDescription"].string ?? "(no description)" : id }
    if let state = test["interactionProviderState"].string, !state.isEmpty { states = [state] }
    parties = PactParties(sentence: test["testFullDescription"].string ?? "", before: description)
    let status = test["status"].string
    let isWell = test["success"].exists ? test["success"].isTrue : status == "passed"
    for mismatch in test["mismatches"].prefix(Self.mostMismatches) { mismatches.append(PactMismatch(mismatch)) }
    for difference in test["differences"].prefix(Self.mostMismatches) { mismatches.append(PactMismatch(difference)) }
    for exception in [test["exception"]] + test["exceptions"].prefix(Self.mostMismatches) where exception.exists {
      let message = exception["message"].string ?? "an exception was raised"
      if mismatches.isEmpty { problem = problem ?? SARIFText.line(message) }
      details.append(message)
    }
    if isWell {
      if isFailure, test["success"].exists { problem = problem ?? "it is called well, and has mismatches" }
    } else if status == "pending" {
      isPending = isFailure
      isSkipped = !isFailure
    } else if !isFailure {
      problem = (test["testDescription"].string.map { $0 + ": " } ?? "") + (status ?? "failed")
    }
  }

  /// Adds what another account of the same interaction says.
  mutating func add(_ other: PactInteraction) {
    // One failure that was not expected is enough.
    isPending = (isPending || !isFailure) && (other.isPending || !other.isFailure)
    mismatches += other.mismatches
    problem = problem ?? other.problem
    details += other.details
    isSkipped = isSkipped && other.isSkipped
  }

  private mutating func take(_ mismatch: JSONNode) {
    for one in mismatch["mismatches"].prefix(Self.mostMismatches) { mismatches.append(PactMismatch(one)) }
    let rest = mismatch["mismatches"].reduce(0) { count, _ in count + 1 } - Self.mostMismatches
    if rest > 0 { details.append("… and \(rest) more mismatches") }
    if let message = mismatch["message"].string { problem = message }
  }

  /// Rust's way to write a duration: `44ms`, `1.5s`.
  private static func seconds(_ node: JSONNode) -> Double? {
    if let seconds = node["secs"].double { return seconds + (node["nanos"].double ?? 0) / 1e9 }
    guard let text = node.string else { return nil }
    let digits = text.prefix { $0.isNumber || $0 == "." }
    let factors = ["s": 1, "ms": 1e-3, "µs": 1e-6, "ns": 1e-9, "m": 60]
    guard let number = Double(digits), let factor = factors[String(text.dropFirst(digits.count))] else { return nil }
    return number * factor
  }

  // MARK: - As an item

  /// Whether anything was wrong, be it expected or not.
  var isFailure: Bool { problem != nil || !mismatches.isEmpty }
  var isBroken: Bool { isFailure && !isPending }

  /// Whether a sentence of an error is about it.
  func isToldBy(_ other: String) -> Bool { other == description || other.hasSuffix(" - " + description) }

  var subject: String {
    [parties.consumer, parties.provider].filter { !$0.isEmpty }.joined(separator: "/")
  }

  var name: String {
    states.isEmpty ? description : "\(description) (given \(states.joined(separator: ", ")))"
  }

  var item: ReviewItem {
    let sorted = mismatches.sorted { ($0.part, $0.path, $0.words) < ($1.part, $1.path, $1.words) }
    var outcome: Outcome = isSkipped ? .skipped : .passed
    if isFailure { outcome = isPending ? .expectedFailure : mismatches.isEmpty ? .errored : .failed }
    var item = ReviewItem(Pact.kind, about: subject, name, outcome)
    item.duration = duration
    if let first = sorted.first {
      item.type = first.part
      item.message = (sorted.count > 1 ? "\(sorted.count) mismatches: " : "") + first.line
    } else {
      item.message = problem.map(SARIFText.line) ?? ""
    }
    if isPending, isFailure { item.message = "pending: " + item.message }
    item.details = ([PactMismatch.tree(sorted)] + details).filter { !$0.isEmpty }.joined(separator: "\n\n")
    if problem.map({ $0.contains("\n") }) ?? false, details.isEmpty { item.details = problem ?? "" }
    item.pair = PactMismatch.pair(sorted)
    item.facts = facts
    return item
  }

  private var facts: [(name: String, value: String)] {
    let facts = [
      ("severity", "page"), ("service", parties.provider), ("consumer", parties.consumer),
      ("provider", parties.provider), ("provider version", parties.providerVersion),
      ("consumer version", parties.consumerVersion), ("build", parties.build), ("verified by", parties.verifier),
    ]
    return facts.filter { !$0.1.isEmpty }.map { (name: $0.0, value: String(SARIFText.line($0.1).prefix(500))) }
  }
}
