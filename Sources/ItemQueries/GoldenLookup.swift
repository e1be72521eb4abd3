internal import SafeText
package import TriageModel

/// Finds the golden that a person means by what they typed.
package enum GoldenLookup: Sendable, Equatable {
  /// One golden.
  case found(GoldenLocation)
  /// Several fit; some of their ids, and how many there are.
  case several(ids: [String], count: Int)
  /// None fits; the ids that look most like it.
  case none(near: [String])

  /// Looks for a golden by its id; else by the end of one from a `/` or `::` on, with or without the entry; else by an
  /// entry's name alone.
  package init(_ wanted: String, among places: [GoldenLocation]) {
    let rules: [(GoldenLocation) -> Bool] = [
      { $0.description == wanted },
      { $0.description.hasSuffix("/" + wanted) },
      { $0.path == wanted || $0.path.hasSuffix("/" + wanted) },
      { $0.entry == wanted },
    ]
    for fits in rules {
      let found = places.filter(fits)
      if found.count == 1 {
        self = .found(found[0])
        return
      }
      if !found.isEmpty {
        self = .several(ids: found.prefix(10).map(\.description), count: found.count)
        return
      }
    }
    self = .none(near: Self.near(wanted, places.prefix(20_000)))
  }

  /// Names are compared with names, paths with paths.
  private static func near(_ wanted: String, _ places: some Sequence<GoldenLocation>) -> [String] {
    let isPath = wanted.contains("/")
    let ids = Dictionary(places.map { (isPath ? $0.description : $0.fileName, $0.description) }) { first, _ in first }
    return NearNames.nearest(to: wanted, among: ids.keys).compactMap { ids[$0] }
  }
}
