import Foundation

/// Inputs that are made once: the same bytes on every machine, kept in the cache folder.
struct InputCache {
  /// Another number makes all inputs anew.
  private static let version = 3

  let folder: String

  init() throws {
    let own = ProcessInfo.processInfo.environment
    let base = own["XDG_CACHE_HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? NSHomeDirectory() + "/.cache"
    folder = "\(base)/assay-bench/\(Self.version)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  /// A file, which `make` writes when it is not there; one that was half written never gets the name.
  func file(_ name: String, _ make: (inout ByteFile) -> Void) throws -> String {
    let path = folder + "/" + name
    if access(path, F_OK) == 0 { return path }
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    var file = try ByteFile(path + ".part")
    make(&file)
    try file.close()
    guard rename(path + ".part", path) == 0 else { throw BenchError("could not keep \(path)") }
    return path
  }
}

/// A file that is written a buffer at a time.
struct ByteFile {
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  /// Whether all of it was written.
  var isWhole = true

  init(_ path: String) throws {
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    guard descriptor >= 0 else { throw BenchError("could not write \(path)") }
    buffer.reserveCapacity(1 << 20)
  }

  mutating func append(_ text: String) {
    buffer.append(contentsOf: text.utf8)
    if buffer.count > 1_000_000 { flush() }
  }

  private mutating func flush() {
    var done = 0
    while done < buffer.count {
      let count = buffer[done...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else {
        isWhole = false
        break
      }
      done += count
    }
    buffer.removeAll(keepingCapacity: true)
  }

  mutating func close() throws {
    flush()
    _ = Foundation.close(descriptor)
    guard isWhole else { throw BenchError("the disk is full") }
  }
}

/// Numbers that look random and are the same each time (splitmix64).
struct Seeded {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
  }
}
