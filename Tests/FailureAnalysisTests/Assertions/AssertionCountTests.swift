import Testing

@testable import FailureAnalysis

@Suite struct AssertionCountTests {
  private func counts(_ text: String, _ language: CodeLanguage) -> [String: Int] {
    let functions = AssertionCount.functions(in: Array(text.utf8), language)
    return Dictionary(functions.map { ($0.name, $0.assertions) }) { first, _ in first }
  }

  private static let python = #"""
    # def test_comment(): assert False
    """def test_docstring(): assert False"""
    import pytest

    class TestIt:
        async def test_in_class(self):
            """assert nothing here"""
            assert self.value, "assert not this 'assert'"
            if self:
                assert 1 == 1; assert 2
            text = r"\" assert " + f"{'assert'}" + b'''
    assert in bytes
    '''
            self.assertEqual(
                1,
    1)
        def helper(self):
            assert True

    def helper():
        def test_nested_in_a_helper(): assert 1

    @pytest.mark.mpl_image_compare(baseline_dir="assert")
    def test_image():
        return draw()

    def test_words(data_regression, mock):
        asserted = assertive(1)
        obj.assert_called_once_with(1)
        with pytest.raises(ValueError): pass
        data_regression.check({"assert": 1})
        other.check(1)
        x = 'unfinished assert
        assert x \
          and assert_never
    def not_a_test(): assert 1
    def test_empty(): pass
    """#

  @Test func countsPythonByItsTokens() {
    #expect(
      counts(Self.python, .python) == [
        "test_in_class": 4, "test_nested_in_a_helper": 1, "test_image": 1, "test_words": 4, "test_empty": 0,
      ])
  }

  private static let swift = ##"""
    import Testing
    /* @Test func inComment() { /* nested */ #expect(true) } */
    let text = """
      @Test func inText() { #expect(true) }
      """
    @Suite struct ATests {
      @Test(arguments: ["{", "}"]) func counts(text: String) throws {
        #expect(text == "\(call("#expect(", { $0 }))" )
        try #require(text.contains(/"\/{/))
        let raw = #"\" #expect(false) \#(1) "}"#
        if text.isEmpty { Issue.record("#expect") }
        let half = 1 / 2 // #expect(
      }
      func testHelper() { #expect(true) }
      @Test func `with blanks`() { confirmation { } }
      @Test func empty() {}
    }
    """##

  @Test func countsSwiftByItsTokens() {
    #expect(counts(Self.swift, .swift) == ["counts": 3, "with": 1, "empty": 0])
  }

  @Test func countsXCTestByItsNames() {
    let text = """
      import XCTest
      final class T: XCTestCase {
        func testIt() throws { XCTAssertEqual(1, 1); XCTAssertTrue(try XCTUnwrap(x)); other.expectation }
        func testWith(parameter: Int) { XCTFail("") }
      }
      """
    #expect(counts(text, .swift) == ["testIt": 3])
  }

  /// Files that are cut anywhere, or hold any byte, are read to their end.
  @Test(arguments: [(python, CodeLanguage.python), (swift, .swift)])
  func readsEveryPrefixAndEveryMutation(text: String, language: CodeLanguage) {
    let bytes = Array(text.utf8)
    for end in bytes.indices { _ = AssertionCount.functions(in: Array(bytes[..<end]), language) }
    for place in bytes.indices {
      var changed = bytes
      for byte in "\"'\\({})`#/\n\0".utf8 {
        changed[place] = byte
        _ = AssertionCount.functions(in: changed, language)
      }
    }
  }

  @Test(arguments: ["(", "\"\\(", "/*", "[{", "#\"", "/", "def test", "@Test func a(){", "'''", "\\"])
  func manyOfOneThingCostNoMoreThanTheirLength(_ part: String) {
    let text = String(repeating: part, count: 100_000)
    for language in CodeLanguage.allCases { _ = AssertionCount.functions(in: Array(text.utf8), language) }
  }
}
