internal import DataSyntax
internal import SystemKit

extension GitLab {
  static func place(_ world: CIWorld) -> CIPlace? {
    guard world.value("GITLAB_CI") != nil, let project = world.value("CI_PROJECT_PATH"),
      let commit = world.value("CI_COMMIT_SHA"), let server = world.server("CI_SERVER_URL")
    else { return nil }
    let address = server.adding(project.split(separator: "/").map(String.init))
    guard let target = target(.web(address), world) else { return nil }
    return CIPlace(target: target, commit: commit, request: world.value("CI_MERGE_REQUEST_IID"))
  }

  static func publish(_ judgement: CIJudgement, _ place: CIPlace, _ session: CISession) throws(CIError) {
    let state = judgement.state == .passed ? "success" : "failed"
    try session.change(
      .post, base(place.target, "statuses", place.commit),
      sending: [
        ("state", .string(state)), ("name", .string("assay gate")),
        ("description", .string(String(judgement.sentence.prefix(255)))),
      ], "commit \(place.commit)", right: "api")
    guard let number = place.request else { return }
    // What a stranger writes is not taken for the note that was made before, whatever it begins with.
    let me = try session.json(place.target.api.adding(["user"]), "user of the token", right: "a token of a user")["id"]
    var own: String?
    let notes = base(place.target, "merge_requests", number, "notes", fields: [("per_page", "100")])
    try session.pages(notes, "merge request \(number)", right: "api") { page in
      own = OwnComment.id(in: page.array ?? []) { $0["author"]?["id"] == me }
      return own == nil && !(page.array ?? []).isEmpty
    }
    let body: [(String, JSONValue)] = [("body", .string(OwnComment.text(judgement)))]
    if let own {
      let note = base(place.target, "merge_requests", number, "notes", own)
      try session.change(.put, note, sending: body, "note \(own)", right: "api")
    } else {
      let notes = base(place.target, "merge_requests", number, "notes")
      try session.change(.post, notes, sending: body, "merge request \(number)", right: "api")
    }
  }
}
