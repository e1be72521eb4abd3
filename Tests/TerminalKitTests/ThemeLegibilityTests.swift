import Foundation
import SafeText
import TerminalKit
import Testing

/// Rule 2 of the themes: what is written can be read, and what matters is told apart, by everybody.
@Suite struct ThemeLegibilityTests {
  /// Themes with colours of their own; `terminal` takes the person's, `mono` has none.
  static let colored = ["dark", "light", "high-contrast", "red-green"]
  static let levels: [ColorLevel] = [.truecolor, .palette256]

  /// Roles that draw lines or are grounds, not text.
  static let lines: Set<Role> = [.background, .border, .scrollbar, .filler, .dialogBorder]
  /// What lies on the lines of a comparison.
  static let compared: [Role] = [.text, .bright, .context, .code, .frameOwn]

  @Test(arguments: colored, levels) func textCanBeReadOnEveryGround(name: String, level: ColorLevel) throws {
    let theme = try BuiltInThemes.set.theme(name)
    let least = name == "high-contrast" ? 7.0 : 4.5
    for role in Role.allCases where !Self.lines.contains(role) {
      for surface in [Role.background, .selection, .selectionInactive, .dialog, role] {
        try expectContrast(theme, Style(role, on: surface), level, least)
      }
    }
    for surface in [Role.minus, .plus, .minusEmphasis, .plusEmphasis, .matchCurrent] {
      for role in Self.compared { try expectContrast(theme, Style(role, on: surface), level, least) }
    }
  }

  @Test(arguments: colored, levels) func theFocusedFrameCanBeSeen(name: String, level: ColorLevel) throws {
    let theme = try BuiltInThemes.set.theme(name)
    try expectContrast(theme, Style(.dialogBorder, on: .dialog), level, 3)
  }

  @Test(arguments: colored, levels) func theSelectedRowStandsOut(name: String, level: ColorLevel) throws {
    let theme = try BuiltInThemes.set.theme(name)
    let plain = try linear(theme.look(Style(.text), at: level).background)
    let selected = try linear(theme.look(Style(.text, on: .selection), at: level).background)
    for vision in ColorVision.allCases { #expect(vision.difference(plain, selected) >= 6, "\(vision)") }
  }

  @Test(arguments: ["terminal", "mono", "dark", "light", "high-contrast", "red-green"], ColorLevel.allCases)
  func theSelectedRowStandsOutAtEveryLevel(name: String, level: ColorLevel) throws {
    let theme = try BuiltInThemes.set.theme(name)
    let plain = theme.look(Style(.text), at: level)
    let selected = theme.look(Style(.text, on: .selection), at: level)
    #expect(plain.background != selected.background || selected.attributes.contains(.reverse))
  }

  @Test(arguments: colored.filter { $0 != "red-green" }, levels)
  func whatMattersIsToldApartByAllEyes(name: String, level: ColorLevel) throws {
    let theme = try BuiltInThemes.set.theme(name)
    for (one, other) in [(Role.fail, Role.pass), (.minus, .plus)] {
      let first = try linear(theme.look(Style(one), at: level).foreground)
      let second = try linear(theme.look(Style(other), at: level).foreground)
      try expectApart(first, second, "\(one) and \(other)", orGrounds: theme, one, other, level)
    }
    for (one, other) in [(Role.minus, Role.plus), (.minusEmphasis, .plusEmphasis)] {
      let first = try linear(theme.look(Style(.text, on: one), at: level).background)
      let second = try linear(theme.look(Style(.text, on: other), at: level).background)
      for vision in ColorVision.allCases {
        #expect(vision.difference(first, second) >= 15, "\(one) and \(other), \(vision)")
      }
    }
  }

  @Test func theDefaultThemeUsesColoursThatSuitLightAndDark() throws {
    let theme = try BuiltInThemes.set.theme("terminal")
    for role in Role.allCases {
      for level in ColorLevel.allCases {
        let look = theme.look(Style(role), at: level)
        #expect(look.background == .standard)
        switch look.foreground {
        case .standard: break
        case .palette(let index): #expect((1...6).contains(index), "\(role)")
        case .rgb: Issue.record("\(role) has a colour of its own")
        }
      }
    }
  }

  @Test(arguments: BuiltInThemes.names) func monoHasNoColours(name: String) throws {
    let theme = try BuiltInThemes.set.theme(name)
    for role in Role.allCases {
      let look = theme.look(Style(role, on: .selection), at: .mono)
      #expect(look.foreground == .standard && look.background == .standard)
    }
  }

  /// Known values of the formulas, so that the rules above rest on something.
  @Test func measuresAsPublished() throws {
    // Sharma, Wu and Dalal, test data pairs 1 and 17.
    #expect(abs(CIEDE2000.difference([50, 2.6772, -79.7751], [50, 0, -82.7485]) - 2.0425) < 0.0001)
    #expect(abs(CIEDE2000.difference([50, 2.5, 0], [73, 25, -18]) - 27.1492) < 0.0001)
    let red = try linear(Color.rgb(red: 0x3F, green: 0, blue: 1))
    let green = try linear(Color.rgb(red: 0, green: 0x28, blue: 0))
    #expect(ColorVision.normal.difference(red, green) > 40)
    #expect(ColorVision.deuteranopia.difference(red, green) < 2)
  }

  // MARK: -

  private func expectContrast(_ theme: Theme, _ style: Style, _ level: ColorLevel, _ least: Double) throws {
    let look = theme.look(style, at: level)
    let text = try #require(Contrast.luminance(of: look.foreground))
    let ground = try #require(Contrast.luminance(of: look.background))
    let ratio = Contrast.ratio(text, ground)
    #expect(
      ratio >= least,
      "\(style.role.rawValue) on \(style.surface.rawValue): \(look.foreground) on \(look.background), \(ratio)")
  }

  private func expectApart(
    _ one: [Double], _ other: [Double], _ what: String, orGrounds theme: Theme, _ first: Role, _ second: Role,
    _ level: ColorLevel
  ) throws {
    let grounds = try [first, second].map { try linear(theme.look(Style($0), at: level).background) }
    for vision in ColorVision.allCases {
      let most = max(vision.difference(one, other), vision.difference(grounds[0], grounds[1]))
      #expect(most >= 15, "\(what), \(vision): \(most)")
    }
  }

  private func linear(_ color: Color) throws -> [Double] {
    let rgb: XtermPalette.RGB
    switch color {
    case .standard: throw ColorMissing()
    case .palette(let index): rgb = XtermPalette.rgb(index)
    case .rgb(let red, let green, let blue): rgb = (red, green, blue)
    }
    return [rgb.red, rgb.green, rgb.blue].map { channel in
      let value = Double(channel) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
  }

  private struct ColorMissing: Error {}
}
