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
    #expect(ColorLevel.choose(flag: flag, environment: environment, terminfoColors: colors) == level)
  }

  @Test func trueColourOnlyWhereTheTerminalSaysSo() {
    let direct = ColorLevel.choose(
      flag: nil, environment: ["COLORTERM": "truecolor"], terminfoColors: 0x1000000, hasDirectColor: true)
    #expect(direct == .truecolor)
    let indirect = ColorLevel.choose(flag: nil, environment: ["COLORTERM": "truecolor"], terminfoColors: 256)
    #expect(indirect == .palette256)
  }
}
