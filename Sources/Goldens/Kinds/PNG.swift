internal import CPNG
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

/// Decodes a PNG through libpng's simplified interface into 8 bits a channel.
enum PNGReader {
  /// The picture; its size is checked before memory is taken.
  static func read(_ bytes: [UInt8], _ limits: GoldenLimits) throws(GoldenError) -> ImageComparison.Raster {
    try bytes.withUnsafeBufferPointer { buffer throws(GoldenError) in
      var image = png_image()
      defer { png_image_free(&image) }
      try begin(&image, buffer, limits)
      image.format = UInt32(PNG_FORMAT_FLAG_COLOR | PNG_FORMAT_FLAG_ALPHA)
      let (width, height) = (Int(image.width), Int(image.height))
      var pixels = [UInt8](repeating: 0, count: 4 * width * height)
      let isRead = pixels.withUnsafeMutableBytes {
        png_image_finish_read(&image, nil, $0.baseAddress, png_int_32(4 * width), nil)
      }
      guard isRead != 0 else { throw .malformed(words(image)) }
      return ImageComparison.Raster(width: width, height: height, pixels: pixels)
    }
  }

  /// Whether a picture has 16 bits a channel, by its header.
  static func isDeep(_ bytes: [UInt8]) -> Bool { bytes.count > 24 && bytes[24] == 16 }

  /// The chunks that pixels come from, as they are packed: for pictures whose depth is not shown, the same bytes are
  /// the only proof of the same pixels (libpng's simplified interface rounds on its way to linear light).
  static func packedPixels(_ bytes: [UInt8]) -> [UInt8] {
    var packed: [UInt8] = []
    var place = 8
    while place + 12 <= bytes.count {
      let length = bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
      guard length <= bytes.count - place - 12 else { break }
      // Chunks that colours depend on; texts and dates are left out.
      let isText = bytes[place + 4] & 0x20 != 0 && !bytes[place + 4..<place + 8].elementsEqual("tRNS".utf8)
      if !isText { packed += bytes[place + 8..<place + 8 + length] }
      place += length + 12
    }
    return packed
  }

  private static func begin(
    _ image: inout png_image, _ buffer: UnsafeBufferPointer<UInt8>, _ limits: GoldenLimits
  ) throws(GoldenError) {
    image.version = UInt32(PNG_IMAGE_VERSION)
    guard png_image_begin_read_from_memory(&image, buffer.baseAddress, buffer.count) != 0 else {
      throw .malformed(words(image))
    }
    let pixels = Int(image.width) * Int(image.height)
    guard pixels <= limits.pixels else {
      throw .limit("\(image.width) × \(image.height) pixels, more than \(limits.pixels) (limit)")
    }
    // Whoever writes 16 bits writes them as they write 8.
    image.flags |= UInt32(PNG_IMAGE_FLAG_16BIT_sRGB)
  }

  /// What libpng says, in ASCII.
  private static func words(_ image: png_image) -> String {
    let words = withUnsafeBytes(of: image.message) { bytes in
      String(decoding: bytes.prefix { $0 >= 0x20 && $0 < 0x7F }, as: UTF8.self)
    }
    return words.isEmpty ? "it is no PNG" : words
  }
}
