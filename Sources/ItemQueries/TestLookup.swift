internal import SafeText
package import TriageModel

/// Finds the test that a person means by what they typed.
package enum TestLookup: Sendable, Equatable {
  /// A test of a run: the places of both.
  package struct Place: Sendable, Equatable {
    /// The place of the run among the runs given.
    package let run: Int
    /// The test in the run's table.
    package let test: TestIndex
  }

  /// One identity; the places of it in all runs and legs, in the order of the runs.
  case found(id: String, places: [Place])
  /// Several identities fit; some of them, and how many there are.
  case several(ids: [String], count: Int)
  /// None fits; the names that look most like it.
  case none(near: [String])

  /// How many identities are named when several fit.
  private static let shownCount = 10
  /// How many identities are compared in search of near names: the work grows with each.
  private static let comparedCount = 20_000

  /// Looks for a test by its id; else by the end of one; else by a part of one, letter case ignored.
  package init(_ wanted: String, in runs: [Run]) {
    let parts = Self.places(of: wanted, in: runs)
    let whole = parts.filter { $0.id == wanted }
    let ends = whole.isEmpty ? parts.filter { $0.id.hasSuffix(wanted) } : whole
    let fitting = ends.isEmpty ? parts : ends
    var ids: [String] = []
    var seen: Set<String> = []
    for (id, _) in fitting where seen.insert(id).inserted { ids.append(id) }
    switch ids.count {
    case 0: self = .none(near: Self.near(wanted, in: runs))
    case 1: self = .found(id: ids[0], places: fitting.map(\.place))
    default: self = .several(ids: Array(ids.prefix(Self.shownCount)), count: ids.count)
    }
  }

  /// The tests whose id has the wanted text in it, letter case ignored.
  private static func places(of wanted: String, in runs: [Run]) -> [(id: String, place: Place)] {
    let search = ByteSearch(wanted)
    var places: [(id: String, place: Place)] = []
    for (number, run) in runs.enumerated() {
      for value in 0..<run.table.count {
        let test = TestIndex(value)
        var id = run.table.id(of: test)
        let isFitting = id.withUTF8 { search.matches(UnsafeRawBufferPointer($0)) }
        if isFitting { places.append((id, Place(run: number, test: test))) }
      }
    }
    return places
  }

  private static func near(_ wanted: String, in runs: [Run]) -> [String] {
    var names: Set<String> = []
    for run in runs {
      for value in 0..<run.table.count where names.count < comparedCount {
        names.insert(run.table.id(of: TestIndex(value)))
      }
    }
    // A person who types only the name of a function means the end of an id.
    let isName = !wanted.contains("::")
    guard isName else { return NearNames.nearest(to: wanted, among: names) }
    var idOfName: [String: String] = [:]
    for id in names.sorted() { idOfName[String(id.split(separator: "::").last ?? "")] = id }
    return NearNames.nearest(to: wanted, among: idOfName.keys).compactMap { idOfName[$0] }
  }
}
