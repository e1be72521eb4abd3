internal import CBundled

/// The themes there are: the built-in ones, and a person's own.
package struct ThemeSet: Sendable {
  /// The theme that is used when nothing else is asked for, and when another is broken.
  package static let standardName = "terminal"

  private var files: [String: (name: String, text: String)] = [:]

  /// The built-in themes, from the texts of their files by file name (`dark.yaml`).
  package init(builtIn texts: [(file: String, text: String)]) {
    for item in texts { add(file: item.file, text: item.text) }
  }

  /// Adds a theme file; its name without `.yaml` is the theme's name, and hides a built-in theme of that name.
  package mutating func add(file: String, text: String) {
    let last = file.split(separator: "/").last.map(String.init) ?? file
    let name = last.hasSuffix(".yaml") ? String(last.dropLast(5)) : last
    // A person's own `dark` may inherit from the built-in one.
    if let hidden = files[name] { files["built-in/" + name] = hidden }
    files[name] = (file, text)
  }

  /// The names to choose from, in order.
  package var names: [String] { files.keys.filter { !$0.hasPrefix("built-in/") }.sorted() }

  /// The theme of a name.
  package func theme(_ name: String) throws(ThemeError) -> Theme {
    try theme(name, heirs: [])
  }

  /// The theme of a name, or the standard one and the reason.
  package func themeOrStandard(_ name: String) -> (theme: Theme, problem: ThemeError?) {
    do throws(ThemeError) {
      return (try theme(name), nil)
    } catch {
      return ((try? theme(Self.standardName)) ?? .plain, error)
    }
  }

  private func theme(_ name: String, heirs: [String]) throws(ThemeError) -> Theme {
    guard let (path, text) = files[name] else {
      throw ThemeError(file: name, line: nil, key: "", cause: .unknownTheme(name))
    }
    let file = try ThemeReader.read(text, file: path)
    guard let parentName = file.parent else { return file.theme(inheriting: nil) }
    let isOwn = parentName == name || heirs.contains(parentName)
    let source = isOwn ? "built-in/" + parentName : parentName
    guard files[source] != nil, !heirs.contains(source) else {
      throw ThemeError(file: path, line: nil, key: "inherits", cause: .unknownTheme(parentName))
    }
    return file.theme(inheriting: try theme(source, heirs: heirs + [name, source]))
  }
}

extension ThemeSet {
  /// The themes that travel in the binary: the files in `Themes/`.
  package static let builtIn = ThemeSet(
    builtIn: UnsafeBufferPointer(start: bundled_themes().files, count: bundled_themes().count).map { file in
      let bytes = UnsafeBufferPointer(start: file.bytes, count: file.length)
      return (file: String(cString: file.name), text: String(decoding: bytes, as: UTF8.self))
    })
}
