package import TriageModel

/// A filter of mutes.
package typealias MuteFilter = ItemFilter<MuteFields>

/// Which mutes are shown, and in what order.
package typealias MuteQuery = ItemQuery<MuteOrder>

/// What can be asked of mutes.
package enum MuteFields: FilteredKind {
  /// A mute with what became of it.
  package typealias Item = MuteRecord
  package static let title = "mutes"
  package static let use = "`assay mutes --filter`, `/` on the Mutes screen"

  package static let words = FilterField<Self>.text(
    "", "what is muted, the ticket, the reason, the owner or the author has it, or it stands so"
  ) { row in
    [row.mute.subject, row.mute.ticket, row.mute.reason, row.mute.owner, row.mute.author]
  }

  package static let fields: [FilterField<Self>] = [
    .choice(
      "state", "it stands so; the words say it without the field too", of: MuteRecord.State.self, isAlsoPlain: true
    ) {
      $1.contains($0.state)
    },
    .text("test", "the test or the pattern that is muted has it") { [$0.mute.scope.text] },
    .text("ticket", "the ticket has it") { [$0.mute.ticket] },
    .text("reason", "the reason has it") { [$0.mute.reason] },
    .optional("owner", "the owner has it; `owner:none` where none is named") { row, _ in row.mute.owner },
    .optional("author", "who muted has it; `author:none` where that is not written") { row, _ in row.mute.author },
  ]
}

/// What mutes are sorted by; they come with the most urgent first.
package enum MuteOrder: String, ItemOrder {
  /// Mutes.
  package typealias Kind = MuteFields
  case state
  case expires
  case name

  /// What a menu calls it.
  package var title: String {
    switch self {
    case .state: "state, the most urgent first"
    case .expires: "last day, the next first"
    case .name: "name"
    }
  }

  /// Sorts positions of mutes.
  package func sorted(_ positions: [Int], of rows: [MuteRecord]) -> [Int] {
    switch self {
    case .state: positions
    case .expires: positions.ranked { rows[$0].mute.expires }
    case .name: positions.ranked { rows[$0].mute.scope.text }
    }
  }
}
