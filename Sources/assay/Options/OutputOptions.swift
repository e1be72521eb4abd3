internal import ArgumentParser
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

  @Flag(name: .customLong("read-only"), help: "Change nothing: the screen opens no editor.")
  var isReadOnly = false

  /// What the command line says, else the person's settings, else ASSAY_COLOR, else auto; NO_COLOR turns auto into mono.
  func color(_ settings: Settings) -> ColorChoice {
    let environment = Surroundings.environment
    let words = [settings.color, environment["ASSAY_COLOR"]]
    let asked = chosenColor ?? words.lazy.compactMap { $0.flatMap(ColorChoice.init(rawValue:)) }.first ?? .auto
    if chosenColor == nil, asked == .auto, !environment["NO_COLOR", default: ""].isEmpty { return .mono }
    return asked
  }

  /// The look of text on standard output: colours only at a terminal, or when the command line asks for them.
  func textStyle(_ settings: Settings) -> TextStyle {
    let isDumb = ["dumb", ""].contains(Surroundings.environment["TERM", default: ""])
    let hasColor =
      switch color(settings) {
      case .auto: StandardOutput.isTerminal && !isDumb
      case .mono: false
      case .sixteen, .palette, .truecolor: StandardOutput.isTerminal || chosenColor != nil
      }
    return TextStyle(hasColor: hasColor, isASCII: ascii || settings.ascii, width: StandardOutput.width)
  }
}
