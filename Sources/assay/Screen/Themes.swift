internal import Foundation
internal import TerminalKit
internal import Workspace

/// The themes a person can choose from: the built-in ones, and their own in `$XDG_CONFIG_HOME/assay/themes/`.
struct Themes {
  private(set) var set = ThemeSet.builtIn
  /// The files that could not be read, a sentence each.
  private(set) var problems: [String] = []

  init(directories: Directories) {
    let folder = directories.configuration + "/themes"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for name in names.sorted().prefix(200) where name.hasSuffix(".yaml") {
      let path = folder + "/" + name
      do throws(ConfigurationError) {
        if let text = try TextFile.read(path, shownAs: path) { set.add(file: path, text: text) }
      } catch {
        problems.append("could not read the theme: \(error)")
      }
    }
  }
}
