import TerminalKit
import Testing

@Suite struct LineEditorTests {
  private func typed(_ keys: [Key], from text: String = "") -> LineEditor {
    var editor = LineEditor(text)
    for key in keys {
      let isTaken = editor.handle(key)
      #expect(isTaken)
    }
    return editor
  }

  private func keys(_ text: String) -> [Key] { text.map { .character($0) } }

  @Test func editsLikeAShellsLine() {
    #expect(typed(keys("ab") + [.left] + keys("x")).text == "axb")
    #expect(typed(keys("one two three") + [.control("w")]).text == "one two ")
    #expect(typed(keys("one two") + [.control("u")]).text == "")
    #expect(typed(keys("abc") + [.home, .delete, .end, .backspace]).text == "b")
    #expect(typed(keys("abc") + [.control("a"), .control("k")]).text == "")
    #expect(typed([.backspace, .left, .delete] + keys("é字")).text == "é字")
  }

  @Test func leavesKeysThatMeanNothingHereToOthers() {
    var editor = LineEditor("x")
    for key in [Key.enter, .escape, .tab, .up, .down, .function(3), .control("p")] {
      let isTaken = editor.handle(key)
      #expect(!isTaken)
    }
    #expect(editor.text == "x")
  }

  @Test func pastedLinesBecomeOneAndAreLimited() {
    var editor = LineEditor()
    editor.insert("a\nb\tc")
    #expect(editor.text == "a b c")
    editor.insert(String(repeating: "y", count: 10_000))
    #expect(editor.text.count == 4096)
  }

  @Test func showsTheCursorWhereTypingGoesHoweverLongTheText() throws {
    for text in ["", "abc", String(repeating: "字x", count: 60)] {
      var grid = Grid(size: Size(width: 30, height: 1))
      LineEditor(text).draw(label: " filter: ", in: grid.bounds, on: &grid)
      let cursor = try #require(grid.cursor)
      #expect((9..<30).contains(cursor.x))
    }
  }
}
