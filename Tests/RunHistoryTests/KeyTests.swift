@testable internal import RunHistory
internal import Testing
internal import TriageModel

/// Keys of failures that another store carried over to others.
struct KeyTests {
  private let temporary = TemporaryStore()
  /// The key of what failed in an `Example`, and those that it became.
  private let old = SignatureKey(UInt64.max - 7)
  private let new = SignatureKey(9)
  private let newest = SignatureKey(UInt64.max - 11)

  @Test(arguments: StoreKind.allCases) func whatLiesUnderAKeyThatWasCarriedOverAnswersUnderTheNewOne(
    _ kind: StoreKind
  ) throws {
    let store = try temporary.open(kind)
    for repository in ["repo", "other"] {
      try store.add(Example(id: "1", tests: [("a", .failed), ("b", .passed)]), repository: repository)
      try store.remember(causes: [old: SignatureKey(5)], in: repository)
    }
    let run = try #require(try store.runs(of: "repo").first)
    #expect(try store.failures(in: "repo", least: 1).of(run.key).map(\.signature) == [old])
    #expect(try store.rekeyed(in: "repo").isEmpty)
    try store.carry([old: new], in: "repo")
    #expect(try store.series(of: "a", in: "repo").results.map(\.signature) == [new])
    #expect(try store.spans(of: [old, new], in: "repo").keys.sorted() == [new])
    #expect(try store.text(of: new, in: "repo")?.title == "boom")
    #expect(try store.text(of: old, in: "repo") == nil)
    #expect(try store.causes(of: [old, new], in: "repo") == [new: SignatureKey(5)])
    #expect(
      try store.failures(in: "repo", least: 1).of(run.key).map(\.signature) == [new], "nothing is known from before")
    // What another repository keeps is its own.
    #expect(try store.series(of: "a", in: "other").results.map(\.signature) == [old])
    #expect(try store.rekeyed(in: "other").isEmpty)
    // Once more, and one more masking later: a key of two maskings ago leads to today's.
    try store.carry([old: new], in: "repo")
    try store.carry([new: newest, SignatureKey(3): SignatureKey(3)], in: "repo")
    let known = [old: newest, new: newest, SignatureKey(3): SignatureKey(3)]
    #expect(try store.rekeyed(in: "repo") == known)
    #expect(try store.rekeyed([old, SignatureKey(4)], in: "repo") == [old: newest])
    #expect(try store.series(of: "a", in: "repo").results.map(\.signature) == [newest])
  }
}
