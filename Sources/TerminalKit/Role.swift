/// What a piece of the screen means; a theme says how that looks.
///
/// The raw values are the keys of theme files. The fields follow the roles that lazygit, helix and delta converged on.
package enum Role: String, Sendable, CaseIterable {
  // The ground.
  case text
  case dim = "text.dim"
  case bright = "text.bright"
  case background
  case border
  case title
  case titleFocus = "title.focus"
  case key
  case link
  // Lists.
  case selection
  case selectionInactive = "selection.inactive"
  case mark
  case match
  case matchCurrent = "match.current"
  case header
  case count
  case scrollbar
  // Outcomes and verdicts.
  case fail
  case error
  case timeout
  case flaky
  case pass
  case skip
  case muted
  case new
  case running
  case stale
  // Comparing.
  case minus
  case minusEmphasis = "minus.emph"
  case plus
  case plusEmphasis = "plus.emph"
  case context
  case hunk
  case lineNumber = "line-number"
  case filler
  case control
  case truncated
  // Stacks and code.
  case frameOwn = "frame.own"
  case frameOther = "frame.other"
  case heading
  case code
  // Messages.
  case info
  case warning
  case danger
  case prompt
  case dialog
  case dialogBorder = "dialog.border"
  case status
}
