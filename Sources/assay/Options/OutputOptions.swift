internal import ArgumentParser
internal import TriageOutput

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

  /// What the command line says, else ASSAY_COLOR, else auto; NO_COLOR turns auto into mono.
  var color: ColorChoice {
    if let chosenColor { return chosenColor }
    let environment = Surroundings.environment
    if let asked = environment["ASSAY_COLOR"].flatMap(ColorChoice.init(rawValue:)), asked != .auto { return asked }
    return environment["NO_COLOR", default: ""].isEmpty ? .auto : .mono
  }

  /// The look of text on standard output: colours only at a terminal, or when they were asked for.
  var textStyle: TextStyle {
    let isDumb = ["dumb", ""].contains(Surroundings.environment["TERM", default: ""])
    let hasColor =
      switch color {
      case .auto: StandardOutput.isTerminal && !isDumb
      case .mono: false
      case .sixteen, .palette, .truecolor: StandardOutput.isTerminal || chosenColor != nil
      }
    return TextStyle(hasColor: hasColor, isASCII: ascii, width: StandardOutput.width)
  }
}
