internal import Foundation
internal import TerminalKit
internal import Workspace

/// The themes a person can choose from: the built-in ones, and their own in `$XDG_CONFIG_HOME/assay/themes/`.
struct Themes {
  /// Bytes that are read of a theme file; themes are a few kilobytes.
  private static let longestFile = 1 << 18

  private(set) var set = ThemeSet.builtIn

  init(directories: Directories) {
    let folder = directories.configuration + "/themes"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for name in names.sorted().prefix(200) where name.hasSuffix(".yaml") {
      guard let text = Self.text(folder + "/" + name) else { continue }
      set.add(file: folder + "/" + name, text: text)
    }
  }

  private static func text(_ path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: longestFile)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes.prefix(count), as: UTF8.self)
  }
}
