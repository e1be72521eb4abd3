internal import FailureAnalysis
package import TriageModel
package import Workspace

/// What groups failures into causes in one repository: people's rules, and the causes that are known already.
package struct CauseBook: Sendable, Equatable {
  /// What is wrong with the file of the rules, as a sentence; then none of them holds.
  package private(set) var problem: String?
  private var rules = CauseRules()

  /// Reads the rules of a repository.
  package init(_ repository: Repository?) {
    do throws(ConfigurationError) {
      for rule in try CauseFile(repository: repository).rules { rules.add(rule) }
    } catch {
      problem = "could not read the rules on causes: \(error)"
    }
  }

  /// The book with today's keys beside those of an older masking that its rules name.
  package func carried(over find: ([SignatureKey]) -> [SignatureKey: SignatureKey]) -> CauseBook {
    let keys = rules.splits.union(rules.merges.flatMap(\.keys))
    let found = keys.isEmpty ? [:] : find(keys.sorted())
    if found.isEmpty { return self }
    var book = self
    for key in rules.splits { if let new = found[key] { book.rules.splits.insert(new) } }
    for place in rules.merges.indices {
      book.rules.merges[place].keys += rules.merges[place].keys.compactMap { found[$0] }
    }
    return book
  }

  /// The grouper.
  func grouper(known: [SignatureKey: CauseID] = [:]) -> CauseGrouper { CauseGrouper(rules: rules, known: known) }
}

extension CauseRules {
  /// Adds a rule; it wins over older ones.
  mutating func add(_ rule: CauseRule) {
    switch rule.kind {
    case .merge(let keys):
      splits.subtract(keys)
      merges.append(Merge(title: rule.title, keys: keys))
    case .split(let key):
      splits.insert(key)
      for place in merges.indices { merges[place].keys.removeAll { $0 == key } }
      merges.removeAll { $0.keys.count < 2 }
    }
  }
}
