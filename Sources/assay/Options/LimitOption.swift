internal import ArgumentParser

/// How much of a long list is wanted.
struct LimitOption: ParsableArguments {
  @Option(help: ArgumentHelp("At most this many.", valueName: "count"))
  var limit: Int?

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("--limit needs at least 1") }
  }
}
