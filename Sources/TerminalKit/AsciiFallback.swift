/// What stands for a character on a terminal that shows only ASCII (`--ascii`).
package enum AsciiFallback {
  private static let table: [Character: Character] = {
    let rows: [(String, String)] = [
      ("─━═╌┄┈╴╶╸╺", "-"), ("│┃║╎┆┊╵╷", "|"), ("┌┐└┘├┤┬┴┼╭╮╰╯┏┓┗┛┣┫┳┻╋╔╗╚╝╠╣╦╩╬", "+"),
      ("▸▶►❯›→»", ">"), ("◂◀◄❮‹←«", "<"), ("▾▼↓", "v"), ("▴▲↑", "^"), ("✗✘×", "x"), ("✓✔", "+"), ("•●◆■", "*"),
      ("·∙", "."),
      ("○◌◇□◉", "o"), ("◷", "@"), ("…", "~"), ("⏎↵", "$"), ("–—−", "-"), ("‘’‚", "'"), ("“”„", "\""), ("≤", "<"),
      ("≥", ">"),
      ("±", "+"), ("≈≃", "~"), ("≠", "!"), ("⚠‼", "!"), ("▁", "_"), ("▂", "."), ("▃", ":"), ("▄", "-"), ("▅", "="),
      ("▆", "+"), ("▇", "#"), ("█▉▊▋▐▀", "#"), ("▌▍▎▏▕", "|"), ("░", "."), ("▒", ":"), ("▓", "#"), ("⊘∅", "0"),
      ("↻⟳", "@"), ("⠿⣿", "#"), ("⋯", "~"), ("⇥", ">"), ("⍽", "_"), ("◦", "o"), ("␍", "$"),
      ("Δ", "d"), ("σ", "s"), ("µμ", "u"),
    ]
    var table: [Character: Character] = [:]
    for (from, to) in rows {
      for character in from { table[character] = Character(to) }
    }
    return table
  }()

  /// The one-column ASCII character for a character; `?` where there is none.
  package static func character(for character: Character) -> Character {
    if character.isASCII { return character }
    if let known = table[character] { return known }
    // Control pictures: the letter that Control makes them with would mislead, so all read alike.
    return "?"
  }
}

extension Grid {
  /// The same screen in ASCII; wide characters become two of their marks.
  package var ascii: Grid {
    var grid = shaded
    for y in 0..<size.height {
      for x in 0..<size.width where !grid[x, y].character.isASCII || grid[x, y].width != 1 {
        let cell = grid[x, y]
        let source = cell.width == 0 && x > 0 ? self[x - 1, y].character : cell.character
        grid[x, y] = Cell(AsciiFallback.character(for: source), style: cell.style)
      }
    }
    return grid
  }
}
