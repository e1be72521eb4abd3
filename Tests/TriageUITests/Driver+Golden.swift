import TerminalKit
import TestSupport
import Testing

@testable import TriageUI

extension Driver {
  /// Compares the screen, as a colour level shows it, with its golden: named by the screen, its size and the level.
  func check(_ name: String, level: ColorLevel = .palette256) throws {
    let theme = try ThemeSet.builtIn.theme("terminal")
    let dump = GridDump.text(App.draw(state), theme: theme, level: level)
    let file = "\(name)-\(state.context.size.width)x\(state.context.size.height)-\(level == .mono ? "mono" : "256")"
    if let difference = Golden.difference(dump, named: file, file: #filePath) { Issue.record("\(difference)") }
  }
}
