internal import TriageActions
package import TriageModel
internal import Workspace

extension DecisionService {
  /// Adds a rule on causes to the repository's file, through the journal; why it could not, as a sentence.
  ///
  /// - Returns: The number of the entry in the journal.
  package func add(_ rule: CauseRule) throws(CauseRuleError) -> Int {
    let who = person
    let plan = try self.plan(rule, who: who)
    do throws(JournalError) {
      return try carryOut(plan, of: rule.action, who: who, time: WallClock.now(environment: environment)).number
    } catch {
      throw .file("\(error)")
    }
  }

  private func plan(_ rule: CauseRule, who: String) throws(CauseRuleError) -> Plan {
    guard let repository, refusal == nil else { throw .refused(refusal ?? "") }
    let file: RepositoryFile
    let old: [UInt8]?
    do throws(FileError) {
      file = try RepositoryFile(own: CauseFile.path, in: repository)
      old = try file.bytes()
    } catch .outside {
      throw .refused("\(FileError.outside)")
    } catch .link(let link) {
      throw .refused("\(FileError.link(link))")
    } catch {
      throw .file("\(error)")
    }
    var rule = rule
    rule.who = who
    let before = old.map { String(decoding: $0, as: UTF8.self) }
    let text = CauseFile.adding(rule, to: before)
    do throws(ConfigurationError) {
      // A file that does not read is not added to: nobody would see what the rule does.
      _ = try CauseFile(text: before ?? "")
    } catch {
      throw .file("\(error)")
    }
    guard (try? CauseFile(text: text)) != nil else {
      throw .file("\(CauseFile.path): nothing can be added to its end as it is written; begin each rule with \"- \"")
    }
    let write = FileWrite(file.path, expected: old.map { ContentHash(of: $0) }, bytes: Array(text.utf8))
    return Plan(title: rule.words, writes: [write])
  }
}

/// Why a rule on causes was not written. The text fits `could not change the causes: {error}`.
package enum CauseRuleError: Error, Equatable, CustomStringConvertible {
  /// Nothing may be written here.
  case refused(String)
  /// The file could not be read or written; the words of what stood in the way.
  case file(String)

  package var description: String {
    switch self {
    case .refused(let words), .file(let words): words
    }
  }
}

extension CauseRule {
  /// The id of the action that makes such a rule.
  fileprivate var action: String {
    switch kind {
    case .merge: MergeCauses.description.id
    case .split: SplitCause.description.id
    }
  }
}
