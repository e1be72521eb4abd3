internal import TriageModel

/// Groups of tests in the making, in the order in which their first tests come.
struct GroupBuilder {
  /// A group and its tests so far.
  struct Group {
    var name: TestFacts.CauseName
    var tests: [TestIndex] = []
  }

  private(set) var groups: [Group] = []
  private var places: [String: Int] = [:]

  /// The place of the group of a name; a new one at the end.
  mutating func place(of name: TestFacts.CauseName) -> Int {
    // What has no key is told apart by its title.
    let key = name.key.isEmpty ? " " + name.title : name.key
    if let place = places[key] { return place }
    places[key] = groups.count
    groups.append(Group(name: TestFacts.CauseName(key: key, title: name.title)))
    return groups.count - 1
  }

  mutating func add(_ test: TestIndex, at place: Int) { groups[place].tests.append(test) }

  /// The groups, what needs a person first: by the worst verdict of their tests, then what broke last, then most
  /// failures.
  func worstFirst(_ facts: TestFacts, isFailing: (TestIndex) -> Bool) -> [Group] {
    let ranked = groups.enumerated().map { place, group in
      (
        rank: Self.worst(group.tests, facts)?.urgency ?? Int.max,
        age: -(group.tests.prefix(Self.asked).compactMap(facts.brokeAt).map(\.milliseconds).max() ?? 0),
        size: -group.tests.count(where: isFailing),
        place: place
      )
    }
    return ranked.sorted { ($0.rank, $0.age, $0.size, $0.place) < ($1.rank, $1.age, $1.size, $1.place) }
      .map { groups[$0.place] }
  }

  /// Tests of a group that are asked when they broke.
  private static let asked = 200

  /// The verdict of a group: the one of its tests' that needs a person most.
  static func worst(_ tests: [TestIndex], _ facts: TestFacts) -> Verdict.Label? {
    tests.compactMap(facts.verdict).min { $0.urgency < $1.urgency }
  }
}
