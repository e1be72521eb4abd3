import SafeText
import TestSupport
import Testing
import TriageModel

@testable import Goldens

/// What NumPy wrote (`Fixtures/numpy`), read and compared.
struct NPYTests {
  @Test(arguments: ["f8-big", "f8-fortran", "v3"])
  func orderOfBytesAndAxesIsFormat(_ name: String) throws {
    let comparison = try compare(fixture("f8.npy"), fixture(name + ".npy"))
    #expect(!comparison.differs && comparison.drift.kind == .format, "\(comparison.drift)")
  }

  @Test func valuesReadAsNumPyPrintsThem() throws {
    #expect(try cells("f8.npy") == ["[0] 1.5 2.0 3.0", "[1] 4.0 5.0 nan"])
    #expect(try cells("f4.npy") == ["[0] 1.5 2.0 3.0", "[1] 4.0 5.0 nan"])
    #expect(try cells("f2.npy") == ["[0] 0.099975586", "[1] 65504.0", "[2] -1.7881393e-07", "[3] inf"])
    #expect(try cells("i8.npy") == ["[0] -1", "[1] 4611686018427387905", "[2] -9223372036854775808"])
    #expect(try cells("u1.npy") == ["[0] 0", "[1] 255"])
    #expect(try cells("b1.npy") == ["[0] True", "[1] False"])
    #expect(try cells("c8.npy") == ["[0] 1.0 2.0", "[1] 3.0 -4.0"])
    #expect(try cells("str.npy") == ["[0] plus", "[1] pro", "[2] é"])
    #expect(try cells("bytes.npy") == ["[0] ab", "[1] c"])
    #expect(try cells("struct.npy") == ["[0] 1 0.5 x", "[1] 2 1.5 y"])
    #expect(try cells("scalar.npy") == [" 3.5"])
    #expect(try cells("empty.npy") == [])
    #expect(try cells("cube.npy").first == "[0, 0] 0 1 2 3")
    #expect(try cells("cube.npy") == cells("cube-fortran.npy"))
  }

  @Test func picklesAreRefusedByName() throws {
    let bytes = fixture("object.npy")
    #expect(
      throws: GoldenError.unsafe(
        "the expected side: its elements are Python objects (dtype O): a pickle, which is never loaded")
    ) { try compare(bytes, bytes) }
  }

  @Test func placesAndTypesAreNamed() throws {
    let comparison = try compare(array([1, 2, 3, 4], "<f4", "(2, 2)"), array([1, 2, 3.5, 4], "<f4", "(2, 2)"))
    #expect(comparison.summary.first == "[1, 0]" && comparison.summary.changed == 1 && comparison.summary.total == 4)
    #expect(comparison.summary.maxAbsolute == ChangeSummary.Extreme(value: 0.5, location: "[1, 0]"))
    #expect(comparison.numbers?.types == [.float32])
  }

  @Test func aStepOfAFloatIsNoise() throws {
    let values = (0..<50).map { Float($0) * 0.37 + 0.1 }
    let other = values.map { $0.nextUp }
    let comparison = try compare(floats(values), floats(other))
    #expect(comparison.drift.kind == .noise && comparison.summary.maxULP?.value == 1)
  }

  @Test func oneDeletedRowIsOneChange() throws {
    let values = (0..<300).map { Double($0) * 1.37 + 0.1 }
    var other = values.map { $0 * (1 + 1e-9) }
    other.removeSubrange(30..<33)
    let comparison = try compare(array(values, "<f8", "(100, 3)"), array(other, "<f8", "(99, 3)"))
    #expect(comparison.summary.removed == 1 && comparison.summary.added == 0)
    #expect(comparison.summary.changed == 297 && (comparison.summary.maxRelative?.value ?? 1) < 1e-8)
    #expect(comparison.drift.kinds == [.shape, .factor])
    #expect(comparison.drift.proof == "shape (100, 3) → (99, 3); 297 of 297 numbers multiplied by 1 + 1e-9")
  }

  @Test func rowsThatMovedAreNamed() throws {
    let values = (0..<100).map { Double($0 * 37 % 101) + 0.5 }
    let shifted = [7.25] + values.dropLast()
    #expect(
      try compare(array(values, "<f8", "(100,)"), array(shifted, "<f8", "(100,)")).drift
        == Drift(.shift, "the rows are the same, 1 row further down"))
    let other = Array(values.reversed())
    let comparison = try compare(array(values, "<f8", "(100,)"), array(other, "<f8", "(100,)"))
    #expect(comparison.drift.kind == .permutation, "\(comparison.drift)")
  }

  @Test func aDifferenceIsFoundInItsRow() throws {
    let other = array([1, 2, 3, 4, 9, 6], "<f8", "(3, 2)")
    let comparison = try compare(array([1, 2, 3, 4, 5, 6], "<f8", "(3, 2)"), other)
    #expect(comparison.numbers?.indices == [2] && comparison.summary.worst == "[2, 0]")
  }

  @Test func theWorstIsTheNumberThatWasLost() throws {
    let comparison = try compare(array([1, 2, 3, 4], "<f8", "(4,)"), array([1, 2.5, .nan, 4], "<f8", "(4,)"))
    #expect(comparison.summary.first == "[1]" && comparison.summary.worst == "[2]")
    #expect(comparison.summary.lost.nan == 1 && comparison.remaining(under: Tolerance(absolute: 1)) == 1)
  }

  @Test func keysAndRulesNameFields() throws {
    let (left, right) = (records([(1, 0.5), (2, 1.5), (3, 2.5)]), records([(3, 2.5), (1, 0.5), (2, 9)]))
    var options = ComparisonOptions()
    options.keys = ["id"]
    let keyed = try NPY().compare(left, right, options)
    #expect(keyed.summary.moved == 1 && keyed.summary.changed == 1 && keyed.summary.removed == 0)
    options.keys = ["none"]
    #expect(try NPY().compare(left, right, options).remarks.contains { $0.contains("is called none") })
    options.keys = []
    options.ignore = [try IgnoreRule("column:v")]
    let other = records([(1, 7), (2, 1.5), (3, 2.5)])
    let comparison = GoldenKinds.compare(left, other, name: "a.npy", options: options)
    #expect(!comparison.differs && comparison.drift.kind == .setAside)
  }

  private func records(_ rows: [(Int64, Double)]) -> [UInt8] {
    let bytes = rows.flatMap { row in
      withUnsafeBytes(of: row.0.littleEndian) { Array($0) }
        + withUnsafeBytes(of: row.1.bitPattern.littleEndian) { Array($0) }
    }
    let header = "{'descr': [('id', '<i8'), ('v', '<f8')], 'fortran_order': False, 'shape': (\(rows.count),), }\n"
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8) + bytes
  }

  @Test func flippedLabelsAreNoPermutation() throws {
    let labels = (0..<40).map { Double($0 * $0 % 11 < 4 ? 1 : 0) }
    #expect(
      try compare(array(labels, "<f8", "(40,)"), array(labels.reversed(), "<f8", "(40,)")).drift.kind == .real)
  }

  @Test func structureIsSaid() throws {
    let comparison = try compare(array([1, 2, 3, 4], "<f4", "(4,)"), array([1, 2, 3, 4], "<f8", "(2, 2)"))
    #expect(comparison.summary.structure == ["dtype <f4 → <f8", "shape (4,) → (2, 2)"])
    #expect(comparison.drift.kind == .shape && comparison.differs)
  }

  @Test func arraysThatVanishAreSaid() throws {
    let comparison = try NPZ().compare(fixture("two.npz"), fixture("one.npz"), ComparisonOptions())
    #expect(comparison.summary.structure == ["array b vanished"] && comparison.drift.kind == .shape)
    #expect(!(try NPZ().compare(fixture("two.npz"), fixture("stored.npz"), ComparisonOptions()).differs))
  }

  @Test(
    arguments: [
      "(-1,)", "(9223372036854775807, 9223372036854775807)", "(5,)", "(3,)", "(1000000000000,)", "(4, 'a')", "4",
    ])
  func shapesThatLieAreRefused(_ shape: String) {
    let bytes = array([1, 2, 3, 4], "<f8", shape)
    #expect(throws: GoldenError.self) { try compare(bytes, bytes) }
  }

  @Test(arguments: ["|V8", "<f16", "<c32", "<U0", "zz", "", "<f3", "|S-4"])
  func typesThatAreNotReadAreRefused(_ type: String) {
    let bytes = array([1], type, "(1,)")
    #expect(throws: GoldenError.self) { try compare(bytes, bytes) }
  }

  private func compare(_ expected: [UInt8], _ actual: [UInt8]) throws -> Comparison {
    try NPY().compare(expected, actual, ComparisonOptions())
  }

  private func fixture(_ name: String) -> [UInt8] { NumPyFixture.bytes(name) }

  private func cells(_ name: String) throws -> [String] {
    let bytes = fixture(name)
    guard case .tables(let tables) = try compare(bytes, bytes).body, let table = tables.first else { return [] }
    return (0..<table.alignment.count).compactMap { index in
      guard let row = table.alignment.row(at: index) else { return nil }
      return ([table.label(of: row)] + table.cells(of: row).map { $0.actual ?? "-" }).joined(separator: " ")
    }
  }

  private func array(_ values: [Double], _ type: String, _ shape: String) -> [UInt8] {
    let bytes = values.flatMap { value -> [UInt8] in
      type == "<f4"
        ? withUnsafeBytes(of: Float(value).bitPattern.littleEndian) { Array($0) }
        : withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) }
    }
    return NumPyFixture.file(bytes, type, shape)
  }

  private func floats(_ values: [Float]) -> [UInt8] {
    array(values.map(Double.init), "<f4", "(\(values.count),)")
  }
}

/// Files as NumPy writes them.
enum NumPyFixture {
  static func bytes(_ name: String) -> [UInt8] {
    Files.bytes(Files.fixtures().replacing("/Arrays/", with: "/") + "/numpy/" + name)
  }

  static func file(_ content: [UInt8], _ type: String, _ shape: String) -> [UInt8] {
    let header = Array("{'descr': '\(type)', 'fortran_order': False, 'shape': \(shape), }\n".utf8)
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.count & 255), UInt8(header.count >> 8)] + header + content
  }
}
