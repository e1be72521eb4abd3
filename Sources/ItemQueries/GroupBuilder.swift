internal import TriageModel

/// Groups of items in the making, in the order in which their first items come.
struct GroupBuilder<Item> {
  /// A group and its items so far.
  struct Group {
    let key: String
    let title: String
    var items: [Item] = []
  }

  private(set) var groups: [Group] = []
  private var indices: [String: Int] = [:]

  /// The place of the group of a key; a new one at the end.
  mutating func place(of key: String, title: String) -> Int {
    // What has no key is told apart by its title.
    let key = key.isEmpty ? " " + title : key
    if let place = indices[key] { return place }
    indices[key] = groups.count
    groups.append(Group(key: key, title: title))
    return groups.count - 1
  }

  mutating func add(_ item: Item, at place: Int) { groups[place].items.append(item) }

  mutating func add(_ item: Item, key: String, title: String) { add(item, at: place(of: key, title: title)) }
}

extension Sequence {
  /// The elements sorted by a key that is worked out once each; those that are alike stay in their order.
  package func ranked<Key: Comparable>(by key: (Element) -> Key) -> [Element] {
    // A million of them are sorted as the person types: what moves is kept small.
    let keyed = enumerated().map { (key: key($0.element), place: UInt32($0.offset), element: $0.element) }
    return keyed.sorted { ($0.key, $0.place) < ($1.key, $1.place) }.map(\.element)
  }
}

extension GroupBuilder<TestIndex> {
  mutating func place(of name: TestFacts.CauseName) -> Int { place(of: name.key, title: name.title) }

  /// The groups, what needs a person first: by the worst verdict of their tests, then what broke last, then most
  /// failures.
  func worstFirst(_ facts: TestFacts, isFailing: (TestIndex) -> Bool) -> [Group] {
    let ranked = groups.enumerated().map { place, group in
      (
        rank: Self.worst(group.items, facts)?.urgency ?? Int.max,
        age: -(group.items.prefix(Self.asked).compactMap(facts.brokeAt).map(\.milliseconds).max() ?? 0),
        size: -group.items.count(where: isFailing),
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
    tests.lazy.compactMap(facts.verdict).min { $0.urgency < $1.urgency }
  }
}
