package import TerminalKit

extension Keys {
  /// Keys of the list of flaky tests, of its grid, and of the attempt below.
  package static let flakes = KeyTable<Command>(
    "Flakes",
    [
      KeyBinding([.enter], .here(.open), "the attempt under the cursor, in Triage where its run is open", hint: "open"),
      KeyBinding([.character("l"), .right], .flakes(.runs(.down)), "an older run, to the right", hint: "runs"),
      KeyBinding([.character("h"), .left], .flakes(.runs(.up)), "a newer run, to the left"),
      KeyBinding(
        [.character("]")], .here(.nextProblem), "the next run to the right that this test failed in", hint: "failed"),
      KeyBinding([.character("[")], .here(.previousProblem), "the next one to the left"),
      KeyBinding([.character("}")], .flakes(.runs(.pageDown)), "a screen of runs to the right"),
      KeyBinding([.character("{")], .flakes(.runs(.pageUp)), "a screen of runs to the left"),
      KeyBinding([.character("0")], .flakes(.runs(.top)), "the newest run"),
      KeyBinding([.character("$")], .flakes(.runs(.bottom)), "the oldest run"),
      KeyBinding([.character(" ")], .here(.mark), "mark or unmark, and go on"),
      KeyBinding([.character("V")], .here(.markRange), "mark from here; again: to here"),
      KeyBinding([.character("*")], .here(.markAll), "mark all shown, or none"),
      KeyBinding([.character("/")], .here(.filter), "filter; in the attempt's text: search", hint: "filter"),
      KeyBinding([.character("f")], .here(.search), "find without filtering"),
      KeyBinding(
        [.character("A")], .here(.toggleScope), "all tests that failed or were retried, or the flaky ones", hint: "all"),
      KeyBinding([.character("W")], .window, "time window: 7, 30, 90, 180 days, all runs", hint: "window"),
      KeyBinding([.character("w")], .here(.wrap), "wrap long lines, or cut them"),
      KeyBinding([.character("s")], .arrangeMenu, "sort", hint: "sort"),
    ])
}
