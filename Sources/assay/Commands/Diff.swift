internal import ArgumentParser
internal import Goldens
internal import SafeText
internal import SystemKit
internal import TriageModel
internal import TriageOutput

/// `assay diff EXPECTED ACTUAL`: compares two goldens with judgement.
struct Diff: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Compare two goldens: text, tables, trees, arrays or pictures, with numbers judged.",
    discussion: """
      The kind is told from the name of EXPECTED and from its bytes. A number is accepted when |actual - expected| is \
      at most atol + rtol * |expected|, or when both are at most so many units in the last place apart.

      Exit status: 0 nothing differs beyond the tolerance, 1 something does.
      """)

  @Argument(help: "The golden.", completion: .file())
  var expected: String

  @Argument(help: "What was produced in its place.", completion: .file())
  var actual: String

  @Option(help: ArgumentHelp("The relative tolerance.", valueName: "number"))
  var rtol: Double = 0

  @Option(help: ArgumentHelp("The absolute tolerance.", valueName: "number"))
  var atol: Double = 0

  @Option(help: ArgumentHelp("Units in the last place that are accepted.", valueName: "count"))
  var ulp: Int = 0

  @Option(
    name: .customLong("key"),
    help: ArgumentHelp("A column that tells rows apart; may be repeated.", valueName: "column"))
  var keys: [String] = []

  @Option(help: ArgumentHelp("The kind, where name and bytes do not tell: text, csv, json …", valueName: "kind"))
  var kind: String?

  @Option(
    name: .customLong("ignore"),
    help: ArgumentHelp(
      "What is set aside, and counted: $.path of JSON and YAML, column:name, /pattern/; may be repeated.",
      valueName: "rule"))
  var ignored: [String] = []

  @Flag(help: "All changes, not only the first \(DiffText.lineLimit) lines of them.")
  var all = false

  @OptionGroup var output: OutputOptions

  @Flag(help: "One JSON object instead of text.")
  var json = false

  func validate() throws {
    guard rtol >= 0, atol >= 0, rtol.isFinite, atol.isFinite, ulp >= 0 else {
      throw ValidationError("a tolerance is a number of 0 or more")
    }
    let kinds = (["bytes", "text"] + GoldenKinds.all.map(\.id)).sorted()
    if let kind, !kinds.contains(kind) {
      throw ValidationError("there is no kind \(kind); there are \(kinds.joined(separator: ", "))")
    }
  }

  func run() throws {
    let context = try CommandContext(repository: nil)
    var options = ComparisonOptions()
    options.tolerance = Tolerance(relative: rtol, absolute: atol, ulps: ulp)
    options.keys = keys
    options.ignore = try rules()
    let (left, right) = try sides(limit: options.limits.bytes)
    let comparison = GoldenKinds.compare(left, right, name: expected, kind: kind, options: options)
    try StandardOutput.write { sink in
      if json {
        DiffJSON.write(comparison, limit: all ? nil : DiffText.lineLimit, to: sink)
      } else {
        let style = output.textStyle(context.settings)
        DiffText(style: style, showsAll: all).write(comparison, expected: expected, actual: actual, to: sink)
      }
    }
    if comparison.differs { throw ExitCode(1) }
  }

  private func rules() throws(CommandFailure) -> [IgnoreRule] {
    try ignored.map { text throws(CommandFailure) in
      do throws(IgnoreRuleError) {
        return try IgnoreRule(text)
      } catch {
        throw .wrong("could not read --ignore \(Sanitizer.line(text, limit: 200)): \(error)")
      }
    }
  }

  /// The bytes of both, read at once: of large files that is half the work.
  private func sides(limit: Int) throws(CommandFailure) -> (expected: [UInt8], actual: [UInt8]) {
    let paths = [expected, actual]
    let sides = Parallel.map(paths.count) { place in
      Result { () throws(FileReadError) in try RegularFile.bytes(paths[place], limit: limit) }
    }
    return (try bytes(sides[0], of: expected), try bytes(sides[1], of: actual))
  }

  private func bytes(_ read: Result<[UInt8], FileReadError>, of path: String) throws(CommandFailure) -> [UInt8] {
    do throws(FileReadError) {
      return try read.get()
    } catch {
      throw .unreadable("could not read \(path): \(error)")
    }
  }
}
