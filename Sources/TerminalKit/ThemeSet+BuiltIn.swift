internal import CBundled

extension ThemeSet {
  /// The themes that travel in the binary: the files in `Themes/`.
  package static let builtIn = ThemeSet(
    builtIn: (0..<bundled_theme_count()).map { index in
      let file = bundled_theme(index)
      let bytes = UnsafeBufferPointer(start: file.bytes, count: file.length)
      return (file: String(cString: file.name), text: String(decoding: bytes, as: UTF8.self))
    })
}
