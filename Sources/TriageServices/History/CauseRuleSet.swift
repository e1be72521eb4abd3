internal import FailureAnalysis
package import ItemQueries
package import TriageModel
package import Workspace

/// What groups failures into causes in one repository: people's rules, and the causes that are known already.
package struct CauseRuleSet: Sendable, Equatable {
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
  package func carried(over find: ([SignatureKey]) -> [SignatureKey: SignatureKey]) -> CauseRuleSet {
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

/// What the causes of a run's failures are called in lists.
///
/// Failing goldens say each another thing, and mostly one change is behind them: those that broke in one run are one
/// cause, unless a person said otherwise. So are texts that are one bug by all that is known (`SharedBugs`). No two
/// causes have one title, and what a single test said is told in its own words.
package struct CauseNames {
  /// Which failures have one cause.
  package let causes: RunCauses
  /// What the history says.
  package let standings: [TestIndex: TestStanding]
  /// The tests whose goldens changed.
  package let goldenTests: Set<TestIndex>
  /// The texts that are one bug, by the key of its name.
  package private(set) var bugs: [String: SharedBugs.Bug] = [:]
  private var names: [TestIndex: TestFacts.CauseName] = [:]

  /// The key of a golden cause begins so.
  package static let goldenPrefix = "golden@"
  /// The key of a bug with several texts begins so.
  static let bugPrefix = "bug@"

  /// Whether a key is of such a cause, which failures of several texts stand behind, and no signature.
  package static func isOfSeveralTexts(_ key: String) -> Bool {
    key.hasPrefix(goldenPrefix) || key.hasPrefix(bugPrefix)
  }

  /// The names of the causes of a run's failures.
  package init(
    of run: Run, causes: RunCauses, standings: [TestIndex: TestStanding], goldenTests: Set<TestIndex>,
    culprit: SharedBugs.Culprit = { _, _ in nil }
  ) {
    self.causes = causes
    self.standings = standings
    self.goldenTests = goldenTests
    let told = run.testsOfNote.filter { causes.indices[$0] != nil }
    var keys: [TestIndex: String] = [:]
    for test in told where goldenTests.contains(test) && !causes.isRuled(test) {
      keys[test] = Self.goldenPrefix + (standings[test]?.since?.identity.id ?? "")
    }
    let open = told.filter { keys[$0] == nil && !causes.isRuled($0) }
    let bugs = SharedBugs(
      of: open, in: run.table, places: causes.indices, standings: standings, culprit: culprit
    ).bugs
    var bugOfCause: [Int: String] = [:]
    for bug in bugs {
      let key = Self.bugPrefix + causes.causes[bug.causes[0]].id.text
      self.bugs[key] = bug
      for place in bug.causes { bugOfCause[place] = key }
    }
    for test in told where keys[test] == nil {
      guard let place = causes.indices[test] else { continue }
      keys[test] = bugOfCause[place] ?? causes.causes[place].id.text
    }
    let titles = CauseTitles(of: told, in: run, keys: keys, causes: causes, bugs: self.bugs)
    for (test, key) in keys { names[test] = TestFacts.CauseName(key: key, title: titles.title(of: key)) }
  }

  /// The name of a test's cause; nil when its failure said nothing.
  package func name(of test: TestIndex) -> TestFacts.CauseName? { names[test] }
}

extension Run {
  /// The failing tests that golden changes are of.
  package func tests(of changes: [GoldenChange]) -> Set<TestIndex> {
    var tests: Set<TestIndex> = []
    var ids: Set<String> = []
    for change in changes {
      if let test = change.testIndex { tests.insert(test) } else if !change.test.isEmpty { ids.insert(change.test) }
    }
    if !ids.isEmpty { tests.formUnion(testsOfNote.filter { ids.contains(table.id(of: $0)) }) }
    return tests
  }
}

/// The titles of a run's causes: no two are the same, and a cause of one test says what that test said, unmasked.
struct CauseTitles {
  private var titles: [String: String] = [:]

  /// The title of a cause's key.
  func title(of key: String) -> String { titles[key] ?? "" }

  init(
    of tests: [TestIndex], in run: Run, keys: [TestIndex: String], causes: RunCauses, bugs: [String: SharedBugs.Bug]
  ) {
    var members: [String: [TestIndex]] = [:]
    for test in tests { if let key = keys[test] { members[key, default: []].append(test) } }
    var maker = SignatureMaker()
    var texts: [String: [UInt8]] = [:]
    for (key, own) in members {
      guard let cause = causes.cause(of: own[0]) else { continue }
      if key.hasPrefix(CauseNames.goldenPrefix) {
        titles[key] = "golden changed"
      } else if let bug = bugs[key] {
        let rest = bug.causes.count - 1
        titles[key] =
          "\(causes.causes[bug.causes[0]].title) · and \(rest) other \(rest == 1 ? "text" : "texts"), \(bug.why)"
      } else {
        let isAlone = own.count == 1 && !causes.isRuled(own[0])
        titles[key] = isAlone ? maker.ownTitle(of: own[0], in: run.table) ?? cause.title : cause.title
        texts[key] = cause.text
      }
    }
    tellApart(texts)
  }

  /// Adds to titles that are the same what their texts differ in: a further line, else the key.
  private mutating func tellApart(_ texts: [String: [UInt8]]) {
    let alike = Dictionary(grouping: texts.keys.sorted()) { titles[$0] ?? "" }.filter { $1.count > 1 }
    for (title, keys) in alike {
      let lines = keys.map { Self.lines(texts[$0] ?? []) }
      var counts: [String: Int] = [:]
      for line in lines.flatMap({ Set($0) }) { counts[line, default: 0] += 1 }
      for (key, own) in zip(keys, lines) {
        let line = own.first { counts[$0] == 1 && !title.hasPrefix($0) }
        titles[key] = "\(title) · \(line ?? String(key.prefix(6)))"
      }
    }
  }

  private static func lines(_ text: [UInt8]) -> [String] {
    text.split(separator: 0x0A).prefix(100).map { line in
      let words = String(decoding: line.prefix(200), as: UTF8.self).split(separator: " ")
      return words.joined(separator: " ")
    }
  }
}
