import TerminalKit
import TestSupport
import Testing
import TriageModel
import Workspace

@testable import TriageDocuments
import TriageServices
import TriageStyle

@Suite struct HistoryDocumentTests {
  private let folder: TemporaryFolder
  private let service: HistoryService

  init() throws {
    folder = try TemporaryFolder()
    let environment = ["HOME": folder.path]
    service = try HistoryService(nil, directories: Directories(environment: environment), environment: environment)
  }

  private func run(_ number: Int, _ outcome: Outcome, message: String = "boom") -> Run {
    var fixture = RunFixture(id: "\(4100 + number)")
    fixture.info.startedAt = Timestamp(milliseconds: 1_762_000_000_000 + Int64(number) * 86_400_000)
    fixture.add("test_a", outcome, message: outcome.isFailing ? message : "")
    return fixture.run()
  }

  private func lines(_ run: Run, _ window: HistoryWindow = .all, history: HistoryService?) -> [String] {
    var sources = DocumentSources(ownFiles: OwnFiles { _ in false })
    sources.history = { history }
    sources.standing = { history?.standing(of: $0, in: run) }
    return DocumentBuilder.text(about: .history(TestIndex(0), window), of: run, at: 0, from: sources).lines.map(\.text)
  }

  @Test func tellsEveryRunOfTheWindow() throws {
    for number in 1...10 { try service.add(run(number, .passed)) }
    for number in 11...14 { try service.add(run(number, .failed)) }
    for number in 15...16 { try service.add(run(number, .failed, message: "the other shapes differ")) }
    let last = run(16, .failed, message: "the other shapes differ")
    let all = lines(last, history: service)
    #expect(all[0].hasPrefix("failed 6 of 16 runs · 10 passed"))
    #expect(all.contains("── broke here ──"))
    #expect(all.contains("      ◆ another failure, number 2: AssertionError: the other shapes differ"))
    #expect(lines(last, .days(3), history: service)[0].hasPrefix("failed 4 of 4 runs"))
  }

  @Test func saysWhatToDoWithoutAHistory() throws {
    #expect(lines(run(1, .failed), history: nil)[1].contains("assay ingest"))
    try service.add(run(2, .passed))
    var other = RunFixture(id: "9")
    other.add("test_unknown", .failed, message: "x")
    let unknown = lines(other.run(), .days(7), history: service)
    #expect(unknown[0].hasPrefix("The history knows no run of this test in 7 days"))
    #expect(unknown[1].contains("W looks further back"))
  }

  @Test func saysWhenTheRunItselfIsNotThere() throws {
    try service.add(run(1, .passed))
    #expect(lines(run(2, .failed), history: service).last?.contains("not in the history") == true)
  }
}
