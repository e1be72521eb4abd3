internal import ArgumentParser
internal import CBundled
internal import TriageServices
internal import Workspace

/// `assay demo`: the bundled example.
struct Demo: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Open the bundled example: 40 runs of a small model's tests.",
    discussion: "Into a pipe, or with --list, it prints the list of the newest run instead.")

  @OptionGroup var output: OutputOptions

  @Flag(help: "Print the list of the newest run.")
  var list = false

  func run() throws {
    let demo = try Self.unpack()
    let context = try CommandContext(repository: demo.repository ?? demo.runs)
    let request = try RunReading(context: context).request([demo.runs])
    if StandardOutput.isTerminal, !list {
      let screen = TriageScreen(
        context: context, output: output, watches: false, keepsHistory: true,
        ownHistory: context.historyOpening(makes: true, in: demo.folder))
      try screen.show(request)
    } else {
      try Open.list(request, context, output, newestOnly: true)
    }
  }

  /// Unpacks the archive that the binary carries.
  private static func unpack() throws(CommandFailure) -> DemoRuns {
    let archive = UnsafeRawBufferPointer(start: bundled_demo().bytes, count: bundled_demo().length)
    do throws(DemoError) {
      let environment = CommandContext.environment
      let cache = CommandContext.directories.cache
      return try DemoRuns(archive: archive, cacheFolder: cache, environment: environment)
    } catch {
      throw .unreadable("could not open the demo: \(error)")
    }
  }
}
