internal import TriageModel

/// A picture, compared pixel by pixel.
struct PNG: GoldenKind {
  let id = "png"
  let title = "PNG"

  /// By the first bytes.
  func claims(name: String, head: ArraySlice<UInt8>) -> Bool {
    head.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
  }

  func compare(
    _ expected: [UInt8], _ actual: [UInt8], _ options: ComparisonOptions
  ) throws(GoldenError) -> Comparison {
    let sides = try BothSides.read(expected, actual) { bytes throws(GoldenError) in
      try PNGReader.read(bytes, options.limits)
    }
    let judge = ImageJudge(sides.expected, sides.actual)
    var comparison = Comparison(kind: id, body: .image(judge.comparison))
    comparison.summary = judge.summary
    comparison.drift = judge.drift
    comparison.intolerable = judge.comparison.changedPixels
    comparison.remarks = judge.remarks
    if judge.comparison.changedPixels == 0, PNGReader.isDeep(expected) || PNGReader.isDeep(actual) {
      if PNGReader.packedPixels(expected) != PNGReader.packedPixels(actual) {
        comparison.drift = Drift(.real, "the upper 8 of 16 bits are the same, and the pixels are packed differently")
        comparison.intolerable = 1
        comparison.remarks = ["Of 16 bits a channel the lower 8 are not compared, and they may differ."]
      }
    }
    return comparison
  }
}
