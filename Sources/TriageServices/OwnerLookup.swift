internal import Synchronization
package import TriageModel
package import Workspace

/// Who owns a test, by the file it is defined in; what was looked up once a suite is remembered.
package final class OwnerLookup: Sendable {
  private let owners: Owners
  private let known = Mutex<[String: String?]>([:])

  /// A lookup in a repository's owners.
  package init(_ owners: Owners) {
    self.owners = owners
  }

  /// The owner of a test; nil when no rule names one.
  package func owner(of test: TestIndex, in run: Run) -> String? {
    let suite = run.table.suite(of: test)
    let path = run.table.definition(of: test)?.file ?? run.table.suiteName(suite)
    return known.withLock { known in
      if let owner = known[path] { return owner }
      let owner = owners.owner(of: path)
      known[path] = owner
      return owner
    }
  }

  /// The owner of a test of the history: of the file that its name begins with; nil when no rule names one.
  package func owner(ofTest name: String) -> String? {
    owners.owner(of: name.firstRange(of: "::").map { String(name[..<$0.lowerBound]) } ?? name)
  }
}
