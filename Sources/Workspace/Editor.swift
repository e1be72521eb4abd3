internal import SafeText
internal import Foundation
package import TriageModel

/// The person's editor, as an argument vector for a file and a line; no shell ever sees it.
package struct Editor: Sendable, Equatable {
  private let words: [String]
  private let habit: Habit

  /// How an editor is told the line.
  private enum Habit: Sendable, Equatable {
    /// The words hold `{file}`.
    case template
    /// `+42 file`
    case plus
    /// `--goto file:42`
    case goto
    /// `file:42`
    case colon
    /// `--line 42 file`
    case lineOption
    /// It cannot be told.
    case fileOnly
  }

  private static let habits: [(Habit, Set<String>)] = [
    (
      .plus,
      [
        "vim", "vi", "nvim", "gvim", "mvim", "view", "ex", "elvis", "vis", "nano", "pico", "emacs", "emacsclient", "mg",
        "jed", "joe", "jmacs", "kak", "micro", "ne", "less", "most", "gedit", "pluma", "xed",
      ]
    ),
    (.goto, ["code", "code-insiders", "codium", "vscodium", "code-oss", "cursor", "windsurf", "positron"]),
    (.colon, ["hx", "helix", "subl", "sublime_text", "zed", "zeditor", "atom", "lite-xl"]),
    (
      .lineOption,
      ["kate", "mate", "idea", "pycharm", "pycharm-community", "clion", "goland", "webstorm", "rubymine", "phpstorm"]
    ),
  ]

  /// Editors that open their own window and leave the terminal alone.
  private static let windowed: Set<String> = [
    "gvim", "mvim", "gedit", "pluma", "xed", "subl", "sublime_text", "zed", "zeditor", "atom", "lite-xl", "kate",
    "mate",
    "idea", "pycharm", "pycharm-community", "clion", "goland", "webstorm", "rubymine", "phpstorm", "code",
    "code-insiders", "codium", "vscodium", "code-oss", "cursor", "windsurf", "positron",
  ]

  /// An editor from a setting (`nvim`, `code --wait`, `myedit -l {line} {file}`); nil when no words can be made of it.
  package init?(_ setting: String) {
    guard let words = CommandWords.split(setting), let program = words.first, !program.isEmpty else { return nil }
    self.words = words
    if words.contains(where: { $0.contains("{file}") }) {
      habit = .template
    } else {
      let name = Self.name(of: program)
      habit = Self.habits.first { $0.1.contains(name) }?.0 ?? .fileOnly
    }
  }

  /// The editor of the settings, else `$VISUAL`, else `$EDITOR`, else `vi`.
  package static func chosen(settings: Settings, environment: [String: String]) -> Editor? {
    for setting in [settings.editor, environment["VISUAL"], environment["EDITOR"], "vi"] {
      if let setting, let editor = Editor(setting) { return editor }
    }
    return nil
  }

  /// The program's name, for messages.
  package var name: String { Self.name(of: words[0]) }

  /// Whether the editor runs in the terminal, which must then be handed over to it.
  package var needsTerminal: Bool { !Self.windowed.contains(name) }

  /// The arguments that open a file at a line, counted from 1; the program comes first.
  package func arguments(file: String, line: Int?) -> [String] {
    let file = Self.harmless(file)
    guard let line, line > 0 else {
      return habit == .template ? fill(file: file, line: 1) : words + [file]
    }
    switch habit {
    case .template: return fill(file: file, line: line)
    case .plus: return words + ["+\(line)", file]
    case .goto:
      return words + (words.contains("--goto") || words.contains("-g") ? [] : ["--goto"]) + ["\(file):\(line)"]
    case .colon: return words + ["\(file):\(line)"]
    case .lineOption: return words + ["--line", String(line), file]
    case .fileOnly: return words + [file]
    }
  }

  /// The arguments that open a place a report names.
  ///
  /// Relative paths are relative to the repository and must stay in it; nil when they do not.
  package func arguments(for location: SourceLocation, in repositoryRoot: String) -> [String]? {
    if location.file.hasPrefix("/") { return arguments(file: location.file, line: location.line) }
    guard let relative = PathText.normal(location.file) else { return nil }
    return arguments(file: repositoryRoot + "/" + relative, line: location.line)
  }

  private func fill(file: String, line: Int) -> [String] {
    // Each word is filled in one pass, so that a file named `{line}` stays what it is.
    words.map { word in
      var result = ""
      var rest = Substring(word)
      while let open = rest.firstIndex(of: "{") {
        result += rest[..<open]
        rest = rest[open...]
        if rest.hasPrefix("{file}") {
          result += file
          rest = rest.dropFirst(6)
        } else if rest.hasPrefix("{line}") {
          result += String(line)
          rest = rest.dropFirst(6)
        } else {
          result += "{"
          rest = rest.dropFirst()
        }
      }
      return result + rest
    }
  }

  /// A path that no editor takes for an option.
  private static func harmless(_ file: String) -> String {
    file.hasPrefix("-") || file.hasPrefix("+") ? "./" + file : file
  }

  private static func name(of program: String) -> String {
    PathText.name(program)
  }
}

/// Splits a command line into words as a shell would, and does nothing else a shell does.
package enum CommandWords {
  /// The words of a line: quotes group, a backslash keeps the next character; nil when a quote is not closed.
  package static func split(_ line: String) -> [String]? {
    var words: [String] = []
    var word: String?
    var quote: Character?
    var isEscaped = false
    for character in line {
      if isEscaped {
        word = (word ?? "") + String(character)
        isEscaped = false
      } else if character == "\\", quote != "'" {
        isEscaped = true
      } else if let open = quote {
        if character == open { quote = nil } else { word = (word ?? "") + String(character) }
      } else if character == "'" || character == "\"" {
        quote = character
        word = word ?? ""
      } else if character.isWhitespace {
        if let word { words.append(word) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    if let word { words.append(word) }
    return quote == nil && !isEscaped ? words : nil
  }
}
