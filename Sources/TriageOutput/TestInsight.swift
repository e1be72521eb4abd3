internal import SafeText
package import ItemQueries
package import TriageModel

/// What is known of a test beyond its report, as `list --json` writes it.
package struct TestInsight: Sendable, Equatable {
  /// What the history says; nil where it knows nothing.
  package var standing: TestStanding?
  /// The commits where it turned; nil when it did not, or nobody asked.
  package var commits: CommitRange?
  /// What names the group of failures it belongs to, stable across runs; nil when it said nothing.
  package var cause: TestFacts.CauseName?
  /// The key of what its failure said; nil when it said nothing.
  package var signature: SignatureKey?

  /// What is known of a test.
  package init(
    standing: TestStanding?, cause: TestFacts.CauseName?, signature: SignatureKey? = nil, commits: CommitRange? = nil
  ) {
    self.standing = standing
    self.commits = commits
    self.cause = cause
    self.signature = signature
  }
}

extension JSONStream {
  /// Writes the members `verdict`, `cause` and `signature`; null where nothing is known.
  mutating func insight(_ insight: TestInsight?) {
    verdict(of: insight)
    if let cause = insight?.cause {
      object("cause") { json in
        json.string("id", cause.key)
        json.string("title", Sanitizer.line(cause.title))
      }
    } else {
      string("cause", nil)
    }
    string("signature", insight?.signature?.text)
  }

  /// Writes the member `verdict`; null where nothing is known.
  mutating func verdict(of insight: TestInsight?) {
    if let standing = insight?.standing {
      object("verdict") { json in
        json.members(of: standing.verdict)
        json.string("since", standing.since?.identity.id)
        json.string("last_pass", standing.lastPass?.identity.id)
        json.string("earliest", standing.earliest?.identity.id)
        json.string("latest", standing.latest?.identity.id)
      }
    } else {
      string("verdict", nil)
    }
  }

  /// Writes the member `commits`, those where the test turned; null where that is not known, with `commits_unknown`.
  mutating func commits(of insight: TestInsight?) {
    guard let range = insight?.commits else { return string("commits", nil) }
    if range.gap != nil {
      string("commits", nil)
      return string("commits_unknown", Sanitizer.line(range.summary))
    }
    array("commits") { json in
      for commit in range.commits {
        json.object { json in
          json.string("hash", commit.hash)
          json.string("title", commit.title)
          json.string("author", commit.author)
          json.string("date", commit.date?.description)
          json.bool("yours", commit.isYours)
          json.strings("touches", commit.touches.map { $0.file + ($0.line.map { ":\($0)" } ?? "") })
          json.strings("files", commit.files)
        }
      }
    }
  }
}
