package import Runbooks
package import TriageModel

extension RuleSubject {
  /// The bytes of a failure's text that rules are asked about, and those of all failures of a test.
  private static let longestText = 1 << 16
  private static let longestTexts = 1 << 20

  /// What is known of a test that failed, by now.
  package init(of test: TestIndex, in dossier: RunDossier, ownFiles: OwnFiles) {
    let (run, table) = (dossier.run, dossier.run.table)
    self.init(id: table.id(of: test))
    // A screen may ask before all failures were masked.
    let signatures = dossier.signatures ?? FailureSignatures(of: [test], in: table, threads: 1)
    signature = signatures.key(of: test)
    verdict = dossier.standings[test]?.verdict.label
    kinds = [table.kind(of: test).word]
    if dossier.goldenTests.contains(test) { kinds.insert(FailureKind.golden.word) }
    labels = run.labels(of: test)
    var places = [table.definition(of: test)].compactMap(\.self)
    var left = Self.longestTexts
    for attempt in table.attempts(of: test) {
      markers.formUnion(attempt.markers)
      for failure in attempt.failures where attempt.outcome.isFailing {
        if let place = failure.location {
          places.append(place.inPackage(of: table.suiteName(table.suite(of: test))))
        }
        guard left > 0 else { continue }
        let heading = failure.type.isEmpty ? "" : failure.type + ": "
        let text = Array("\(heading)\(failure.message)\n\(failure.details)".utf8.prefix(min(left, Self.longestText)))
        left -= text.count
        texts.append(text)
      }
    }
    paths = Set(places.map { ownFiles.resolve($0)?.file ?? $0.file }).sorted()
  }
}

extension Attempt {
  /// Names of properties by which reports tell a test's markers or tags.
  private static let markerNames: Set<String> = ["marker", "markers", "tag", "tags"]

  /// The test's markers.
  var markers: [String] {
    properties.filter { Self.markerNames.contains($0.name.lowercased()) }.flatMap { property in
      property.value.split { $0 == "," || $0.isWhitespace }.map(String.init)
    }
  }
}
