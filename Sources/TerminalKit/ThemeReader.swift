internal import SafeText
internal import Yams

/// Reads a theme file: YAML with a palette and roles, every key known, every error with its place.
struct ThemeReader {
  /// The longest theme file.
  static let sizeLimit = 64 * 1024
  /// The most values a theme file may have, aliases counted each time.
  static let nodeLimit = 5000

  private let file: String
  private var palette: [String: ThemeColor] = [:]
  private var nodes = 0

  /// Reads a file's text.
  static func read(_ text: String, file: String) throws(ThemeError) -> ThemeFile {
    guard text.utf8.count <= sizeLimit else {
      throw ThemeError(file: file, line: nil, key: "", cause: .tooLarge(limit: sizeLimit))
    }
    var reader = ThemeReader(file: file)
    return try reader.themeFile(reader.compose(text))
  }

  private init(file: String) {
    self.file = file
  }

  private func compose(_ text: String) throws(ThemeError) -> Node {
    do {
      if let node = try Yams.compose(yaml: text) { return node }
      throw ThemeError(file: file, line: 1, key: "", cause: .wrongValue(expected: "name, palette, roles"))
    } catch let error as ThemeError {
      throw error
    } catch {
      throw Self.error(for: error, file: file)
    }
  }

  /// Yams' error as ours.
  private static func error(for error: any Error, file: String) -> ThemeError {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      ThemeError(file: file, line: mark.line, key: "", cause: .notYAML(problem))
    case .duplicatedKeysInMapping(let keys, let context):
      ThemeError(
        file: file, line: context.mark.line, key: keys.first ?? "", cause: .wrongValue(expected: "each key once"))
    default:
      ThemeError(file: file, line: nil, key: "", cause: .notYAML("cannot be decoded"))
    }
  }

  private func error(_ node: Node?, _ key: String, _ cause: ThemeError.Cause) -> ThemeError {
    ThemeError(file: file, line: node?.mark?.line, key: key, cause: cause)
  }

  private mutating func themeFile(_ root: Node) throws(ThemeError) -> ThemeFile {
    var result = ThemeFile(name: "")
    var roles: Node?
    for (key, node) in try pairs(root, "") {
      switch key {
      case "name": result.name = try word(node, key)
      case "ground":
        guard let ground = Theme.Ground(rawValue: try word(node, key)) else {
          throw error(node, key, .wrongValue(expected: "any, dark or light"))
        }
        result.ground = ground
      case "inherits": result.parent = try word(node, key)
      case "palette": try readPalette(node)
      case "roles": roles = node
      default: throw error(node, key, .unknownKey)
      }
    }
    guard !result.name.isEmpty else { throw error(root, "name", .missing) }
    if let roles { result.roles = try readRoles(roles) }
    return result
  }

  private mutating func readPalette(_ node: Node) throws(ThemeError) {
    for (name, value) in try pairs(node, "palette") {
      let key = "palette." + name
      guard Color(word: name) == nil else { throw error(value, key, .wrongValue(expected: "a name that is no colour")) }
      palette[name] = try paletteColor(value, key)
    }
  }

  /// One colour, or a list of two or three: true colour, 256 colours, 16 colours.
  private mutating func paletteColor(_ node: Node, _ key: String) throws(ThemeError) -> ThemeColor {
    guard case .sequence(let list) = node else { return ThemeColor(full: try plainColor(node, key)) }
    var colors: [Color] = []
    for item in list { colors.append(try plainColor(item, key)) }
    guard let first = colors.first, colors.count <= 3 else {
      throw error(node, key, .wrongValue(expected: "one to three colours"))
    }
    return ThemeColor(
      full: first, palette256: colors.count > 1 ? colors[1] : nil, sixteen: colors.count > 2 ? colors[2] : nil)
  }

  private mutating func plainColor(_ node: Node, _ key: String) throws(ThemeError) -> Color {
    guard let color = Color(word: try word(node, key)) else {
      throw error(node, key, .wrongValue(expected: ThemeColor.expectation))
    }
    return color
  }

  private mutating func readRoles(_ node: Node) throws(ThemeError) -> [Role: ThemeFile.RoleEntry] {
    var roles: [Role: ThemeFile.RoleEntry] = [:]
    for (name, value) in try pairs(node, "roles") {
      guard let role = Role(rawValue: name) else { throw error(value, "roles." + name, .unknownRole) }
      roles[role] = try roleEntry(value, "roles." + name)
    }
    return roles
  }

  private mutating func roleEntry(_ node: Node, _ path: String) throws(ThemeError) -> ThemeFile.RoleEntry {
    var result = ThemeFile.RoleEntry()
    for (name, value) in try pairs(node, path) {
      let key = path + "." + name
      switch name {
      case "c256": result.overrides[.palette256] = try entry(value, key)
      case "c16": result.overrides[.sixteen] = try entry(value, key)
      case "mono": result.overrides[.mono] = try entry(value, key)
      default: try read(name, value, key, into: &result.base)
      }
    }
    return result
  }

  private mutating func entry(_ node: Node, _ path: String) throws(ThemeError) -> ThemeFile.Entry {
    var result = ThemeFile.Entry()
    for (name, value) in try pairs(node, path) { try read(name, value, path + "." + name, into: &result) }
    return result
  }

  private mutating func read(
    _ name: String, _ node: Node, _ key: String, into entry: inout ThemeFile.Entry
  ) throws(ThemeError) {
    switch name {
    case "fg": entry.foreground = try color(node, key)
    case "bg": entry.background = try color(node, key)
    case "ink": entry.ink = try color(node, key)
    case "attrs": entry.attributes = try attributes(node, key)
    default: throw error(node, key, .unknownKey)
    }
  }

  private mutating func color(_ node: Node, _ key: String) throws(ThemeError) -> ThemeColor {
    let name = try word(node, key)
    if let named = palette[name] { return named }
    guard let color = Color(word: name) else { throw error(node, key, .wrongValue(expected: ThemeColor.expectation)) }
    return ThemeColor(full: color)
  }

  private mutating func attributes(_ node: Node, _ key: String) throws(ThemeError) -> Style.Attributes {
    let all: [String: Style.Attributes] = [
      "bold": .bold, "dim": .dim, "underline": .underline, "reverse": .reverse, "italic": .italic,
    ]
    let expected = "a list of bold, dim, underline, reverse, italic"
    guard case .sequence(let list) = node else { throw error(node, key, .wrongValue(expected: expected)) }
    var result: Style.Attributes = []
    for item in list {
      guard let attribute = all[try word(item, key)] else { throw error(item, key, .wrongValue(expected: expected)) }
      result.formUnion(attribute)
    }
    return result
  }

  /// The keys and values of a mapping.
  private mutating func pairs(_ node: Node, _ key: String) throws(ThemeError) -> [(String, Node)] {
    guard case .mapping(let mapping) = node else { throw error(node, key, .wrongValue(expected: "keys and values")) }
    var result: [(String, Node)] = []
    for (name, value) in mapping { result.append((try word(name, key), value)) }
    return result
  }

  private mutating func word(_ node: Node, _ key: String) throws(ThemeError) -> String {
    nodes += 1
    guard nodes <= Self.nodeLimit else { throw error(node, key, .tooManyNodes(limit: Self.nodeLimit)) }
    guard case .scalar(let scalar) = node else { throw error(node, key, .wrongValue(expected: "one word")) }
    return scalar.string
  }
}

/// Why a theme file was refused: the file, the line, the key, and what is wrong with it.
package struct ThemeError: Error, Equatable, CustomStringConvertible {
  /// What can be wrong.
  package enum Cause: Equatable, Sendable {
    case notYAML(String)
    case tooLarge(limit: Int)
    case tooManyNodes(limit: Int)
    case missing
    case unknownKey
    case unknownRole
    case unknownTheme(String)
    /// A value that is not what the key takes; `expected` says what it takes.
    case wrongValue(expected: String)
  }

  /// The file, as it is shown.
  package var file: String
  /// The line, from 1; nil where the file as a whole is meant.
  package var line: Int?
  /// The path of keys, parted by dots: `roles.fail.fg`.
  package var key: String
  /// What is wrong.
  package var cause: Cause

  /// `FILE:LINE: KEY: what is wrong`.
  package var description: String {
    let place = Sanitizer.line(file) + (line.map { ":\($0)" } ?? "")
    let subject = key.isEmpty ? "" : " \(Sanitizer.line(key, limit: 200)):"
    return place + ":" + subject + " " + reason
  }

  private var reason: String {
    switch cause {
    case .notYAML(let problem): "not YAML: \(Sanitizer.line(problem, limit: 300))"
    case .tooLarge(let limit): "longer than \(limit) bytes"
    case .tooManyNodes(let limit): "more than \(limit) values"
    case .missing: "missing"
    case .unknownKey: "unknown key"
    case .unknownRole: "unknown role"
    case .unknownTheme(let name): "unknown theme \(Sanitizer.line(name, limit: 80))"
    case .wrongValue(let expected): "expected \(expected)"
    }
  }
}
