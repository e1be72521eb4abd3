import TerminalKit
import Testing

@Suite struct ThemeLookTests {
  private func theme(_ roles: String) throws -> Theme {
    var set = ThemeSet(builtIn: [])
    set.add(file: "t.yaml", text: "name: t\nroles:\n" + roles)
    return try set.theme("t")
  }

  @Test func theSurfaceDecidesTheGroundAndItsInkTheText() throws {
    let theme = try theme(
      """
        fail: { fg: red, bg: 52 }
        selection: { bg: 237 }
        dialog: { bg: 235, ink: white }
        match: { bg: yellow, ink: black }
      """)
    func look(_ style: Style) -> Look { theme.look(style, at: .palette256) }
    #expect(look(Style(.fail)) == Look(foreground: .palette(1), background: .palette(52)))
    #expect(look(Style(.fail, on: .selection)) == Look(foreground: .palette(1), background: .palette(237)))
    #expect(look(Style(.fail, on: .dialog)) == Look(foreground: .palette(7), background: .palette(235)))
    #expect(look(Style(.match, on: .selection)) == Look(foreground: .palette(0), background: .palette(3)))
  }

  @Test func aReversedGroundStaysReadable() throws {
    let theme = try theme(
      """
        selection: { ink: default, attrs: [reverse] }
        text.dim: { attrs: [dim] }
        match.current: { attrs: [bold, reverse] }
        status: { attrs: [dim] }
      """)
    func attributes(_ style: Style) -> Style.Attributes { theme.look(style, at: .sixteen).attributes }
    #expect(attributes(Style(.dim, on: .selection)) == .reverse)
    #expect(attributes(Style(.matchCurrent, on: .selection)) == .bold)
    #expect(attributes(Style(.text, on: .status)) == [])
  }

  @Test func fewerColoursTakeWhatTheFileSaysForThem() throws {
    var set = ThemeSet(builtIn: [(file: "base.yaml", text: "name: base\nroles:\n  fail: { fg: red, attrs: [bold] }\n")])
    set.add(
      file: "t.yaml",
      text: """
        name: t
        inherits: base
        palette: { hot: ["#ff8a5c", 209], cold: ["#5fafff", 75, cyan] }
        roles:
          fail: { fg: hot }
          pass: { fg: cold }
          new: { fg: "#ff0000", c256: { fg: 9 }, c16: { attrs: [underline] }, mono: { attrs: [reverse] } }
        """)
    let theme = try set.theme("t")
    func role(_ role: Role, _ level: ColorLevel) -> Theme.RoleLook { theme.role(role, at: level) }
    #expect(role(.fail, .truecolor).foreground == .rgb(red: 0xFF, green: 0x8A, blue: 0x5C))
    #expect(role(.fail, .palette256).foreground == .palette(209))
    #expect(role(.fail, .sixteen).foreground == .palette(1))
    #expect(role(.fail, .mono).attributes == .bold)
    #expect(role(.pass, .sixteen).foreground == .palette(6))
    #expect(role(.new, .palette256).foreground == .palette(9))
    #expect(role(.new, .sixteen).foreground == nil)
    #expect(role(.new, .sixteen).attributes == .underline)
    #expect(role(.new, .mono).attributes == .reverse)
  }

  @Test func aColourFromAReportVanishesOnNoGround() throws {
    let theme = try theme("  background: { bg: \"#000000\" }\n  text: { fg: \"#ffffff\" }\n")
    var style = Style(.text)
    style.paletteColor = 0
    #expect(theme.look(style, at: .truecolor).foreground == .rgb(red: 255, green: 255, blue: 255))
    style.paletteColor = 196
    #expect(theme.look(style, at: .truecolor).foreground == .palette(196))
    #expect(theme.look(style, at: .mono).foreground == .standard)
  }
}
