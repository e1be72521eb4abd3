@testable import Goldens

/// The edits that make the actual tree of the expected one, read off the rows that a person sees: what the rows leave
/// out, the patch leaves out too.
struct TreePatch: Sendable {
  /// One edit; those of a container's inside follow it, one level deeper.
  struct Edit: Sendable {
    enum Action: Sendable {
      /// So many values stay.
      case keep(Int)
      /// The value stays but for the edits that follow.
      case change
      case replace(TreeValue)
      case remove
      /// A value comes; in an object under a key.
      case insert(TreeValue, key: [UInt8])
    }

    var depth: Int
    var action: Action
    /// Where the value stands afterwards, when that is elsewhere.
    var destination: Int?
  }

  let edits: [Edit]

  init(_ rows: TreeEntries) {
    edits = rows.entries.map { entry in
      Edit(
        depth: Int(entry.depth), action: Self.action(entry, rows),
        destination: entry.isMoved ? Int(entry.actualPosition) : nil)
    }
  }

  private static func action(_ entry: TreeEntry, _ rows: TreeEntries) -> Edit.Action {
    if entry.folded > 0 { return .keep(Int(entry.folded)) }
    if entry.isBranch { return .change }
    switch entry.kind {
    case .removed, .movedAway: return .remove
    case .equal, .movedHere: return .keep(1)
    case .tolerated, .changed: return .replace(TreeValue(rows.actual, Int(entry.actual)))
    case .added:
      let key = rows.actual.withView { TreeWalk.name($0.key(Int(entry.actual))) }
      return .insert(TreeValue(rows.actual, Int(entry.actual)), key: key)
    }
  }

  /// The edited value; nil when the edits do not fit it.
  func apply(to value: TreeValue) -> TreeValue? {
    var next = 0
    if edits.isEmpty { return value }
    let result = applied(to: value, &next)
    return next == edits.count ? result : nil
  }

  private func applied(to value: TreeValue, _ next: inout Int) -> TreeValue? {
    guard next < edits.count else { return nil }
    let edit = edits[next]
    next += 1
    switch edit.action {
    case .keep: return value
    case .replace(let other): return other
    case .remove, .insert: return nil
    case .change:
      switch value {
      case .scalar: return nil
      case .object(let members): return object(members, edit.depth + 1, &next)
      case .array(let values):
        let members = values.map { (key: [UInt8](), value: $0) }
        guard case .object(let edited)? = object(members, edit.depth + 1, &next) else { return nil }
        return .array(edited.map(\.value))
      }
    }
  }

  /// Edits the inside of an object, or of an array as members without keys.
  private func object(
    _ members: [(key: [UInt8], value: TreeValue)], _ depth: Int, _ next: inout Int
  ) -> TreeValue? {
    var result: [(key: [UInt8], value: TreeValue)] = []
    var moved: [(place: Int, value: TreeValue)] = []
    var source = members.makeIterator()
    while next < edits.count, edits[next].depth == depth {
      let edit = edits[next]
      switch edit.action {
      case .keep(let count) where edit.destination == nil:
        next += 1
        for _ in 0..<count {
          guard let member = source.next() else { return nil }
          result.append(member)
        }
      case .insert(let value, let key):
        next += 1
        result.append((key, value))
      case .remove:
        next += 1
        guard source.next() != nil else { return nil }
      case .keep, .change, .replace:
        guard let member = source.next(), let value = applied(to: member.value, &next) else { return nil }
        if let place = edit.destination { moved.append((place, value)) } else { result.append((member.key, value)) }
      }
    }
    while let rest = source.next() { result.append(rest) }
    for (place, value) in moved.sorted(by: { $0.place < $1.place }) {
      guard place >= 0, place <= result.count else { return nil }
      result.insert(([], value), at: place)
    }
    return .object(result)
  }
}
