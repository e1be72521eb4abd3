/// What a text meets first on its way from assay to a person's clipboard.
package enum ClipboardRoute: Sendable, Equatable {
  /// A terminal that takes OSC 52, or none: it does not answer.
  case terminal
  /// tmux on this machine. It drops a program's OSC 52 unless `set-clipboard` is on, so its own command is used.
  case tmux
  /// GNU screen, which passes on what is wrapped for it.
  case screen
  /// tmux or screen on another machine, in front of ssh: no command reaches it from here.
  case multiplexerElsewhere

  /// The route that an environment tells of.
  package init(environment: [String: String]) {
    func has(_ variable: String) -> Bool { !environment[variable, default: ""].isEmpty }
    let type = environment["TERM", default: ""]
    self =
      if has("TMUX") {
        .tmux
      } else if has("STY") {
        .screen
      } else if type.hasPrefix("tmux") || type.hasPrefix("screen") {
        .multiplexerElsewhere
      } else {
        .terminal
      }
  }
}
