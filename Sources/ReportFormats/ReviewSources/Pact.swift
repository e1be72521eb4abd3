internal import DataSyntax
package import TriageModel

/// Results of verifying pacts: what verifiers publish to a broker, what the broker answers with, and what the Rust
/// verifier writes as JSON (that of pact-python, pact-js and the command line too).
///
/// An item is an interaction of a consumer and a provider. What is published names neither where only the address of the
/// pact does; such items are about no pair. Failures of pending pacts are expected.
package enum Pact: ReviewSource {
  package static let id = "pact"
  package static let title = "Pact verification result"
  package static let kind = ItemKind("contract")
  package static let names = ReportNames(
    endings: ["json"], meant: ["*pact*verification*.json", "*verification*result*pact*.json"])
  package static let signs: [FormatSign] = [
    .object(["success", "providerApplicationVersion"]), .object(["interactionResults", "result"]),
    .object(["pendingErrors", "errors"]), .object(["errors", "interactionResults"]),
    .object(["_embedded", "success"], saying: ["\"providerApplicationVersion\""]),
  ]

  package static func read(_ input: ReportInput, into builder: inout TestTableBuilder) -> ReportResult {
    PactReader.read(input, into: &builder)
  }
}

private struct PactReader: JSONUnitReader {
  var writer: CaseWriter
  /// Versions and names stand behind the results: a document is one unit.
  static let units = [""]

  init(_ writer: consuming CaseWriter) {
    self.writer = writer
  }

  mutating func read(_ path: String, _ document: JSONNode) {
    let embedded = document["_embedded"]["verificationResults"]
    if document["interactionResults"].exists || document["errors"].exists {
      readRust(document)
    } else if embedded.exists {
      for result in embedded { readPublished(result) }
    } else if document["success"].exists {
      readPublished(document)
    } else {
      writer.lose("it does not say how the verification ended", 0)
    }
  }

  // MARK: - The Rust verifier's own JSON

  private mutating func readRust(_ document: JSONNode) {
    var seen: [PactInteraction] = []
    for result in document["interactionResults"] {
      let interaction = PactInteraction(rust: result)
      if let interaction { seen.append(interaction) } else { writer.lose("an interaction is no object", 0) }
    }
    // What failed before there was an interaction stands among the errors alone; so did all in earlier versions.
    for (list, isPending) in [(document["errors"], false), (document["pendingErrors"], true)] {
      for error in list {
        let other = PactInteraction(error: error, isPending: isPending)
        if !seen.contains(where: { $0.isFailure && $0.isToldBy(other.description) }) { seen.append(other) }
      }
    }
    if !document["interactionResults"].exists {
      writer.result.warnings.append("its verifier does not name the interactions that are well")
    }
    let result = document["result"]
    add(seen, success: result.exists ? result.isTrue : nil)
  }

  // MARK: - What is published

  private mutating func readPublished(_ document: JSONNode) {
    let parties = PactParties(document)
    let results = document["testResults"]
    var seen: [PactInteraction] = []
    var places: [String: Int] = [:]
    for test in results.kind == .array ? results : results["tests"] {
      var interaction = PactInteraction(published: test)
      interaction.parties = parties.completed(by: interaction.parties)
      // Ruby tells of the status, each header and the body of an interaction one by one.
      let key = [interaction.subject, interaction.name].joined(separator: "\n")
      if let place = places[key], test["testDescription"].exists {
        seen[place].add(interaction)
      } else {
        places[key] = seen.count
        seen.append(interaction)
      }
    }
    let count = results["summary"]["failureCount"].int ?? 0
    if count > 0, !seen.contains(where: \.isFailure) {
      writer.lose("it declares \(count) failures and holds none", 0)
    }
    let success = document["success"]
    add(seen, success: success.kind == .true ? true : success.kind == .false ? false : nil, parties)
  }

  /// Adds interactions; where these do not say how the whole ended, an item for it.
  private mutating func add(_ seen: [PactInteraction], success: Bool?, _ parties: PactParties = PactParties()) {
    for interaction in seen { writer.add(interaction.item) }
    if let success {
      if !success, !seen.contains(where: \.isBroken) {
        var whole = PactInteraction("(the whole pact)", parties)
        whole.problem = seen.isEmpty ? "the verification failed" : "the verification failed, and no interaction did"
        writer.add(whole.item)
      } else if success, seen.isEmpty {
        writer.add(PactInteraction("(the whole pact)", parties).item)
      } else if success, seen.contains(where: \.isBroken) {
        writer.result.warnings.append("it says that it succeeded, and interactions failed")
      }
    } else {
      writer.lose("it does not say whether it succeeded", 0)
    }
  }

  mutating func finish() {}
}
