import FailureAnalysis
import TestSupport
import Testing
import TriageModel

struct CauseGrouperTests {
  private func signature(_ message: String, type: String = "") -> CountedSignature {
    var maker = SignatureMaker()
    let parts = [type, message].map { Array($0.utf8) }
    let made = parts[0].withUnsafeBytes { type in
      parts[1].withUnsafeBytes { maker.signature(type: type, message: $0, details: .init(start: nil, count: 0)) }
    }
    return CountedSignature(made, count: 1)
  }

  private let tail = " while the feature store was asked for the customer's rows and did not answer in time"
  /// So much text that what follows may differ a little.
  private let head = String(repeating: "the rows of the report that were expected and are not there: ", count: 40)

  @Test func closeTextsAreOneCauseAndNothingIsLost() {
    let near = ["alpha", "alphb", "alphc"].map {
      signature(head + "ConnectionError: lookup of table \($0) failed" + tail)
    }
    let grouping = CauseGrouper().group(near + [signature("the image has another size than its golden in both axes")])
    #expect(grouping.causes.map(\.count) == [3, 1])
    #expect(grouping.uncompared == 0)
    #expect(grouping.causes[0].spans.contains { !$0.isCommon })
  }

  @Test func textsThatDifferInOneWordOfTheirHeadAreNeverMerged() {
    let near = ["alpha", "alphb"].map { signature("ConnectionError: lookup of table \($0) failed" + tail) }
    #expect(CauseGrouper().group(near).causes.count == 2)
  }

  @Test func exceptionsAndCodesAreNeverMergedAcross() {
    let one = signature("ValueError: lookup failed with status 503" + tail)
    let other = signature("KeyError: lookup failed with status 503" + tail)
    let code = signature("ValueError: lookup failed with status 504" + tail)
    #expect(CauseGrouper().group([one, other, code]).causes.count == 3)
  }

  @Test func theOrderOfArrivalChangesNothing() {
    var random = Seeded(state: 5)
    var all = (0..<40).map { index in
      signature(
        head
          + "OSError: reading shard \(["one", "two", "six", "ten"][index % 4])\(Character(Unicode.Scalar(UInt8(97 + index % 26)))) broke"
          + tail)
    }
    let expected = CauseGrouper().group(all)
    for _ in 0..<10 {
      all.shuffle(using: &random)
      #expect(CauseGrouper().group(all) == expected)
    }
  }

  @Test func aCauseKeepsItsIDWhenASmallerKeyJoins() throws {
    let all = ["alpha", "alphb", "alphc"].map {
      signature(head + "ConnectionError: lookup of table \($0) failed" + tail)
    }
    .sorted { $0.signature.key < $1.signature.key }
    let first = try #require(CauseGrouper().group(Array(all[1...])).causes.first)
    let known = Dictionary(uniqueKeysWithValues: first.keys.map { ($0, first.id) })
    #expect(CauseGrouper(known: known).group(all).causes.map(\.id) == [first.id])
  }

  @Test func peoplesRulesWin() {
    let near = ["alpha", "alphb"].map { signature(head + "ConnectionError: lookup of table \($0) failed" + tail) }
    let far = signature("the image has another size than its golden in both axes")
    var rules = CauseRules()
    rules.splits = [near[0].signature.key]
    rules.merges = [.init(title: "the store", keys: [near[1].signature.key, far.signature.key])]
    let causes = CauseGrouper(rules: rules).group(near + [far]).causes
    #expect(causes.map(\.title).contains("the store"))
    #expect(causes.map(\.count) == [2, 1])
    #expect(Set(causes.map(\.id)).count == 2)
  }

  @Test func workThatIsCutIsSaid() {
    var grouper = CauseGrouper()
    grouper.stepLimit = 0
    let near = ["alpha", "alphb"].map { signature(head + "ConnectionError: lookup of table \($0) failed" + tail) }
    let grouping = grouper.group(near)
    #expect(grouping.causes.count == 2)
    #expect(grouping.uncompared == 1)
  }
}
