internal import ArgumentParser
internal import TriageRuntime

/// `assay demo`: the bundled example.
struct Demo: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Open the bundled example: 40 runs of a small model's tests.")

  @OptionGroup var output: OutputOptions

  @Flag(help: "Print the list of the newest run instead of opening the screen.")
  var list = false
}
