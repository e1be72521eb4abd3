internal import ArgumentParser
internal import TerminalKit
internal import TriageOutput
internal import Workspace

/// How much colour a person asked for.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
  case auto
  case mono
  case sixteen = "16"
  case palette = "256"
  case truecolor
}

/// How answers look, shared by all commands.
struct OutputOptions: ParsableArguments {
  @Option(
    name: .customLong("color"),
    help: ArgumentHelp("How many colours to use; auto obeys NO_COLOR.", valueName: "colours"))
  var chosenColor: ColorChoice?

  @Flag(help: "Ornaments in ASCII only.")
  var ascii = false

  @Flag(name: .customLong("read-only"), help: "Write nothing, and open no editor.")
  var isReadOnly = false

  /// What was asked for; nil leaves it to the terminal.
  func color(_ settings: Settings) -> ColorLevel? {
    ColorLevel.asked(flag: chosenColor?.rawValue, setting: settings.color, environment: CommandContext.environment)
  }

  /// The look of text on standard output: colours only at a terminal, or when the command line asks for them.
  func textStyle(_ settings: Settings) -> TextStyle {
    let isDumb = ["dumb", ""].contains(CommandContext.environment["TERM", default: ""])
    let hasColor =
      switch color(settings) {
      case nil: StandardOutput.isTerminal && !isDumb
      case .mono: false
      case .sixteen, .palette256, .truecolor: StandardOutput.isTerminal || chosenColor != nil
      }
    return TextStyle(hasColor: hasColor, isASCII: ascii || settings.ascii, width: StandardOutput.width)
  }
}
