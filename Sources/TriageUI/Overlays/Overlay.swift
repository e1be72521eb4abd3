import TerminalKit
import TriageMessages

/// What lies over a screen and takes its keys: a menu, a panel, a summary.
protocol Overlay: Sendable {
  /// Does what a key means; `close` takes it away.
  mutating func handle(_ key: Key, _ context: AppContext) -> [Reaction]
  /// Takes pasted text into what is typed in it; false when nothing is.
  mutating func paste(_ text: String) -> Bool
  /// Takes what concerns it of what the runtime says.
  mutating func take(_ event: Event) -> [Reaction]
  func draw(_ context: AppContext, on grid: inout Grid)
}

extension Overlay {
  mutating func paste(_ text: String) -> Bool { false }
  mutating func take(_ event: Event) -> [Reaction] { [] }
}

extension Menu: Overlay where Choice == Command {
  mutating func handle(_ key: Key, _ context: AppContext) -> [TriageUI.Reaction] {
    switch handle(key, height: listHeight(screen: context.size)) {
    case .stay, .ignored: []
    case .close: [.close]
    case .choose(let command): [.close, .perform(command)]
    }
  }

  mutating func paste(_ text: String) -> Bool {
    insert(text)
    return isTyped
  }

  func draw(_ context: AppContext, on grid: inout Grid) { draw(on: &grid) }
}
