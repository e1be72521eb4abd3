/// Reads both sides of a golden at once, and says on which one an error was met.
enum BothSides {
  /// What `read` makes of each side.
  static func read<Value: Sendable>(
    _ expected: [UInt8], _ actual: [UInt8], _ read: @Sendable ([UInt8]) throws(GoldenError) -> Value
  ) throws(GoldenError) -> (expected: Value, actual: Value) {
    let sides = Parallel.map(2) { side in
      Result { () throws(GoldenError) in
        do throws(GoldenError) {
          return try read(side == 0 ? expected : actual)
        } catch {
          throw error.prefixed(side == 0 ? "the expected side: " : "the actual side: ")
        }
      }
    }
    return (try sides[0].get(), try sides[1].get())
  }
}

extension GoldenError {
  /// The same cause with a place before its words.
  func prefixed(_ place: String) -> GoldenError {
    switch self {
    case .malformed(let what): .malformed(place + what)
    case .unsafe(let what): .unsafe(place + what)
    case .unsupported(let what): .unsupported(place + what)
    case .limit(let what): .limit(place + what)
    }
  }
}
