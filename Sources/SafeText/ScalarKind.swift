/// What assay does with a Unicode scalar when it draws it.
package enum ScalarKind: UInt32, Sendable {
  /// Joins the character before it and takes no column.
  case combining = 0
  /// One column.
  case narrow = 1
  /// Two columns.
  case wide = 2
  /// A Hangul vowel or final: no column after a Hangul scalar, nothing of its own elsewhere.
  case jamo = 3
  /// Invisible, unassigned, or able to change what stands around it: drawn only as a visible mark.
  case hidden = 4

  /// The kind of a scalar, by `WidthTable`.
  package init(_ scalar: Unicode.Scalar) {
    let value = scalar.value
    if value < 0x7F {
      self = value < 0x20 ? .hidden : .narrow
    } else if value < 0xA1 {
      self = .hidden
    } else if value < 0x300, value != 0xAD {
      self = .narrow
    } else {
      self = WidthTable.kind(of: value)
    }
  }
}

extension WidthTable {
  /// Finds the run that a scalar from U+0080 on lies in.
  static func kind(of value: UInt32) -> ScalarKind {
    var low = 0
    var high = runs.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if runs[middle] >> 3 <= value { low = middle } else { high = middle }
    }
    return ScalarKind(rawValue: runs[low] & 7) ?? .hidden
  }
}
