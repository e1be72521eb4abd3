import TerminalKit
import Testing
import TriageModel

@testable import TriageDocuments
import TriageServices
import TriageStyle

@Suite struct DurationPlotTests {
  private func bars(_ durations: [Double?], _ outcome: Outcome = .passed) -> [DurationPlot.Bar] {
    durations.map { DurationPlot.Bar(duration: $0, outcome: outcome) }
  }

  @Test func theAxisSaysTheShortestAndTheLongest() throws {
    let plot = try #require(DurationPlot(bars([1, 2, 8, nil])))
    #expect(plot.lines.map(\.text) == ["   8.0 s ┤  █ ", "         │  █ ", "         │  █ ", "   1.0 s ┤▁▅█·"])
  }

  @Test func noiseIsNoMountain() throws {
    let plot = try #require(DurationPlot(bars([1.00, 1.01])))
    // Both bars are nearly whole: the axis begins at half.
    #expect(plot.lines[1].text.hasSuffix("██"))
  }

  @Test func aFailureKeepsItsColourAmongManyRuns() throws {
    var many = bars(Array(repeating: 1, count: 600))
    many[301] = DurationPlot.Bar(duration: 1, outcome: .failed)
    let plot = try #require(DurationPlot(many))
    #expect(plot.columns == DurationPlot.width && plot.runsAColumn == 10)
    #expect(plot.lines[3].spans.contains { $0.style.role == .fail && $0.text == "█" })
  }

  @Test func withoutDurationsThereIsNoPlot() {
    #expect(DurationPlot(bars([nil, nil])) == nil)
    #expect(DurationPlot([]) == nil)
  }
}
