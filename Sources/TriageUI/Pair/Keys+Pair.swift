import TerminalKit
import TriageActions

extension Keys {
  /// Keys of a golden that is chosen in a list or looked at.
  static let golden = KeyTable<Command>(
    "Golden",
    TriageActions.goldens.compactMap { KeyBinding($0.description) } + [
      KeyBinding([.character("}")], .pair(.nextChange), "next difference", hint: "next"),
      KeyBinding([.character("{")], .pair(.previousChange), "previous difference"),
      KeyBinding([.character("!")], .pair(.worst), "the worst difference"),
      KeyBinding([.character("v")], .pair(.nextView), "next view: table, tree, image, text", hint: "view"),
      KeyBinding([.character(".")], .pair(.nextPart), "next array of an archive, next golden of the test"),
      KeyBinding([.character("T")], .whatIf, "what would another tolerance leave?", hint: "tolerance"),
      KeyBinding([.character("S")], .pair(.nextSides), "of a stale golden: which two of the three"),
    ])

  /// Keys of the pane with a golden's two sides.
  static let pair = KeyTable<Command>(
    "Pair",
    [
      KeyBinding([.enter], .here(.open), "unfold what is folded here; in Triage, go to Goldens"),
      KeyBinding([.character("/"), .character("f")], .here(.search), "search in both sides", hint: "search"),
      KeyBinding([.character("c")], .pair(.onlyChanged), "only what changed, or all of it"),
      KeyBinding([.character("+")], .pair(.moreContext), "more lines around each difference"),
      KeyBinding([.character("-")], .pair(.lessContext), "fewer lines around each difference"),
      KeyBinding([.character("w")], .here(.wrap), "wrap long lines, or scroll them"),
      KeyBinding([.left], .here(.scrollLeft), "scroll to the left"),
      KeyBinding([.right], .here(.scrollRight), "scroll to the right"),
    ])
}
