internal import DataSyntax

/// What is told to a service of a commit and its pull request: how the gate judged.
package struct CIJudgement: Sendable, Equatable {
  /// How it was judged.
  package enum State: Sendable, Equatable {
    case passed
    case stopped
    /// It cannot be known that nothing fails.
    case incomplete
  }

  /// A remark at a line of a file.
  package struct Annotation: Sendable, Equatable {
    /// The file, relative to the repository.
    package var path: String
    /// The line, from 1.
    package var line: Int
    /// What it says, in a line.
    package var title: String
    /// What it says, whole.
    package var message: String

    /// A remark.
    package init(path: String, line: Int, title: String, message: String) {
      (self.path, self.line, self.title, self.message) = (path, line, title, message)
    }
  }

  /// How it was judged.
  package var state: State
  /// One line.
  package var sentence: String
  /// All of it, as Markdown.
  package var markdown: String
  /// Remarks at lines.
  package var annotations: [Annotation] = []

  /// A judgement.
  package init(state: State, sentence: String, markdown: String) {
    self.state = state
    self.sentence = sentence
    self.markdown = markdown
  }
}

/// The commit that is judged, and where people talk about it.
package struct CIPlace: Sendable, Equatable {
  /// The project, at its service.
  package var target: CITarget
  /// The commit.
  package var commit: String
  /// The number of the pull or merge request; nil where there is none.
  package var request: String?
  /// Whether the token belongs to a job of the service, which may make checks of its own.
  package var isInsideOfJob = false

  /// A commit of a project.
  package init(target: CITarget, commit: String, request: String? = nil) {
    self.target = target
    self.commit = commit
    self.request = request
  }
}

/// What tells one's own comment from those of others.
enum OwnComment {
  static let mark = "<!-- assay gate -->"
  /// Bytes of a comment that services take.
  private static let limit = 65_000

  /// The whole comment of a judgement.
  static func text(_ judgement: CIJudgement) -> String {
    let text = mark + "\n" + judgement.markdown
    guard text.utf8.count > limit else { return text }
    let cut = String(decoding: text.utf8.prefix(limit), as: UTF8.self)
    return cut[..<(cut.lastIndex(of: "\n") ?? cut.endIndex)] + "\n\n… cut: the whole is in the job's output.\n"
  }

  /// The id of the comment that was made before, among some; `isOwn` tells whose one is.
  static func id(in comments: [JSONValue], isOwn: (JSONValue) -> Bool) -> String? {
    let own = comments.first { $0["body"]?.string?.hasPrefix(mark) == true && isOwn($0) }
    return own?["id"]?.int.map { String($0) }
  }
}
