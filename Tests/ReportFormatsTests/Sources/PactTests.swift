import ReportFormats
import TestSupport
import Testing
import TriageModel

/// What is asked of contracts beyond the goldens of their fixtures.
@Suite struct PactTests {
  private static func read(_ text: String) -> ReadReport { ReadReport.read(Array(text.utf8), as: Pact.self) }

  @Test func aVerificationThatFailedNeverReadsWell() {
    let failed = Self.read(#"{"success":false,"providerApplicationVersion":"1","testResults":[]}"#)
    #expect(failed.table.itemCounts["contract"].failing == 1)
    let allWell = #"{"result":false,"errors":[],"interactionResults":[{"description":"d","result":"OK"}]}"#
    #expect(Self.read(allWell).lines == ["contract::d passed", "contract::(the whole pact) errored"])
    #expect(!Self.read(#"{"errors":[],"interactionResults":[]}"#).result.damages.isEmpty)
    #expect(!Self.read(#"{"success":null,"providerApplicationVersion":"1"}"#).result.damages.isEmpty)
    let lying = Self.read(
      #"{"success":true,"providerApplicationVersion":"1","testResults":[{"interactionId":"i","success":false}]}"#)
    #expect(lying.table.itemCounts["contract"].failing == 1)
    #expect(lying.result.warnings == ["it says that it succeeded, and interactions failed"])
  }

  @Test func anErrorBeforeTheInteractionsIsAnItem() {
    let read = Self.read(
      """
      {"result":false,"interactionResults":[{"description":"d","consumer":"c","provider":"p","result":"Error",\
      "mismatch":{"type":"error","message":"refused"}}],"pendingErrors":[],"errors":[\
      {"interaction":"Verifying a pact between c and p - d","mismatch":{"type":"error","message":"refused"}},\
      {"interaction":"Failed to load other.json","mismatch":{"type":"error","message":"no such file"}}]}
      """)
    #expect(read.lines == ["contract:c/p::d errored", "contract::Failed to load other.json errored"])
  }

  @Test func mismatchesAreToldInTheSameOrderWhateverTheirs() throws {
    let long = String(repeating: "x", count: 60)
    let one =
      #"{"type":"BodyMismatch","path":"$.a","expected":"[\"\#(long)\",{\"b\":2}]","actual":"3","mismatch":"odd"}"#
    let other = #"{"type":"StatusMismatch","expected":200,"actual":404,"mismatch":"expected 200 but was 404"}"#
    let accounts = [[one, other], [other, one]].map { mismatches in
      Self.read(
        """
        {"result":false,"errors":[],"interactionResults":[{"description":"d","result":"Error","mismatch":\
        {"type":"mismatches","mismatches":[\(mismatches.joined(separator: ","))]}}]}
        """)
    }
    #expect(accounts[0].account == accounts[1].account)
    let pair = try #require(accounts[0].table.pair(of: TestIndex(0)))
    #expect(pair.expected == "$.a: [\n  \"\(long)\",\n  {\n    \"b\": 2\n  }\n]\nstatus: 200")
    #expect(pair.observed == "$.a: 3\nstatus: 404")
  }

  @Test func whatIsToComeIsExpectedToFail() {
    let read = Self.read(
      """
      {"result":true,"errors":[],"interactionResults":[{"description":"d","pending":true,"result":"Error","mismatch":\
      {"type":"error","message":"refused"}}]}
      """)
    #expect(read.lines == ["contract::d expected_failure"])
    #expect(read.result.warnings.isEmpty && read.result.damages.isEmpty)
  }
}
