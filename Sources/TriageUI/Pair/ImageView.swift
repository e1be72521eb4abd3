import Goldens
import SafeText
import TerminalKit
import TriageModel

/// Two pictures in half blocks beside one another, or the difference of both.
struct ImageView {
  let image: ImageComparison
  let showsDifference: Bool

  func draw(in rect: Rect, on grid: inout Grid) {
  }
}
