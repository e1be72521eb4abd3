import Testing

@testable import Runbooks

@Suite struct MarkdownScriptTests {
  @Test func onlyShellScriptsAreBlocksThatRun() {
    let text = """
      ```sh
      a  "$X"

      \tb
      ```

      ```console
      $ no
      ```

      - item

        ```Bash title=x
        c
        ```

      ```python
      no
      ```

          indented

      ~~~shell
      d
      ~~~

      ```
      no
      ```
      """
    let scripts = MarkdownParser.parse(text).scripts
    #expect(scripts.map(\.shell) == ["sh", "bash", "sh"])
    #expect(scripts.map(\.text) == ["a  \"$X\"\n\n\tb", "c", "d"])
  }

  @Test func aPageWithCarriageReturnsHasTheSameScript() {
    let text = "```sh\na\n\nb \\\n  c\n```\n"
    #expect(
      MarkdownParser.parse(text.replacing("\n", with: "\r\n")).scripts.map(\.text)
        == MarkdownParser.parse(text).scripts.map(\.text))
  }
}
