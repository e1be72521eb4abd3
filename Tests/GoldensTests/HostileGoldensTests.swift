import TestSupport
import Testing
import TriageModel

@testable import Goldens

/// Damaged goldens: every reader answers or refuses, and what it answers can be drawn.
struct HostileGoldensTests {
  @Test(arguments: HostileGoldensTests.seeds)
  func beginningsAndMutationsNeverTrap(_ seed: Seed) {
    var random = Generator(seed: 41)
    let kind = GoldenKinds.claiming(name: seed.name, head: seed.bytes.prefix(4096))
    guard let kind else {
      Issue.record("no kind claims \(seed.name)")
      return
    }
    var refused = 0
    for round in 0..<400 {
      let damaged =
        round % 4 == 0
        ? Array(seed.bytes.prefix(Int(random.next() % UInt64(seed.bytes.count)))) : mutated(seed.bytes, &random)
      let isRefused = !draws(kind, seed.bytes, damaged) || !draws(kind, damaged, seed.bytes)
      if isRefused { refused += 1 }
    }
    #expect(refused > 0)
    #expect(draws(kind, seed.bytes, seed.bytes))
  }

  @Test func bombsAreRefusedByTheirLimit() {
    var limits = GoldenLimits()
    limits.unpackedBytes = 100
    let bytes = fixture("numpy/two.npz")
    #expect(throws: GoldenError.limit("it unpacks to more than is read (limit)")) {
      try NPZReader.members(bytes, limits)
    }
    limits = GoldenLimits()
    limits.members = 1
    #expect(throws: GoldenError.limit("more than 1 arrays (limit)")) { try NPZReader.members(bytes, limits) }
  }

  /// Compares and draws; false when the kind refuses.
  private func draws(_ kind: any GoldenKind, _ expected: [UInt8], _ actual: [UInt8]) -> Bool {
    guard let comparison = try? kind.compare(expected, actual, ComparisonOptions()) else { return false }
    #expect(!comparison.drift.proof.isEmpty)
    switch comparison.body {
    case .tree(let tree):
      for index in 0..<tree.count { #expect(tree.row(at: index).depth >= 0 && tree.path(at: index).hasPrefix("$")) }
    case .tables(let tables):
      for table in tables {
        for index in 0..<min(200, table.alignment.count) {
          guard let row = table.alignment.row(at: index) else { continue }
          #expect(table.cells(of: row).count == table.columns.count && table.label(of: row).count < 1_000)
        }
      }
    case .image(let image):
      for picture in [image.expected, image.actual] {
        #expect(picture.pixels.count == 4 * picture.width * picture.height)
      }
    case .text, .bytes, .none: break
    }
    return true
  }

  private func mutated(_ bytes: [UInt8], _ random: inout Generator) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int(random.next() % 6) + 1 where !bytes.isEmpty {
      let place = Int(random.next() % UInt64(bytes.count))
      switch random.next() % 5 {
      case 0: bytes.remove(at: place)
      case 1: bytes.insert(UInt8(truncatingIfNeeded: random.next()), at: place)
      case 2: bytes[place] ^= 1 << UInt8(random.next() % 8)
      case 3: bytes[place] = [0x22, 0x5C, 0x7B, 0x5B, 0x5D, 0x00, 0xFF, 0x39, 0x2D][Int(random.next() % 9)]
      default:
        let end = min(bytes.count, place + Int(random.next() % 9))
        bytes.insert(contentsOf: bytes[place..<end], at: place)
      }
    }
    return bytes
  }

  /// A good golden to damage.
  struct Seed: Sendable, CustomTestStringConvertible {
    var name: String
    var bytes: [UInt8]
    var testDescription: String { name }
  }

  static let seeds: [Seed] = {
    let json = #"{"a": [1, 2.50, -3e-7, "x\u00e9\n", {"id": 1, "b": null}, {"id": 2, "b": true}], "c": {}, "d": [[]]}"#
    let yaml = "a:\n- 1\n- 2.5\n- 'x'\nb: {c: \"d\", e: [~, true, .nan]}\nf: |\n  text\n  more\ng: &x [1]\nh: *x\n"
    let files = [
      "numpy/f8.npy", "numpy/f8-fortran.npy", "numpy/struct.npy", "numpy/str.npy", "numpy/cube.npy", "numpy/c8.npy",
      "numpy/two.npz", "numpy/stored.npz", "png/rgb.png", "png/palette.png", "png/deep.png",
    ]
    return [
      Seed(name: "a.json", bytes: Array(json.utf8)), Seed(name: "a.jsonl", bytes: Array("{\"a\":1}\n[2]\n".utf8)),
    ]
      + [Seed(name: "a.yml", bytes: Array(yaml.utf8))]
      + files.map { Seed(name: $0, bytes: Files.bytes(Files.fixtures() + "/" + $0)) }
  }()

  private func fixture(_ name: String) -> [UInt8] { Files.bytes(Files.fixtures() + "/" + name) }
}
