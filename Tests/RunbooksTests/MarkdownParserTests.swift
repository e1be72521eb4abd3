import Testing

@testable import Runbooks

@Suite struct MarkdownParserTests {
  /// Each block as a line: its kind, what it lies in, its text.
  private func outline(_ text: String) -> [String] {
    MarkdownParser.parse(text).blocks.map { block in
      let containers = block.containers.map { container in
        switch container {
        case .quote: ">"
        case .item(let mark, let isFirst): isFirst ? mark : "_"
        case .task(let isDone, let isFirst): isFirst ? (isDone ? "[x]" : "[ ]") : "_"
        }
      }
      let kind =
        switch block.kind {
        case .heading(let level): "h\(level)"
        case .paragraph: "p"
        case .code(let language): "code:\(language)"
        case .table(let table): "table \(table.rows.map { $0.map { $0.map(\.text).joined() }.joined(separator: ",") })"
        case .html: "html"
        case .rule: "rule"
        }
      return (containers + ["\(kind) \(block.text)"]).joined(separator: " ")
    }
  }

  @Test func readsWhatPagesAreMadeOf() {
    let text = """
      # A *page*

      Words with `code`,
      and more.\\
      Next.

      - [ ] first
      - [x] second

        below
      3. three
         > quoted
      4. four
      -

      | a | b |
      |---|--:|
      | 1 | `2` |

      ```sh -x
      git log

      ls
      ```
      ***
      <!-- hidden -->
      <b>shown</b>
      """
    #expect(
      outline(text) == [
        "h1 A page", "p Words with code, and more.\nNext.", "[ ] p first", "[x] p second", "_ p below", "3. p three",
        "_ > p quoted", "4. p four", "• p ", #"table ["a,b", "1,2"] "#, "code:sh git log\n\nls", "rule ",
        "p <b>shown</b>",
      ])
  }

  @Test func findsLinksWithTheirLines() {
    let document = MarkdownParser.parse(
      """
      See [the page](other.md) and https://a.example/x_y(z).

      ![graph](g.png) <http://b.example> [x]: `http://not.example`

      | a |
      |---|
      | http://c.example/ |
      """)
    #expect(
      document.links.map { "\($0.line) \($0.destination)" } == [
        "1 other.md", "1 https://a.example/x_y(z)", "3 g.png", "3 http://b.example", "5 http://c.example/",
      ])
    let spans = document.blocks[0].lines[0]
    #expect(spans.map(\.text) == ["See ", "the page", " and ", "https://a.example/x_y(z)", "."])
    #expect(spans.map(\.link) == [nil, 0, nil, 1, nil])
  }

  @Test func findsTasks() {
    let tasks = MarkdownParser.parse("1. [ ] Rerun *it*\n   - [X] twice\n\n[ ] no task\n").tasks
    #expect(tasks.map(\.text) == ["Rerun it", "twice"])
    #expect(tasks.map(\.isDone) == [false, true])
    #expect(tasks.map(\.line) == [1, 2])
  }

  /// Each would take cmark seconds to minutes, or a reader that recurses its stack.
  @Test(arguments: [
    String(repeating: "> ", count: 30_000) + "x", String(repeating: "- ", count: 30_000) + "x",
    String(repeating: "*a **a ", count: 10_000), String(repeating: "![[]()", count: 10_000),
    "|" + String(repeating: "a|", count: 6000) + "\n|" + String(repeating: "-|", count: 6000) + "\n"
      + String(repeating: "|\n", count: 3000),
    String(repeating: "x", count: 10 << 20), String(repeating: "http://", count: 18_000), "\u{0}\u{FFFE}\r\r\n\r", "",
  ])
  func survivesWhatIsMadeToHurtIt(text: String) {
    let document = MarkdownParser.parse(text)
    #expect(document.blocks.allSatisfy { $0.containers.count <= MarkdownLimits.depth })
    #expect(document.links.count <= text.utf8.count)
  }

  @Test func saysWhatItShowsInAnotherWay() {
    let wide = "|" + String(repeating: "a|", count: 200) + "\n|" + String(repeating: "-|", count: 200)
    #expect(MarkdownParser.parse(wide).remark?.contains("128 columns") == true)
    let large = String(repeating: "line\n", count: 40_000)
    let document = MarkdownParser.parse(large)
    #expect(document.remark?.contains("128 kB") == true && document.blocks[0].lines.count == 40_001)
    #expect(MarkdownParser.parse("| a |\n|---|\n| b |").remark == nil)
  }

  @Test func noPrefixOfAPageMakesItFail() {
    let text = Array("# a\n\n- [ ] b `c` [d](e \"f\") **g\n\n|h|i|\n|-|-|\n|j\n> ```sh\nk\n```\n1. ![l](m)<!--".utf8)
    for length in text.indices { _ = MarkdownParser.parse(String(decoding: text[..<length], as: UTF8.self)) }
  }
}
