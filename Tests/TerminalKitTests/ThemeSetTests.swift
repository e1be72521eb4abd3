import TerminalKit
import Testing

@Suite struct ThemeSetTests {
  @Test func readsEveryBuiltInTheme() throws {
    #expect(BuiltInThemes.set.names == BuiltInThemes.names)
    for name in BuiltInThemes.names {
      #expect(try BuiltInThemes.set.theme(name).name == name)
    }
  }

  @Test(arguments: [
    ("name: x\nroles:\n  fail: { fg: \"#12345\" }\n", "x.yaml:3: roles.fail.fg: expected a palette name"),
    ("name: x\nroles:\n  fial: { fg: red }\n", "x.yaml:3: roles.fial: unknown role"),
    ("name: x\nroles:\n  fail:\n    fg: red\n    colour: red\n", "x.yaml:5: roles.fail.colour: unknown key"),
    ("name: x\npalette:\n  a: [red, 1, 2, 3]\n", "x.yaml:3: palette.a: expected one to three colours"),
    ("name: x\nground: dim\n", "x.yaml:2: ground: expected any, dark or light"),
    ("name: x\nroles: [fail\n", "x.yaml:3: not YAML: "),
    ("ground: dark\n", "x.yaml:1: name: missing"),
    ("name: x\nroles:\n  fail: { attrs: [blink] }\n", "x.yaml:3: roles.fail.attrs: expected a list of bold"),
    ("name: x\ninherits: nowhere\n", "x.yaml: inherits: unknown theme nowhere"),
    ("name: x\nname: y\n", "x.yaml:1: name: expected each key once"),
    ("", "x.yaml:1: expected name, palette, roles"),
  ])
  func namesFileLineAndKeyOfAMistake(text: String, message: String) throws {
    var set = BuiltInThemes.set
    set.add(file: "x.yaml", text: text)
    let (theme, problem) = set.themeOrStandard("x")
    #expect(theme.name == "terminal")
    let description = try #require(problem).description
    #expect(description.hasPrefix(message), "\(description)")
  }

  @Test func aPersonsThemeChangesOnlyWhatItNames() throws {
    var set = BuiltInThemes.set
    set.add(file: "/home/p/themes/dark.yaml", text: "name: dark\ninherits: dark\nroles:\n  fail: { fg: \"#ff0000\" }\n")
    let theme = try set.theme("dark")
    #expect(theme.role(.fail, at: .truecolor).foreground == .rgb(red: 255, green: 0, blue: 0))
    #expect(theme.role(.pass, at: .truecolor) == (try BuiltInThemes.set.theme("dark")).role(.pass, at: .truecolor))
  }

  @Test func themesThatInheritInACircleAreRefused() {
    var set = BuiltInThemes.set
    set.add(file: "a.yaml", text: "name: a\ninherits: b\n")
    set.add(file: "b.yaml", text: "name: b\ninherits: a\n")
    #expect(throws: ThemeError.self) { try set.theme("a") }
  }
}
