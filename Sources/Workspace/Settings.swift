/// The person's own settings, `$XDG_CONFIG_HOME/assay/config.yaml`.
package struct Settings: Sendable, Equatable {
  /// The name of a theme.
  package var theme: String?
  /// `auto`, `256`, `16`, `mono` or `truecolor`.
  package var color: String?
  /// The editor as a command line: `code --goto {file}:{line}`.
  package var editor: String?
  /// The command that opens an address of the web or a picture, which is added to it: `xdg-open`.
  package var opener: String?
  /// Whether the mouse is taken from the terminal from the start.
  package var mouse = false
  /// Whether ornaments keep to ASCII.
  package var ascii = false
  /// Whose hosts of CI are whose, and who may be asked for tokens.
  package var ci = OwnCISettings()
  /// Keys that mean nothing, a sentence each.
  package var warnings: [String] = []

  /// The settings of somebody who has written none.
  package init() {}

  /// Reads the settings in the person's configuration folder; without a file they are the standard ones.
  package init(directories: Directories) throws(ConfigurationError) {
    let file = directories.configuration + "/config.yaml"
    try self.init(text: TextFile.read(file, shownAs: file) ?? "", file: file)
  }

  /// Reads settings from the text of a file.
  package init(text: String, file: String) throws(ConfigurationError) {
    let reader = YAMLReader(file: file)
    for entry in try reader.entries(YAMLDocument.read(text, file: file)) {
      switch entry.key {
      case "theme": theme = try reader.text(entry.value, key: entry.key)
      case "color", "colour": color = try readColor(entry, reader)
      case "editor": editor = try reader.text(entry.value, key: entry.key)
      case "opener": opener = try reader.text(entry.value, key: entry.key)
      case "ci": ci = try OwnCISettings(entry.value, reader)
      case "mouse": mouse = try reader.flag(entry.value, key: entry.key)
      case "ascii": ascii = try reader.flag(entry.value, key: entry.key)
      default: warnings.append(reader.unknown(entry))
      }
    }
  }

  private func readColor(_ entry: YAMLNode.Entry, _ reader: YAMLReader) throws(ConfigurationError) -> String {
    let value = try reader.text(entry.value, key: entry.key)
    guard ["auto", "256", "16", "mono", "truecolor"].contains(value) else {
      throw reader.error(entry.value, entry.key, "auto, 256, 16, mono or truecolor")
    }
    return value
  }
}
