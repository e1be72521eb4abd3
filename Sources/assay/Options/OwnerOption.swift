internal import ArgumentParser
internal import TriageServices

/// Whose tests are meant, shared by the commands that list tests of the history.
struct OwnerOption: ParsableArguments {
  @Option(help: "Only tests whose owner has this in its name; none means those that nobody owns.")
  var owner: String?

  /// Whether a test counts, by its stable name; nil when all do.
  func filter(_ surroundings: Surroundings) -> ((String) -> Bool)? {
    guard let wanted = owner?.lowercased() else { return nil }
    let owners = OwnerLookup(surroundings.owners)
    return { test in
      let owner = owners.owner(ofTest: test)
      return wanted == "none" ? owner == nil : owner?.lowercased().contains(wanted) ?? false
    }
  }
}

extension Surroundings {
  /// The owner of a test of the history.
  func owner(ofTest test: String) -> String? {
    OwnerLookup(owners).owner(ofTest: test)
  }
}
