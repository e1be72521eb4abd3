import Testing
import TriageModel
import Workspace

@Suite struct EditorTests {
  @Test(arguments: [
    ("vim", ["vim", "+42", "/r/a.py"]),
    ("/usr/bin/nvim -R", ["/usr/bin/nvim", "-R", "+42", "/r/a.py"]),
    ("emacsclient -t", ["emacsclient", "-t", "+42", "/r/a.py"]),
    ("code --wait", ["code", "--wait", "--goto", "/r/a.py:42"]),
    ("codium -g", ["codium", "-g", "/r/a.py:42"]),
    ("hx", ["hx", "/r/a.py:42"]),
    ("pycharm", ["pycharm", "--line", "42", "/r/a.py"]),
    ("'my editor' --at={line} \"{file}\"", ["my editor", "--at=42", "/r/a.py"]),
    ("code --goto {file}:{line}", ["code", "--goto", "/r/a.py:42"]),
    ("unheard-of", ["unheard-of", "/r/a.py"]),
    ("vim; rm -rf ~", ["vim;", "rm", "-rf", "~", "/r/a.py"]),
  ])
  func makesAnArgumentVector(setting: String, arguments: [String]) throws {
    let editor = try #require(Editor(setting))
    #expect(editor.arguments(file: "/r/a.py", line: 42) == arguments)
  }

  @Test func pathsAreNeverOptionsAndNeverFilledTwice() throws {
    let vim = try #require(Editor("vim"))
    #expect(vim.arguments(file: "-c:!id", line: nil) == ["vim", "./-c:!id"])
    #expect(vim.arguments(file: "+q", line: 3) == ["vim", "+3", "./+q"])
    let template = try #require(Editor("ed {file} {line}"))
    #expect(template.arguments(file: "/{line} x", line: 3) == ["ed", "/{line} x", "3"])
    #expect(template.arguments(file: "/a", line: nil) == ["ed", "/a", "1"])
  }

  @Test func placesStayInTheRepository() throws {
    let vim = try #require(Editor("vim"))
    func open(_ file: String) -> [String]? { vim.arguments(for: SourceLocation(file: file, line: 7), in: "/r") }
    #expect(open("tests/a.py") == ["vim", "+7", "/r/tests/a.py"])
    #expect(open("./a/../b.py") == ["vim", "+7", "/r/b.py"])
    #expect(open("../../etc/passwd") == nil)
    #expect(open("/usr/lib/a.py") == ["vim", "+7", "/usr/lib/a.py"])
  }

  @Test func choosesTheSettingThenTheEnvironment() throws {
    var settings = Settings()
    #expect(Editor.chosen(settings: settings, environment: [:])?.name == "vi")
    #expect(Editor.chosen(settings: settings, environment: ["EDITOR": "nano"])?.name == "nano")
    #expect(Editor.chosen(settings: settings, environment: ["EDITOR": "nano", "VISUAL": ""])?.name == "nano")
    #expect(Editor.chosen(settings: settings, environment: ["EDITOR": "nano", "VISUAL": "emacs -nw"])?.name == "emacs")
    settings.editor = "/opt/code"
    let editor = try #require(Editor.chosen(settings: settings, environment: ["VISUAL": "vim"]))
    #expect(editor.name == "code")
    #expect(!editor.needsTerminal)
  }

  @Test func anUnclosedQuoteIsNoEditor() {
    #expect(Editor("vim 'a") == nil)
    #expect(Editor("  ") == nil)
    #expect(Editor("''") == nil)
  }
}
