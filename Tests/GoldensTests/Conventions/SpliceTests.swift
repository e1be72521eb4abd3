import Testing

@testable import Goldens

/// Entries put into files of many: nothing else changes.
@Suite struct SpliceTests {
  private static let ids = ["jest", "syrupy"]

  /// A file with some entries, made by adding them one after the other.
  private func file(
    _ convention: any GoldenConvention, _ entries: [(key: String, text: [UInt8])], crlf: Bool = false
  ) throws -> [UInt8] {
    var file: [UInt8]?
    for entry in entries { file = try convention.replacing(entry.key, of: file, with: entry.text) }
    let bytes = file ?? []
    return crlf ? bytes.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] } : bytes
  }

  private func entries(_ random: inout SplitMix) -> [(key: String, text: [UInt8])] {
    let alphabet = Array("ab \n`\\${}#-\u{E9}'".utf8)
    let count = Int(random.next() % 7)
    return (0..<count).map { number in
      let length = 1 + Int(random.next() % 40)
      let text = (0..<length).map { _ in alphabet[Int(random.next() % UInt64(alphabet.count))] }
      return ("test_\(number * 7 % 5)[\(number)] x", text)
    }
  }

  @Test(arguments: ids) func replacesOneEntryAndTakesItBackByteForByte(_ id: String) throws {
    let convention = try #require(GoldenConventions.named(id))
    var random = SplitMix(seed: 1)
    for round in 0..<200 {
      let entries = entries(&random)
      let before = try file(convention, entries, crlf: id == "syrupy" && round % 3 == 0)
      for entry in entries {
        let changed = try convention.replacing(entry.key, of: before, with: Array("new\ntext".utf8))
        #expect(try convention.entry(entry.key, of: changed) == Array("new\ntext".utf8))
        for other in entries where other.key != entry.key {
          #expect(try convention.entry(other.key, of: changed) == other.text)
        }
        #expect(try convention.replacing(entry.key, of: changed, with: entry.text) == before)
      }
    }
  }

  @Test(arguments: ids) func addsAndRemovesWhereTheFrameworkWould(_ id: String) throws {
    let convention = try #require(GoldenConventions.named(id))
    var random = SplitMix(seed: 2)
    for _ in 0..<200 {
      let entries = entries(&random)
      let before = try file(convention, entries)
      for entry in entries where entries.count > 1 {
        let without = try convention.replacing(entry.key, of: before, with: nil)
        #expect(try convention.entry(entry.key, of: without) == nil)
        #expect(try convention.replacing(entry.key, of: without, with: entry.text) == before)
      }
    }
  }

  @Test func keepsTheOrderOfSyrupy() throws {
    let syrupy = Syrupy()
    let file = try file(
      syrupy, ["test_b", "test_a.1", "test_a", "TestC.test_z", "test_a[x]"].map { ($0, Array("'t'".utf8)) })
    let names = try AmberFile(file).entries.map(\.name)
    #expect(names == ["TestC.test_z", "test_a", "test_a.1", "test_a[x]", "test_b"])
  }

  @Test func countsNumbersInTheOrderOfJest() throws {
    let file = try file(Jest(), ["sums 10", "sums 9", "says 1"].map { ($0, Array("1".utf8)) })
    #expect(try JestSnapFile(file).entries.map(\.key) == ["says 1", "sums 9", "sums 10"])
    #expect(String(decoding: file, as: UTF8.self).hasPrefix("// Jest Snapshot v1, https://"))
  }

  @Test(arguments: [
    ("# name: a\n  1\n# ---\n", "line 1: expected \"# serializer version: 1\""),
    ("# serializer version: 1\n# name: a\n  1\n", "line 3: an entry without an end"),
    ("# serializer version: 1\n<<<<<<< HEAD\n", "line 2: a conflict of a merge"),
    (
      "# serializer version: 1\n# name: a\n  1\n# ---\n# name: a\n  2\n# ---\n", "line 1: two entries of one name"
    ),
  ])
  func refusesAmberThatSyrupyWouldNotWrite(text: String, words: String) {
    let error = #expect(throws: SpliceError.self) { try AmberFile(Array(text.utf8)) }
    #expect(error?.description == words)
  }

  @Test(arguments: [
    ("exports[`a`] = `${process.exit()}`;\n", "line 1: a placeholder"),
    ("// Jest\n\nrequire('fs');\n", "line 3: expected exports[`…`]"),
    ("exports[`a`] = `1`;\nexports[`a`] = `2`;\n", "line 1: two snapshots of one name"),
    ("exports[`a`] = `1", "line 1: a text without an end"),
    ("exports[`a`] = `\\n`;", "line 1: an escape that jest does not write"),
  ])
  func refusesSnapFilesThatAreCode(text: String, words: String) {
    let error = #expect(throws: SpliceError.self) { try JestSnapFile(Array(text.utf8)) }
    #expect(error?.description == words)
  }

  @Test func refusesWhatSyrupyCouldNotReadBack() throws {
    for text in ["", "a\rb"] {
      #expect(throws: SpliceError.self) { try Syrupy().replacing("test_a", of: nil, with: Array(text.utf8)) }
    }
    #expect(throws: SpliceError.self) { try Syrupy().replacing("a\n# ---", of: nil, with: [0x31]) }
  }

  @Test(arguments: ids) func survivesEveryPrefixAndEveryFlippedByte(_ id: String) throws {
    let convention = try #require(GoldenConventions.named(id))
    let whole = try file(convention, [("a", Array("1\n2".utf8)), ("b", Array("`${x}".utf8))])
    for end in whole.indices {
      _ = try? convention.replacing("b", of: Array(whole[..<end]), with: [0x33])
      var flipped = whole
      flipped[end] ^= 0x21
      _ = try? convention.replacing("b", of: flipped, with: nil)
    }
  }
}
