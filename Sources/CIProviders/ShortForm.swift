/// The short form of a link, behind the service's word: `owner/repo`, `owner/repo#12`, `owner/repo@main`, `owner/repo/runs/7`.
struct ShortForm: Equatable {
  /// The parts of the project.
  let project: [String]
  let subject: CITarget.Subject

  private static let runs = ["/runs/", "/pipelines/", "/builds/"]

  /// Reads a short form; nil where it names no project.
  init?(_ text: String) {
    var project = text[...]
    var subject = CITarget.Subject.project
    if let mark = text.firstIndex(where: { "#!@".contains($0) }) {
      project = text[..<mark]
      let name = String(text[text.index(after: mark)...])
      guard !name.isEmpty else { return nil }
      subject = text[mark] == "@" ? .branch(name) : .request(name)
      if case .request = subject, !name.allSatisfy(\.isNumber) { return nil }
    } else if let (range, isJob) = Self.marker(text) {
      project = text[..<range.lowerBound]
      let id = String(text[range.upperBound...])
      guard !id.isEmpty, !id.contains("/") else { return nil }
      subject = isJob ? .job(id, run: nil) : .run(id, attempt: nil)
    }
    self.project = project.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    self.subject = subject
    guard !self.project.isEmpty, self.project.allSatisfy({ !$0.isEmpty && $0 != ".." && $0 != "." }) else { return nil }
  }

  private static func marker(_ text: String) -> (Range<String.Index>, isJob: Bool)? {
    for word in runs { if let range = text.firstRange(of: word) { return (range, false) } }
    return text.firstRange(of: "/jobs/").map { ($0, true) }
  }
}
