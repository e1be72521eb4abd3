internal import ArgumentParser
internal import TriageServices

/// Whose tests are meant, shared by the commands that list tests of the history.
struct OwnerOption: ParsableArguments {
  @Option(help: "Only tests whose owner has this in its name; none means those that nobody owns.")
  var owner: String?

  /// Whether a test counts, by its stable name; nil when all do.
  func filter(_ surroundings: Surroundings) -> ((String) -> Bool)? {
    guard let wanted = owner?.lowercased() else { return nil }
    return { test in
      (surroundings.owner(ofTest: test) ?? "none").lowercased().contains(wanted)
    }
  }
}

extension Surroundings {
  /// The owner of a test of the history.
  func owner(ofTest test: String) -> String? {
    OwnerLookup(owners).owner(ofTest: test)
  }
}
