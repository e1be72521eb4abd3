/// What a team agreed on mutes, as its configuration says.
package struct MuteSettings: Sendable, Equatable {
  /// Days that a mute holds where nobody says until when.
  package var days = 14
  /// The most days that a mute may hold from today.
  package var mostDays = 90
  /// The most mutes of one owner; nil for any number.
  package var perOwner: Int?
  /// Passes in a row after which a mute asks to be removed, where the mute itself says nothing.
  package var passes = 50
  /// Labels, markers and parts of names that tell a contract test, whose failure blocks a release.
  package var contract = ["contract"]

  /// What holds where nothing was agreed.
  package init() {}
}
