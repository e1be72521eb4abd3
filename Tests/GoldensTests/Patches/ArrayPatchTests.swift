import Testing

@testable import Goldens

/// `apply(diff(a, b), a)` is `b`, for arrays and pictures that look random.
struct ArrayPatchTests {
  @Test func applyingTheDifferenceGivesTheOtherArray() throws {
    var random = Generator(seed: 31)
    for _ in 0..<300 {
      let width = Int(random.next() % 3) + 1
      let before = (0..<Int(random.next() % 12) + 1).map { _ in row(width, &random) }
      let after = changed(before, width, &random)
      if after.isEmpty { continue }
      let comparison = try NPY().compare(file(before), file(after), ComparisonOptions())
      guard case .tables(let tables) = comparison.body, let table = tables.first else { continue }
      let patch = try #require(ArrayPatch(table))
      #expect(patch.apply(to: before.map(texts)) == after.map(texts), "\(before) \(after)")
    }
  }

  @Test func applyingTheDifferenceGivesTheOtherPicture() {
    var random = Generator(seed: 32)
    for _ in 0..<100 {
      let before = picture(&random)
      var after = random.next() % 3 == 0 ? picture(&random) : before
      if random.next() % 2 == 0, !after.pixels.isEmpty {
        var pixels = after.pixels
        pixels[Int(random.next() % UInt64(pixels.count))] &+= 1
        after = ImageComparison.Raster(width: after.width, height: after.height, pixels: pixels)
      }
      let judge = ImageJudge(before, after)
      let patch = ImagePatch(judge.comparison)
      #expect(patch.apply(to: before) == after)
      let isSameSize = before.width == after.width && before.height == after.height
      if isSameSize { #expect(patch.pixels.count == judge.comparison.changedPixels) }
    }
  }

  private func row(_ width: Int, _ random: inout Generator) -> [Double] {
    // Few values, so that rows repeat.
    (0..<width).map { _ in [0, 1, 2.5, .nan, .infinity, -7.25].randomElement(using: &random) ?? 0 }
  }

  private func changed(_ rows: [[Double]], _ width: Int, _ random: inout Generator) -> [[Double]] {
    var rows = rows
    if random.next() % 3 == 0, !rows.isEmpty { rows.remove(at: Int(random.next() % UInt64(rows.count))) }
    if random.next() % 3 == 0 { rows.insert(row(width, &random), at: Int(random.next() % UInt64(rows.count + 1))) }
    if random.next() % 4 == 0 { rows.shuffle(using: &random) }
    for index in rows.indices where random.next() % 4 == 0 { rows[index][0] = row(1, &random)[0] }
    return rows
  }

  private func texts(_ row: [Double]) -> [String] { row.map { "\($0)" } }

  private func file(_ rows: [[Double]]) -> [UInt8] {
    let bytes = rows.flatMap { $0 }.flatMap { value in
      withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) }
    }
    return NumPyFixture.file(bytes, "<f8", "(\(rows.count), \(rows.first?.count ?? 1))")
  }

  private func picture(_ random: inout Generator) -> ImageComparison.Raster {
    let (width, height) = (Int(random.next() % 20) + 1, Int(random.next() % 20) + 1)
    let pixels = (0..<4 * width * height).map { _ in UInt8(truncatingIfNeeded: random.next() % 3) }
    return ImageComparison.Raster(width: width, height: height, pixels: pixels)
  }
}
