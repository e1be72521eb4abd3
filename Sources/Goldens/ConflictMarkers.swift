/// Finds what a merge leaves in a file whose sides nobody has chosen between.
package enum ConflictMarkers {
  /// The line, from 1, of the first marker that begins a conflict which is whole: three markers in their order.
  package static func firstLine(in bytes: [UInt8]) -> Int? {
    bytes.withUnsafeBytes { buffer in
      var start: (line: Int, isDivided: Bool)?
      var line = 1
      var place = 0
      while place < buffer.count {
        if begins(buffer, place, 0x3C) {
          start = (line, false)
        } else if begins(buffer, place, 0x3D), let open = start {
          start = (open.line, true)
        } else if begins(buffer, place, 0x3E), let open = start, open.isDivided {
          return open.line
        }
        while place < buffer.count, buffer[place] != 0x0A { place += 1 }
        place += 1
        line += 1
      }
      return nil
    }
  }

  /// Whether seven of a byte stand here, and then a blank or a line end.
  private static func begins(_ bytes: UnsafeRawBufferPointer, _ place: Int, _ byte: UInt8) -> Bool {
    guard bytes[place] == byte, bytes.count - place >= 7 else { return false }
    for offset in 1..<7 where bytes[place + offset] != byte { return false }
    return bytes.count - place == 7 || [0x20, 0x0A, 0x0D].contains(bytes[place + 7])
  }
}
