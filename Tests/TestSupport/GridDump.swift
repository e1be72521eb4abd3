package import TerminalKit

/// A screen as text that a person can review: its characters, then a letter a cell for how it looks, then the letters.
package enum GridDump {
  /// The dump of a screen under a theme, at a colour level.
  package static func text(_ grid: Grid, theme: Theme, level: ColorLevel) -> String {
    var names: [Look: Character] = [:]
    var legend: [String] = []
    var looks: [String] = []
    for y in 0..<grid.size.height {
      var row = ""
      for x in 0..<grid.size.width {
        let look = theme.look(grid[x, y].style, at: level)
        if names[look] == nil {
          let letter = letter(names.count)
          names[look] = letter
          legend.append("\(letter) = \(words(look))")
        }
        row.append(names[look] ?? "?")
      }
      looks.append(row)
    }
    let cursor = grid.cursor.map { "cursor \($0.x),\($0.y)" } ?? "no cursor"
    let edge = String(repeating: "-", count: grid.size.width)
    return (grid.lines + [edge] + looks + [edge] + legend + [cursor]).joined(separator: "\n") + "\n"
  }

  private static func letter(_ index: Int) -> Character {
    index == 0 ? "." : Character(Unicode.Scalar(UInt8(index < 27 ? 0x60 + index : 0x40 + (index - 26) % 26)))
  }

  private static func words(_ look: Look) -> String {
    let attributes: [(Style.Attributes, String)] = [
      (.bold, "bold"), (.dim, "dim"), (.italic, "italic"), (.underline, "underline"), (.reverse, "reverse"),
    ]
    let names = attributes.filter { look.attributes.contains($0.0) }.map(\.1)
    return (["\(word(look.foreground)) on \(word(look.background))"] + names).joined(separator: " ")
  }

  private static func word(_ color: Color) -> String {
    switch color {
    case .standard: "default"
    case .palette(let index): "\(index)"
    case .rgb(let red, let green, let blue): "rgb(\(red),\(green),\(blue))"
    }
  }
}
