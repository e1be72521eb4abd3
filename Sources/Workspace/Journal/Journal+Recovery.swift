internal import Foundation
internal import TriageModel

extension Journal {
  /// What became of an entry that a crash had left open.
  package struct Recovery: Sendable, Equatable {
    /// The entry, with the state it has now.
    package let entry: JournalEntry
    /// What was found and done, in one sentence for the person.
    package let words: String
  }

  /// Finishes or takes back what a crash left half done; every file has its old bytes or its new ones then.
  @discardableResult
  package func recover() throws(JournalError) -> [Recovery] {
    guard try entries().contains(where: { $0.state == .open }) else { return [] }
    return try recover(in: JournalSession(self))
  }

  @discardableResult
  func recover(in session: JournalSession) throws(JournalError) -> [Recovery] {
    var recoveries: [Recovery] = []
    do throws(FileError) {
      for var entry in try Self.entries(in: session.folder) where entry.state == .open {
        recoveries.append(try recover(&entry, in: session))
      }
    } catch {
      throw .journal(error)
    }
    return recoveries
  }

  private func recover(_ entry: inout JournalEntry, in session: JournalSession) throws(FileError) -> Recovery {
    let traces = Traces(of: entry, in: session)
    traces.removeTemporaryFiles()
    let name = "entry \(entry.number) (\(entry.title)) was cut off"
    if traces.isWhole {
      try session.mark(&entry, .done)
      return Recovery(entry: entry, words: "\(name) after everything was written: it counts as done")
    }
    if traces.isUntouched {
      traces.removeFolders()
      try session.mark(&entry, .back)
      return Recovery(entry: entry, words: "\(name) before anything was written: nothing was changed")
    }
    if traces.canBeFinished {
      try traces.finish()
      try session.mark(&entry, .done)
      return Recovery(entry: entry, words: "\(name) half-way: the rest was written now")
    }
    let strangers = traces.foreign.joined(separator: ", ")
    try traces.takeBack()
    try session.mark(&entry, .back)
    return Recovery(
      entry: entry, words: "\(name) half-way, and \(strangers) changed since: the others have their old bytes again")
  }

  /// Takes back what was written before an error, unless all was: whether it did; the error says when it failed too.
  func takeBack(
    _ entry: inout JournalEntry, after cause: JournalError, in session: JournalSession
  ) throws(JournalError) -> Bool {
    do throws(FileError) {
      let traces = Traces(of: entry, in: session)
      if traces.isWhole { return false }
      try traces.takeBack()
      traces.removeFolders()
      try session.mark(&entry, .back)
      return true
    } catch {
      guard case .file(let path, let reason) = cause else { throw cause }
      throw .halfway(path, reason, entry: entry.number)
    }
  }
}
