import ArgumentParser
import Foundation

/// Measures assay beside its peers, and says what is over its budget.
@main
struct AssayBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assay-bench",
    abstract: "Measures assay beside its peers; status 1 when something is over its budget.",
    discussion: "Measurements: " + Measurements.all.map(\.name).joined(separator: ", ") + ".")

  @Argument(help: "What to measure; all of it, when nothing is named.")
  var names: [String] = []

  @Option(help: "full, or small: ratios alone, in two minutes.")
  var size = BenchSize.full

  @Flag(help: "One JSON object instead of a table.")
  var json = false

  static func main() {
    let arguments = CommandLine.arguments
    if arguments.count > 2, arguments[1] == InsideWork.flag {
      Foundation.exit(InsideWork.run(arguments[2], Array(arguments.dropFirst(3))))
    }
    Self.main(nil)
  }

  func validate() throws {
    for name in names where !Measurements.all.contains(where: { $0.name == name }) {
      throw ValidationError("there is no measurement \(name)")
    }
  }

  func run() throws {
    let scratch = NSTemporaryDirectory() + "assay-bench-\(getpid())"
    try FileManager.default.createDirectory(atPath: scratch, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: scratch) }
    let itself = Bundle.main.executablePath ?? CommandLine.arguments[0]
    let program = (itself as NSString).deletingLastPathComponent + "/assay"
    guard access(program, X_OK) == 0 else { throw BenchError("could not find \(program); build assay beside it") }
    let bench = Bench(size: size, inputs: try InputCache(), program: program, itself: itself, scratch: scratch)
    var rows: [BenchRow] = []
    for measurement in Measurements.all where names.isEmpty || names.contains(measurement.name) {
      do {
        rows += try measurement.run(bench).map { BenchRow($0, Budgets.of[$0.name], size) }
      } catch {
        rows.append(BenchRow(failed: measurement.name, "\(error)"))
      }
    }
    print(json ? BenchTable(rows: rows, size: size).json : BenchTable(rows: rows, size: size).text)
    if rows.contains(where: \.isOver) { throw ExitCode(1) }
  }
}

extension BenchSize: ExpressibleByArgument {}
