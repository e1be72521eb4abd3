internal import TriageModel

/// What git says lies between two commits: everything that does not depend on a test.
struct CommitLog: Sendable, Equatable {
  /// One commit.
  struct Entry: Sendable, Equatable {
    var hash: String
    var title: String
    var author: String
    var date: Timestamp?
    var isYours: Bool
    /// The files it changes; of a merge, those that differ from all its parents.
    var files: [String]
  }

  /// Newest first.
  var entries: [Entry] = []
  var isCut = false
  var isAside = false
  var knowsPerson = false
  var gap: CommitRange.Gap?

  /// No commits, and why.
  init(gap: CommitRange.Gap) { self.gap = gap }

  /// Commits as `git log -z --name-only` prints them in `format`; at most `most` of them.
  init(_ output: [UInt8], person: String?, most: Int) {
    knowsPerson = person != nil
    let fields = output.split(separator: 0, omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
    var place = 0
    while place + Self.fieldCount <= fields.count {
      guard let hash = Self.hash(fields[place]) else {
        if !fields[place].isEmpty { addFile(fields[place]) }
        place += 1
        continue
      }
      let mails = [fields[place + 2], fields[place + 3]]
      entries.append(
        Entry(
          hash: hash, title: fields[place + 5], author: fields[place + 1],
          date: Double(fields[place + 4]).flatMap { Timestamp(seconds: $0) },
          isYours: person.map { person in mails.contains { $0.lowercased() == person.lowercased() } } ?? false,
          files: []))
      place += Self.fieldCount
    }
    for field in fields[min(place, fields.count)...] where !field.isEmpty { addFile(field) }
    isCut = entries.count > most
    entries = Array(entries.prefix(most))
  }

  /// A mark and the hash, author, both forms of the mail, time, title.
  static let format = "%x01%H%x00%an%x00%ae%x00%aE%x00%ct%x00%s"
  private static let fieldCount = 6

  private mutating func addFile(_ field: String) {
    // The first name stands on a line of its own.
    let name = field.utf8.first == 0x0A ? String(decoding: field.utf8.dropFirst(), as: UTF8.self) : field
    if !name.isEmpty, !entries.isEmpty { entries[entries.count - 1].files.append(name) }
  }

  private static func hash(_ field: String) -> String? {
    guard field.utf8.first == 1 else { return nil }
    let hash = String(field.dropFirst())
    return hash.utf8.count >= 40 && CommitHeadings.isHash(hash) ? hash : nil
  }
}
