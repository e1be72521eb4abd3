import Testing
import TriageModel

@testable import ItemQueries

struct GoldenFilterTests {
  private static func change(
    _ path: String, drift: Drift.Kind? = .real, state: GoldenState = .pending, relative: Double? = nil
  ) -> GoldenChange {
    var change = GoldenChange(
      location: GoldenLocation(path: path), convention: "insta", test: "tests/a.py::test_a", recovery: .exact,
      state: state
    )
    change.kind = path.hasSuffix("csv") ? "csv" : "text"
    change.drift = drift.map { Drift($0, "") }
    var summary = ChangeSummary(unit: "cells")
    summary.maxRelative = relative.map { ChangeSummary.Extreme(value: $0, location: "row 1") }
    change.summary = summary
    return change
  }

  private static func accepted(_ filter: String, _ changes: [GoldenChange]) throws -> [String] {
    let filter = try GoldenFilter(parsing: filter)
    return changes.filter(filter.accepts).map(\.location.path)
  }

  @Test func asksForDriftStateKindAndWords() throws {
    let changes = [
      Self.change("a.csv", drift: .noise), Self.change("b.csv", drift: .clipping, state: .stale),
      Self.change("c.txt", drift: .noise, state: .withinTolerance),
    ]
    #expect(try Self.accepted("drift:noise", changes) == ["a.csv", "c.txt"])
    #expect(try Self.accepted("drift:noise,clipping kind:csv", changes) == ["a.csv", "b.csv"])
    #expect(try Self.accepted("!state:within-tolerance", changes) == ["a.csv", "b.csv"])
    #expect(try Self.accepted("state:open", changes) == ["a.csv", "b.csv"])
    #expect(try Self.accepted("C.TXT", changes) == ["c.txt"])
    #expect(try Self.accepted("file:/^b/ test:test_a", changes) == ["b.csv"])
    #expect(throws: FilterError.self) { try GoldenFilter(parsing: "drift:nois") }
    #expect(throws: FilterError.self) { try GoldenFilter(parsing: "stat:open") }
    #expect(try Self.accepted("convention:insta kind:CSV,json", changes) == ["a.csv", "b.csv"])
    for unknown in ["kind:image", "convention:inst"] {
      let error = #expect(throws: FilterError.self) { try GoldenFilter(parsing: unknown) }
      let words = error.map { "\($0)" } ?? ""
      #expect(words.contains("png") || words.contains("insta"), "\(words)")
    }
  }

  @Test func putsTheWorstKindAndTheLargestChangeFirst() throws {
    let changes = [
      Self.change("a", drift: .noise, relative: 1e-16), Self.change("b", drift: .nanBorn),
      Self.change("c", drift: .noise, relative: 3e-16), Self.change("d", drift: nil),
      Self.change("e", drift: .real, state: .approved),
    ]
    let groups = GoldenArrangement(changes).groups
    #expect(groups.map(\.title) == [Drift.Kind.nanBorn.title, Drift.Kind.noise.title, "not compared"])
    #expect(groups.map { $0.indices.map { changes[$0].location.path } } == [["b"], ["c", "a"], ["d"]])
    #expect(GoldenArrangement(changes, by: GoldenQuery(filter: "state:approved")).count == 1)
  }
}
