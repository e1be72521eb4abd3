import Foundation

/// What every start costs.
struct StartMeasurement: Measurement {
  let name = "version"

  func run(_ bench: Bench) throws -> [Figure] {
    var ours = Side.assay(bench, ["--version"])
    var hello = try Self.hello(bench)
    // One start is too short to be told from chance.
    let starts = bench.count(40, small: 40)
    (ours.repeats, hello.repeats) = (starts, starts)
    return [try bench.pair("version", "--version", ours: ours, peer: hello)]
  }

  /// A program that says hello, as small as Swift makes it.
  private static func hello(_ bench: Bench) throws -> Side {
    let program = bench.inputs.folder + "/hello"
    if access(program, X_OK) != 0, let compiler = Bench.tool("swiftc") {
      let source = try bench.inputs.file("hello.swift") { $0.append("print(\"hello\")\n") }
      bench.say("compiling a Swift hello")
      _ = try ChildProcess.run(
        [compiler, "-O", "-static-stdlib", source, "-o", program], environment: ProcessInfo.processInfo.environment)
    }
    return Side(name: "Swift hello", arguments: access(program, X_OK) == 0 ? [program] : [])
  }
}
