import TerminalKit
import Testing

@Suite struct ColorLevelTests {
  @Test(
    arguments: [
      (nil, [:], 256, .palette256),
      (nil, [:], 8, .sixteen),
      (nil, [:], 16, .sixteen),
      (nil, [:], -1, .mono),
      (nil, ["NO_COLOR": "1"], 256, .mono),
      (nil, ["NO_COLOR": ""], 256, .palette256),
      (nil, ["NO_COLOR": "1", "ASSAY_COLOR": "16"], 256, .sixteen),
      ("256", ["NO_COLOR": "1", "ASSAY_COLOR": "16"], 256, .palette256),
      ("mono", [:], 256, .mono),
      ("auto", ["NO_COLOR": "1"], 256, .palette256),
      ("truecolor", [:], 256, .palette256),
      ("256", [:], 8, .sixteen),
      (nil, ["ASSAY_COLOR": "nonsense", "NO_COLOR": "1"], 256, .mono),
    ] as [(String?, [String: String], Int, ColorLevel)])
  func theFlagWinsThenTheVariablesThenTheTerminal(
    flag: String?, environment: [String: String], colors: Int, level: ColorLevel
  ) {
    let asked = ColorLevel.asked(flag: flag, environment: environment)
    #expect(ColorLevel.choose(asked: asked, terminfoColors: colors) == level)
  }

  @Test func trueColourOnlyWhereTheTerminalSaysSo() {
    let asked = ColorLevel.asked(flag: nil, environment: ["COLORTERM": "truecolor"])
    #expect(ColorLevel.choose(asked: asked, terminfoColors: 0x1000000, hasDirectColor: true) == .truecolor)
    #expect(ColorLevel.choose(asked: asked, terminfoColors: 256) == .palette256)
  }

  @Test func thePersonsSettingsStandBetweenFlagAndVariables() {
    let environment = ["ASSAY_COLOR": "256", "NO_COLOR": "1"]
    #expect(ColorLevel.asked(flag: nil, setting: "16", environment: environment) == .sixteen)
    #expect(ColorLevel.asked(flag: "mono", setting: "16", environment: environment) == .mono)
    #expect(ColorLevel.asked(flag: nil, setting: "auto", environment: ["NO_COLOR": "1"]) == .mono)
  }
}
