import ReportFormats
import TestSupport
import Testing
import TriageModel

/// What is asked of findings beyond the goldens of their fixtures.
@Suite struct SARIFTests {
  private static func report(_ results: String, run: String = "") -> ReadReport {
    let text = #"{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"t"}}\#(run),"results":[\#(results)]}]}"#
    return ReadReport.read(Array(text.utf8), as: SARIF.self, files: ["src/a.py"])
  }

  private static func finding(line: Int, message: String, uri: String = "src/a.py", more: String = "") -> String {
    """
    {"ruleId":"R1","message":{"text":"\(message)"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"\(uri)"},\
    "region":{"startLine":\(line)}}}]\(more)}
    """
  }

  @Test func aFindingStaysItselfWhenLinesAndNumbersMove() {
    let before = Self.report(Self.finding(line: 10, message: "line too long (80 > 79)"))
    let after = Self.report(Self.finding(line: 24, message: "line too long (120 > 79)"))
    #expect(before.lines == after.lines)
    #expect(before.lines == ["finding:t R1::src/a.py: line too long (# > #) failed"])
  }

  @Test func aFingerprintOutlivesTheWordsOfAMessage() {
    let mark = #","partialFingerprints":{"primaryLocationLineHash/v1":"abc:1","other":"9"}"#
    let before = Self.report(Self.finding(line: 1, message: "bad", more: mark))
    let after = Self.report(Self.finding(line: 2, message: "worse", more: mark))
    #expect(before.lines == after.lines)
    // Where a tool keeps its mark to itself it writes the same sentence for every finding.
    let none = #","fingerprints":{"matchBasedId/v1":"requires login"}"#
    #expect(Self.report(Self.finding(line: 1, message: "bad", more: none)).lines[0].contains("src/a.py: bad"))
  }

  @Test(arguments: [
    "file:///home/ci/work/src/a.py", "file:///C:/work/src/a.py", "/builds/7/src/a.py", "./src/a.py", "src/a%2Epy",
  ])
  func aPathOfAMachineIsThatOfTheRepository(_ uri: String) throws {
    let read = Self.report(Self.finding(line: 3, message: "bad", uri: uri))
    #expect(read.table.definition(of: TestIndex(0)) == SourceLocation(file: "src/a.py", line: 3))
  }

  @Test(arguments: [
    ("[]", Outcome.failed), ("[{}]", .expectedFailure), (#"[{"status":"accepted"}]"#, .expectedFailure),
    (#"[{"status":"rejected"}]"#, .failed), (#"[{"status":"underReview"}]"#, .failed),
    (#"[{"status":"underReview"},{"status":"rejected"}]"#, .failed), (#"[{"status":"odd"}]"#, .failed),
    (#"[{"status":"rejected"},{"status":"accepted"}]"#, .expectedFailure), ("null", .failed), ("[7]", .failed),
  ])
  func onlyWhatWasAcceptedSuppresses(_ suppressions: String, _ outcome: Outcome) {
    let read = Self.report(Self.finding(line: 1, message: "bad", more: ",\"suppressions\":\(suppressions)"))
    #expect(read.table.outcome(of: TestIndex(0)) == outcome)
  }

  @Test(arguments: [
    (#""tool":{"driver":{"name":"t"}},"results":null"#, "its results are null: the tool did not get to look"),
    (
      #""results":[],"invocations":[{"executionSuccessful":false,"exitCode":2}]"#,
      "the tool says that it failed: exit status 2"
    ),
    (#""invocations":[{"executionSuccessful":true}]"#, "it holds no list of results"),
    (#""results":[7,null]"#, "a result is no object"),
    (#""results":[],"externalPropertyFileReferences":{"rules":[{"location":{"uri":"r.json"}}]}"#, "not read: r.json"),
  ])
  func aRunThatDidNotLookIsNotWhole(_ run: String, _ words: String) {
    let read = ReadReport.read(Array(#"{"version":"2.1.0","runs":[{\#(run)}]}"#.utf8), as: SARIF.self)
    #expect(read.result.damages.contains { $0.cause.contains(words) }, "\(read.result.damages)")
    #expect(read.table.count == 0)
  }

  @Test(arguments: [#"{"version":"1.0.0","runs":[]}"#, #"{"version":"2.1.0","runs":[]}"#, #"{"version":"2.1.0"}"#])
  func aFileWithoutARunIsNotWhole(_ text: String) {
    #expect(!ReadReport.read(Array(text.utf8), as: SARIF.self).result.damages.isEmpty)
  }

  @Test func basesInCirclesEnd() {
    let bases = #","originalUriBaseIds":{"A":{"uri":"x/","uriBaseId":"B"},"B":{"uri":"y/","uriBaseId":"A"}}"#
    let read = Self.report(
      #"{"message":{"text":"m"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"a","uriBaseId":"A"}}}]}"#,
      run: bases)
    #expect(read.table.count == 1)
  }

  @Test func manyRunsAreReadWithTheRulesBehindTheirResults() {
    let runs = (0..<200).map { run in
      let results = (0..<20).map { #"{"ruleId":"R\#($0)","ruleIndex":\#($0),"message":{"text":"m"}}"# }
      let rules = (0..<20).map {
        #"{"id":"R\#($0)","defaultConfiguration":{"level":"\#($0 == 3 ? "note" : "error")"}}"#
      }
      return #"{"results":[\#(results.joined(separator: ","))],"tool":{"driver":{"name":"t\#(run)","rules":"#
        + "[\(rules.joined(separator: ","))]}}}"
    }
    let text = #"{"runs":[\#(runs.joined(separator: ","))],"version":"2.1.0"}"#
    let read = ReadReport.read(Array(text.utf8), as: SARIF.self)
    #expect(read.result.damages.isEmpty)
    #expect(read.table.count == 4000)
    #expect(read.table.itemCounts["finding"].failing == 3800)
  }

  // MARK: - What is given by its number, and what a tool would change

  private static func details(_ read: ReadReport, _ test: Int = 0) -> String {
    read.table.attempts(of: TestIndex(test)).last?.failures.first?.details ?? ""
  }

  @Test(arguments: [
    (#"{"index":0}"#, "1. src/a.py:9  the name is read"),
    (#"{"index":1}"#, "1. (the report does not hold place of a code flow 1: its run has 1)"),
    (#"{"index":-7}"#, "1. (the report does not hold place of a code flow -7: its run has 1)"),
    (#"{"index":1e999}"#, "1. (the report does not hold place of a code flow of a number that is none: its run has 1)"),
    (#"{"index":-1}"#, "1. (no place)"), ("7", "1. (no place)"), (#"{"index":"0"}"#, "1. (no place)"),
    (
      #"{"index":5,"location":{"message":{"text":"told here"}}}"#, "1. told here"
    ),
    (
      #"{"location":{"physicalLocation":{"artifactLocation":{"index":4}},"logicalLocations":[{"index":1}]}}"#,
      "1. (the report does not hold file 4: its run has 0, the report does not hold name 1: its run has 1)"
    ),
    (#"{"location":{"logicalLocations":[{"index":0,"name":"f"}]}}"#, "1. a.f"),
  ])
  func aStepOfAFlowIsFoundByItsNumberOrSaidToBeMissing(_ step: String, _ words: String) {
    let lists = #"""
      ,"threadFlowLocations":[{"location":{"physicalLocation":{"artifactLocation":{"uri":"src/a.py"},\#
      "region":{"startLine":9}},"message":{"text":"the name is read"}}}],\#
      "logicalLocations":[{"name":"f","fullyQualifiedName":"a.f"}]
      """#
    let flow = #","codeFlows":[{"threadFlows":[{"locations":[\#(step)]}]}]"#
    let read = Self.report(Self.finding(line: 1, message: "bad", more: flow), run: lists)
    #expect(Self.details(read) == "flow:\n" + words)
  }

  private static func fix(_ region: String, _ text: String, context: String = "") -> String {
    let finding = #"""
      {"ruleId":"R1","message":{"text":"bad"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"src/a.py"},\#
      "region":{"startLine":2}\#(context)}}],"fixes":[{"artifactChanges":[{"artifactLocation":{"uri":"src/a.py"},\#
      "replacements":[{"deletedRegion":\#(region),"insertedContent":{"text":"\#(text)"}}]}]}]}
      """#
    return details(report(finding)).split(separator: "\n", omittingEmptySubsequences: false).drop {
      $0 != "+++ b/src/a.py"
    }
    .dropFirst().joined(separator: "\n")
  }

  private static func context(_ text: String) -> String {
    #","contextRegion":{"startLine":1,"snippet":{"text":"\#(text)"}}"#
  }

  @Test func aFixOnLinesThatTheReportHoldsIsAUnifiedDiff() {
    let context = Self.context(#"a\nbcd\ne\n"#)
    let region = #"{"startLine":2,"startColumn":2,"endColumn":3}"#
    #expect(Self.fix(region, "X", context: context) == "@@ -1,3 +1,3 @@\n a\n-bcd\n+bXd\n e")
    // The same with the line ends of other systems.
    #expect(
      Self.fix(region, "X", context: Self.context(#"a\r\nbcd\r\ne\r\n"#)) == "@@ -1,3 +1,3 @@\n a\n-bcd\n+bXd\n e")
    // A whole line goes with its end.
    let line = #"{"startLine":2,"startColumn":1,"endLine":3,"endColumn":1}"#
    #expect(Self.fix(line, "", context: context) == "@@ -1,3 +1,2 @@\n a\n-bcd\n e")
    #expect(Self.fix(#"{"startLine":2}"#, #"x\ny"#, context: context) == "@@ -1,3 +1,4 @@\n a\n-bcd\n+x\n+y\n e")
  }

  @Test(arguments: [
    // Columns beyond ASCII are counted in units that tools disagree on.
    (#"{"startLine":2,"startColumn":3,"endColumn":4}"#, "a\\nb\u{E9}d\\n", "@@ 2:3 to 2:4 @@"),
    (#"{"startLine":2,"startColumn":3,"endColumn":99}"#, #"a\nbcd\n"#, "@@ 2:3 to 2:99 @@"),
    (#"{"startLine":7}"#, #"a\nbcd\n"#, "@@ line 7 @@"),
    (#"{"startLine":2,"endLine":1}"#, #"a\nbcd\n"#, "@@ lines 2 to 1 @@"),
    (#"{"startLine":9223372036854775807,"endLine":9223372036854775807}"#, "a", "@@ (the report does not say where) @@"),
    (#"{"startLine":1e999}"#, "a", "@@ (the report does not say where) @@"),
    (#"{"byteOffset":3,"byteLength":2}"#, #"a\nbcd\n"#, "@@ 2 bytes at 3 @@"),
    ("{}", "a", "@@ (the report does not say where) @@"),
  ])
  func aFixThatCannotBePlacedForSureSaysWhereItIs(_ region: String, _ text: String, _ header: String) {
    let shown = Self.fix(region, "X", context: Self.context(text))
    #expect(shown == header + "\n-(what stands there; the report does not hold it)\n+X")
  }

  @Test func aContextThatLiesAboutItsLinesIsNotUsed() {
    for region in [
      #"{"startLine":1,"endLine":3,"snippet":{"text":"a\nbcd\n"}}"#,
      #"{"startLine":1,"startColumn":2,"snippet":{"text":"a\nbcd\n"}}"#,
      #"{"startLine":1,"endLine":2,"endColumn":2,"snippet":{"text":"a\nbcd\n"}}"#,
      #"{"startLine":-9223372036854775808,"endLine":9223372036854775807,"snippet":{"text":"a\nbcd\n"}}"#,
    ] {
      let shown = Self.fix(#"{"startLine":2}"#, "X", context: ",\"contextRegion\":" + region)
      #expect(shown.hasPrefix("@@ line 2 @@"), "\(region)")
    }
  }

  @Test func manyChangesAreCutAndCounted() {
    let replacement =
      #"{"deletedRegion":{"startLine":1},"insertedContent":{"text":"\#(String(repeating: #"x\n"#, count: 300))"}}"#
    let all = Array(repeating: replacement, count: 150).joined(separator: ",")
    let change = #"{"artifactLocation":{"uri":"src/a.py"},"replacements":[\#(all)]}"#
    let changes = Array(repeating: change, count: 90).joined(separator: ",")
    let read = Self.report(
      Self.finding(line: 1, message: "bad", more: #","fixes":[{"artifactChanges":[\#(changes)]}]"#))
    let details = Self.details(read)
    #expect(details.contains("… and 102 more lines"))
    #expect(details.contains("… and 50 more replacements"))
    #expect(details.hasSuffix("… and more changes, beyond 262144 bytes of them"))
    #expect(details.utf8.count < 1 << 19)
  }

  @Test func aMillionPlacesOfFlowsAreKeptUpToALimit() {
    let places = Array(repeating: "{}", count: 200_001).joined(separator: ",")
    let read = Self.report("", run: #","threadFlowLocations":[\#(places)]"#)
    #expect(
      read.result.warnings.contains { $0.contains("of its 200001 places of code flows the first 200000 are kept") })
  }

  /// Python counted: results that are not absent from a baseline, and of those what is of level error or warning, of kind
  /// fail, open or review, and neither suppressed nor known.
  @Test(.enabled(if: Corpus.exists, "\(Corpus.absence)"))
  func agreesWithAnIndependentCount() throws {
    let counts: KeyValuePairs = [
      "1-Introduction/simple-example": "1 1",
      "3-Beyond-basics/automation-details": "0 0",
      "3-Beyond-basics/bad-eval-related-locations": "1 1",
      "3-Beyond-basics/bad-eval-with-code-flow": "1 1",
      "3-Beyond-basics/bad-eval": "1 1",
      "3-Beyond-basics/link-to-location": "1 1",
      "3-Beyond-basics/message-from-metadata": "1 1",
      "3-Beyond-basics/message-with-arguments": "1 1",
      "3-Beyond-basics/standard-taxonomy": "1 1",
      "Baseline": "3 1",
      "CodeFlows": "1 1",
      "ContextRegion": "1 1",
      "DefaultRuleConfiguration": "2 2",
      "EmbeddedBinaryContent": "1 1",
      "EmbeddedTextContent": "2 2",
      "ExceptionalConditions/Catastrophic configuration error": "0 0",
      "ExceptionalConditions/Catastrophic execution error": "0 0",
      "ExceptionalConditions/Empty runs": "0 0",
      "ExceptionalConditions/No runs": "0 0",
      "ExceptionalConditions/One run empty results": "0 0",
      "ExceptionalConditions/One run no results": "0 0",
      "ExceptionalConditions/One run with results": "1 1",
      "Notifications": "0 0",
      "OriginalUriBaseIds": "3 3",
      "RegionVariants": "18 18",
      "ResultStacks": "1 1",
      "RuleMetadata": "1 1",
      "Suppressions": "9 4",
      "Taxonomies": "2 2",
      "_template": "1 1",
    ]
    for (name, count) in counts {
      let path = Corpus.root + "/reports/microsoft+sarif-tutorials/samples/" + name + ".sarif"
      let read = try #require(ReadReport.file(path))
      #expect("\(read.table.count) \(read.table.itemCounts.failing)" == count, "\(name)")
      let isLost = name.contains("Catastrophic") || name.contains("No") || name.contains("Empty")
      #expect(read.result.damages.isEmpty != isLost, "\(name) \(read.result.damages)")
    }
  }
}
