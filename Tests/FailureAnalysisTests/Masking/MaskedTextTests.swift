import Testing

@testable import FailureAnalysis

@Suite struct MaskedTextTests {
  @Test func findsPlaceholdersAndNothingThatLooksLikeThem() {
    let text = Array("at <h1> of <shape2>, <n> < 3, <name>, <p1".utf8)
    let found = MaskedText.placeholders(in: text).map { String(decoding: text[$0], as: UTF8.self) }
    #expect(found == ["<h1>", "<shape2>", "<n>"])
  }
}
