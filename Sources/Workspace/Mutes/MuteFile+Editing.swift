internal import Foundation
package import TriageModel

/// What an edit of the file does, for people: the lines that go and those that come.
package struct MutePatch: Sendable, Equatable {
  /// The whole text after it.
  package var text: String
  /// Lines that go, in the order of the file.
  package var removed: [String]
  /// Lines that come.
  package var added: [String]
}

/// Why the mutes could not be edited. The text fits `could not mute: {error}`.
package struct MuteEditError: Error, Equatable, CustomStringConvertible {
  /// The clause.
  package let description: String
}

extension MuteFile {
  private static let head = """
    # Failures that do not count, each until its day. An entry a line, so that branches merge; comments stay.
    # assay mute, extend and unmute change it, assay mutes check judges it in CI.

    """

  /// The text with changes spliced in, proved by reading it again: all other entries say what they said.
  package func applying(_ changes: [MuteEdit]) throws(MuteEditError) -> MutePatch {
    var lines = lines.map(String.init)
    var patch = MutePatch(text: "", removed: [], added: [])
    var expected = mutes
    var appended: [String] = []
    // From the end, so that the lines before stay where they are.
    let edits = changes.compactMap { change in self.edit(change) }.sorted {
      $0.entry.lines.lowerBound > $1.entry.lines.lowerBound
    }
    for change in changes {
      switch change {
      case .add(let mute):
        guard !expected.contains(where: { $0.isAbout(mute) }) else {
          throw MuteEditError(description: "\(mute.subject) is muted already (assay mutes)")
        }
        expected.append(mute)
        appended.append(mute.line)
      case .replace(let old, let new):
        guard let index = expected.firstIndex(of: old) else { throw Self.gone(old) }
        expected[index] = new
      case .remove(let old):
        guard let index = expected.firstIndex(of: old) else { throw Self.gone(old) }
        expected.remove(at: index)
      }
    }
    for edit in edits {
      let old = Array(lines[edit.entry.lines])
      let new = edit.lines(old)
      lines.replaceSubrange(edit.entry.lines, with: new)
      let (gone, come) = Self.difference(old, new)
      patch.removed = gone + patch.removed
      patch.added = come + patch.added
    }
    append(appended, to: &lines)
    patch.added += appended
    patch.text = lines.joined(separator: "\n")
    try prove(patch.text, expected)
    return patch
  }

  private static func gone(_ mute: Mute) -> MuteEditError {
    MuteEditError(description: "the mute of \(mute.subject) is no longer there as it was seen")
  }

  /// The lines of one entry that are replaced.
  private struct Edit {
    let entry: Entry
    /// What it says then; nil when it goes.
    let mute: Mute?

    func lines(_ old: [String]) -> [String] {
      guard let mute else { return [] }
      let isCarriage = old.first?.last == "\r"
      let indent = String(old[0].prefix { $0 == " " })
      guard old.count > 1, let expires = entry.keys["expires"].map({ $0 - entry.lines.lowerBound }) else {
        let comment = old[0].range(of: "} #").map { String(old[0][$0.lowerBound...].dropFirst()) } ?? ""
        return [indent + mute.line + (comment.isEmpty && isCarriage ? "\r" : comment)]
      }
      var new = old
      new[expires] = Self.replacing(entry.mute.expires.description, with: mute.expires.description, in: new[expires])
      if mute.signature != entry.mute.signature || mute.labels != entry.mute.labels {
        let key = entry.keys.values.min().map { old[$0 - entry.lines.lowerBound] } ?? old[0]
        let column = String(repeating: " ", count: key.prefix { $0 == " " || $0 == "-" }.count)
        if let signature = mute.signature, entry.mute.signature == nil {
          new.insert("\(column)signature: \(Mute.quoted(signature.text))" + (isCarriage ? "\r" : ""), at: expires + 1)
        }
      }
      return new
    }

    private static func replacing(_ old: String, with new: String, in line: String) -> String {
      line.range(of: old).map { line.replacingCharacters(in: $0, with: new) } ?? line
    }
  }

  private func edit(_ change: MuteEdit) -> Edit? {
    switch change {
    case .add: nil
    case .replace(let old, let new): entries.first { $0.mute == old }.map { Edit(entry: $0, mute: new) }
    case .remove(let old): entries.first { $0.mute == old }.map { Edit(entry: $0, mute: nil) }
    }
  }

  private static func difference(_ old: [String], _ new: [String]) -> (removed: [String], added: [String]) {
    let gone = old.filter { !new.contains($0) }
    let come = new.filter { !old.contains($0) }
    return (gone, come)
  }

  /// Adds entries at the end, indented as those that are there.
  private func append(_ added: [String], to lines: inout [String]) {
    if added.isEmpty { return }
    if !lines.contains(where: { $0.contains { !$0.isWhitespace } }) {
      lines = Self.head.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
    let isCarriage = lines.first?.last == "\r"
    let indent = entries.first.map { String(self.lines[$0.lines.lowerBound].prefix { $0 == " " }) } ?? ""
    if lines.last?.isEmpty == true { lines.removeLast() }
    lines += added.map { indent + $0 + (isCarriage ? "\r" : "") }
    lines.append("")
  }

  private func prove(_ text: String, _ expected: [Mute]) throws(MuteEditError) {
    let byHand = "\(Self.path): it cannot be changed as it is written; edit it by hand"
    guard let after = try? MuteFile(text: text) else { throw MuteEditError(description: byHand) }
    func sorted(_ mutes: [Mute]) -> [String] { mutes.map { "\($0)" }.sorted() }
    guard sorted(after.mutes) == sorted(expected), after.problems.count == problems.count else {
      throw MuteEditError(description: byHand)
    }
  }
}
