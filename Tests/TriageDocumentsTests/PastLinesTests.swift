import TerminalKit
import Testing
import TriageModel

@testable import TriageDocuments
import TriageServices
import TriageStyle

@Suite struct PastLinesTests {
  private static let day = Int64(86_400_000)

  /// Entries of outcomes written oldest first (`.` passed, `F` failed, `r` retried), newest first as the history has them.
  private func past(_ outcomes: String, signatures: [UInt64] = [], seconds: Double? = 1) -> TestPast {
    let letters = Array(outcomes)
    let entries = letters.indices.map { place in
      let outcome: Outcome = ["F": .failed, "r": .passedOnRetry][letters[place]] ?? .passed
      var run = RunRecord(
        key: RunKey(token: Int64(place + 1)), identity: RunIdentity(source: "ci", id: "\(4101 + place)"))
      run.commit = "abcdef0123\(place)"
      run.startedAt = Timestamp(milliseconds: 1_762_000_000_000 + Int64(place) * Self.day)
      let key = signatures.indices.contains(place) ? signatures[place] : 7
      let result = ResultRecord(
        run: run.key, outcome: outcome, attempts: outcome == .passedOnRetry ? [.failed, .passed] : [outcome],
        duration: seconds.map { $0 * Double(place + 1) }, signature: outcome.isFailing ? SignatureKey(key) : nil)
      return TestPast.Entry(run: run, results: [result])
    }
    return TestPast(entries: entries.reversed(), titles: [SignatureKey(8): "shapes\u{1B}[2J differ"])
  }

  private func rows(_ past: TestPast, _ standing: TestStanding? = nil, current: Int = 0) -> [PastLines.Row] {
    let lines = PastLines(
      past: past, standing: standing, current: past.entries[current].run.identity, window: .days(90))
    return lines.rows
  }

  private func broken(_ past: TestPast, at number: Int64, _ label: Verdict.Label = .broken) -> TestStanding {
    let run = past.entries.first { $0.run.key.token == number }?.run
    let before = past.entries.first { $0.run.key.token == number - 1 }?.run
    return TestStanding(verdict: Verdict(label, why: []), since: run, lastPass: before)
  }

  @Test func everyResultIsALineThatLeadsToItsRun() {
    let rows = rows(past("..r"))
    let results = rows.filter { $0.run != nil }
    #expect(results.map { $0.run?.id } == ["4103", "4102", "4101"])
    #expect(results[0].line.text.contains("↻ r F.") && results[0].line.text.contains("4103  abcdef0"))
    #expect(rows[0].line.text.hasPrefix("failed 0 of 3 runs · 2 passed · 1 passed on retry"))
  }

  @Test func aLineStandsWhereItBroke() throws {
    let past = past("..FF")
    let texts = rows(past, broken(past, at: 3)).map(\.line.text)
    let place = try #require(texts.firstIndex(of: "── broke here ──"))
    #expect(texts[place - 1].contains("4103") && texts[place + 1].contains("4102"))
    // A new failure is not yet a breakage.
    #expect(!rows(past, broken(past, at: 3, .new)).map(\.line.text).contains("── broke here ──"))
  }

  @Test func saysWhereTheFailureItselfChanged() throws {
    let texts = rows(past("FF.FF", signatures: [7, 7, 0, 7, 8])).map(\.line.text)
    let changes = texts.indices.filter { texts[$0].contains("another failure") }
    #expect(changes.count == 1)
    let place = try #require(changes.first)
    #expect(texts[place - 1].contains("4105"))
    #expect(texts[place] == "      ◆ another failure, number 2: shapes␛[2J differ")
    // Those that come back are told by their number alone.
    let turns = rows(past("FFFF", signatures: [7, 8, 7, 8])).filter { $0.run != nil }.map(\.line.text)
    #expect(turns.count { $0.contains("another failure") } == 1)
    #expect(turns[0].contains("✗ F 2 ") && turns[1].contains("✗ F 1 "))
  }

  @Test func marksTheRunThatIsLookedAt() {
    let marked = rows(past("..."), current: 1).filter { $0.line.text.hasPrefix("▸") }
    #expect(marked.map { $0.run?.id } == ["4102"])
  }

  @Test func aThousandRunsAndMoreAreCapped() {
    let rows = rows(past(String(repeating: "F", count: 1200)))
    #expect(rows.count { $0.run != nil } == PastLines.mostResults)
    #expect(rows.last?.line.text == "… 200 older results not shown here")
  }

  @Test func severalLegsStandBesideTheirRun() {
    var past = past("F")
    var other = past.entries[0].results[0]
    (other.leg, past.entries[0].results[0].leg, other.outcome) = ("py3.12", "py3.11", .passed)
    past.entries[0].results.append(other)
    let rows = rows(past)
    #expect(rows[0].line.text.hasPrefix("failed 1 of 1 run "))
    let results = rows.filter { $0.run != nil }.map(\.line.text)
    #expect(results.count == 2 && results[0].contains("[py3.11]") && results[1].contains("[py3.12]"))
  }
}
