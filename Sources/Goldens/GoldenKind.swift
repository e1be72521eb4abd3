package import SafeText
package import TriageModel

/// A kind of golden: how its bytes are told apart, read and compared; one file or folder each in `Kinds/`.
package protocol GoldenKind: Sendable {
  /// The id (`csv`), unique in the registry.
  var id: String { get }
  /// How people name it.
  var title: String { get }
  /// Whether a golden of this name and these first bytes is of this kind.
  func claims(name: String, head: ArraySlice<UInt8>) -> Bool
  /// Compares two goldens that differ in bytes.
  func compare(
    _ expected: [UInt8], _ actual: [UInt8], _ options: ComparisonOptions
  ) throws(GoldenError) -> Comparison
}

/// How to compare.
package struct ComparisonOptions: Sendable, Equatable {
  /// What counts as equal.
  package var tolerance = Tolerance.exact
  /// Columns that tell rows apart (`--key`); empty lets the comparison choose.
  package var keys: [String] = []
  /// What is set aside.
  package var ignore: [IgnoreRule] = []
  /// Members that say what an object of an array is when no key does: the source of a notebook's cell.
  var sourceMembers: [String] = []
  /// The limits of reading and comparing.
  package var limits = GoldenLimits()

  /// The usual way.
  package init() {}
}

/// How much is read and compared at most; every cut is said in `Comparison.remarks`.
package struct GoldenLimits: Sendable, Equatable {
  /// Bytes of one side.
  package var bytes = 1 << 30
  /// Values inside one another, in JSON and YAML.
  package var depth = 512
  /// Values of a YAML document, whose reader keeps a node each.
  package var yamlNodes = 2_000_000
  /// Steps of one alignment of lines or rows before the coarser way is taken.
  package var alignmentSteps = 50_000_000
  /// Steps of one refinement inside a pair of lines.
  package var refinementSteps = 200_000
  /// Unpacked bytes of an NPZ's members together.
  package var unpackedBytes = 2 << 30
  /// Unpacked bytes for one packed byte, beyond the first 64 MiB.
  package var ratio = 200
  /// Members of an NPZ.
  package var members = 10_000
  /// Pixels of a picture.
  package var pixels = 100_000_000

  /// The limits of DESIGN §9.
  package init() {}
}

/// Why a golden could not be read as its kind. The text fits "could not read X: {error}".
package enum GoldenError: Error, Equatable, CustomStringConvertible {
  /// The bytes are not what the kind asks for; what was met, with its line or place.
  case malformed(String)
  /// It needs code to be run (pickles), which is never done.
  case unsafe(String)
  /// It is a part of the format that is not read.
  case unsupported(String)
  /// A limit was reached; which, and its value.
  case limit(String)

  package var description: String {
    switch self {
    case .malformed(let what), .unsafe(let what), .unsupported(let what), .limit(let what): what
    }
  }
}

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
