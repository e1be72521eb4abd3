/// Makes UTF-8 of a broken document's bytes, as far as that can be done before its markup is known.
struct XMLDecoder {
  private enum Form { case unknown, ascii, utf16(isBig: Bool) }

  private var form = Form.unknown
  private var pending: [UInt8] = []

  /// What the high bytes of the decoded document are, from its declaration.
  private(set) var highBytes = XMLText.HighBytes.utf8

  /// Appends the decoded bytes of a block.
  mutating func append(_ bytes: UnsafeRawBufferPointer, to output: inout [UInt8]) {
    var block = bytes
    if case .unknown = form {
      let skipped = detect(bytes)
      block = UnsafeRawBufferPointer(rebasing: bytes[skipped...])
    }
    if case .utf16(let isBig) = form {
      appendUTF16(block, isBig, &output)
    } else {
      output.append(contentsOf: block)
    }
  }

  /// Decides the form and returns the length of the byte order mark.
  private mutating func detect(_ bytes: UnsafeRawBufferPointer) -> Int {
    let head = Array(bytes.prefix(4))
    if head.starts(with: [0xFF, 0xFE]) {
      form = .utf16(isBig: false)
      return 2
    }
    if head.starts(with: [0xFE, 0xFF]) {
      form = .utf16(isBig: true)
      return 2
    }
    if head.starts(with: [0x3C, 0x00]) || head.starts(with: [0x00, 0x3C]) {
      form = .utf16(isBig: head[0] == 0)
      return 0
    }
    form = .ascii
    if head.starts(with: [0xEF, 0xBB, 0xBF]) { return 3 }
    highBytes = Self.declared(bytes)
    return 0
  }

  private mutating func appendUTF16(_ bytes: UnsafeRawBufferPointer, _ isBig: Bool, _ output: inout [UInt8]) {
    let all = pending + bytes
    var units: [UInt16] = []
    units.reserveCapacity(all.count / 2)
    var index = 0
    while index + 1 < all.count {
      let (first, second) = (UInt16(all[index]), UInt16(all[index + 1]))
      units.append(isBig ? first << 8 | second : second << 8 | first)
      index += 2
    }
    if let last = units.last, last & 0xFC00 == 0xD800 {
      units.removeLast()
      index -= 2
    }
    pending = Array(all[index...].prefix(3))
    output.append(contentsOf: String(decoding: units, as: UTF16.self).utf8)
  }

  /// Single-byte encodings by their declared names; everything else is taken for UTF-8.
  private static func declared(_ bytes: UnsafeRawBufferPointer) -> XMLText.HighBytes {
    let head = bytes.prefix(1024).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    let name = head.withUnsafeBytes { head -> String in
      guard let start = XMLBytes.range(of: "<?xml", in: head) else { return "" }
      let declaration = UnsafeRawBufferPointer(rebasing: head[start...])
      guard let end = XMLBytes.range(of: "?>", in: declaration),
        let label = XMLBytes.range(of: "encoding", in: declaration), label < end
      else { return "" }
      let value = String(decoding: declaration[(label + 8)..<end], as: UTF8.self)
      return String(value.drop { " =\"'\n\t".contains($0) }.prefix { !"\"' ".contains($0) })
    }
    let isSingleByte = name.hasPrefix("iso-8859-") || name.hasPrefix("windows-125") || name == "latin1"
    return isSingleByte ? .windows1252 : .utf8
  }
}
