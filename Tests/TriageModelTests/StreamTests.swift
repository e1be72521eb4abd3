import Testing
import TriageModel

struct StreamTests {
  @Test func aLegIsTheSameWhoeverNamesIt() {
    let names = [["py3.12"], ["3.12"], ["python3.12"], ["Py312"], ["3.12", "py3.12"]]
    #expect(Set(names.map { Stream.parts(of: $0) }) == [["3.12"]])
    #expect(Stream.parts(of: ["unit (ubuntu-latest, 3.11)"]) == Stream.parts(of: ["ubuntu-latest", "py3.11", "unit"]))
    #expect(Stream.parts(of: ["py3.11"]) != Stream.parts(of: ["py3.12"]))
    #expect(Stream.parts(of: ["pytest"]) == ["pytest"])
  }

  @Test(arguments: [
    ("main", BranchKind.base), ("refs/heads/main", .base), ("HEAD", .base), ("release/2.1", .long), ("v1.2.x", .long),
    ("develop", .long), ("PR-12", .side), ("refs/pull/12/merge", .side), ("gh-readonly-queue/main/pr-1-abc", .side),
    ("refs/merge-requests/4/head", .side), ("feature/rewrite", .side),
  ])
  func branchesAreToldApartByTheirNames(branch: String, kind: BranchKind) {
    #expect(BranchKind(branch, base: "main") == kind)
  }

  @Test func theBaseIsAUsualNameElseTheBranchOfMostRuns() {
    #expect(BranchKind.base(of: ["PR-1", "PR-1", "PR-1", "main", "x", "x"]) == "main")
    #expect(BranchKind.base(of: ["x", "y", "y", "PR-3", "PR-3", "PR-3", nil]) == "y")
    #expect(BranchKind.base(of: [nil, "PR-3"]) == nil)
  }

  @Test func aLegIsShownByWhatTellsItFromOthers() {
    let leg = LegName(["job": "py3.12", "python": "3.12", "team": "ml", "shard": "2"])
    #expect(LegName(text: leg.text) == leg)
    #expect(leg.shown(besides: ["team": "ml"]) == "py3.12")
    #expect(leg.shown(besides: leg.labels) == "")
    #expect(LegName(text: LegName.numbered(leg.text, 2)).shown(besides: leg.labels) == "#2")
    #expect(LegName(["team": "ml"]).isVaguer(than: leg) && !leg.isVaguer(than: leg))
    #expect(!LegName(["team": "ops"]).isVaguer(than: leg))
    #expect(!LegName(text: "").isVaguer(than: LegName(text: "#2")))
  }

  @Test(arguments: [(0.1045, "10 %"), (0.1055, "11 %"), (0.0749, "7.5 %"), (0.0996, "10 %"), (0.9999, "100 %")])
  func sharesAreRoundedOnce(share: Double, text: String) {
    #expect(ShareText.of(share) == text)
  }
}
