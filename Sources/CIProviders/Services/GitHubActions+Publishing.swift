internal import DataSyntax
internal import SystemKit

extension GitHubActions {
  /// Annotations that are taken at once.
  private static let mostAnnotations = 50
  private static let longestDescription = 140

  static func place(_ world: CIWorld) -> CIPlace? {
    guard world.value("GITHUB_ACTIONS") != nil, let project = world.value("GITHUB_REPOSITORY"),
      let commit = world.value("GITHUB_SHA"), let target = target(.short(service: id, project), world)
    else { return nil }
    var place = CIPlace(target: target, commit: commit)
    place.isInsideOfJob = true
    // refs/pull/12/merge: what is tested is a commit of the service, what people see is the head of the request.
    let ref = (world.value("GITHUB_REF") ?? "").split(separator: "/")
    if ref.count == 4, ref[1] == "pull" { place.request = String(ref[2]) }
    return place
  }

  static func publish(_ judgement: CIJudgement, _ place: CIPlace, _ session: CISession) throws(CIError) {
    var place = place
    if let number = place.request {
      let request = try session.json(
        base(place.target, "pulls", number), "pull request \(number)", right: "pull_requests:read")
      place.commit = request["head"]?["sha"]?.string ?? place.commit
    }
    if place.isInsideOfJob {
      try check(judgement, place, session)
    } else {
      try status(judgement, place, session)
    }
    guard let number = place.request else { return }
    let own = try comment(number, place, session)
    let body: [(String, JSONValue)] = [("body", .string(OwnComment.text(judgement)))]
    if let own {
      try session.change(
        .patch, base(place.target, "issues", "comments", own), sending: body, "comment \(own)",
        right: "pull_requests:write")
    } else {
      try session.change(
        .post, base(place.target, "issues", number, "comments"), sending: body, "pull request \(number)",
        right: "pull_requests:write")
    }
  }

  /// The comment that was made before. What a stranger writes is not taken for it, whatever it begins with.
  private static func comment(_ number: String, _ place: CIPlace, _ session: CISession) throws(CIError) -> String? {
    var me: String?
    if !place.isInsideOfJob {
      me = try session.json(place.target.api.adding(["user"]), "user of the token", right: "a token of a user")[
        "login"]?
        .string
    }
    var own: String?
    let comments = base(place.target, "issues", number, "comments", fields: [("per_page", "100")])
    try session.pages(comments, "pull request \(number)", right: "pull_requests:write") { page in
      own = OwnComment.id(in: page.array ?? []) { comment in
        let user = comment["user"]
        return me == nil ? user?["type"]?.string == "Bot" : user?["login"]?.string == me
      }
      return own == nil && !(page.array ?? []).isEmpty
    }
    return own
  }

  /// A status, which any token may set that may write them.
  private static func status(
    _ judgement: CIJudgement, _ place: CIPlace, _ session: CISession
  ) throws(CIError) {
    let state =
      switch judgement.state {
      case .passed: "success"
      case .stopped: "failure"
      case .incomplete: "error"
      }
    try session.change(
      .post, base(place.target, "statuses", place.commit),
      sending: [
        ("state", .string(state)), ("context", .string("assay gate")),
        ("description", .string(String(judgement.sentence.prefix(longestDescription)))),
      ], "commit \(place.commit)", right: "statuses:write")
  }

  /// A check with remarks at the lines, which only the tokens of apps may make.
  private static func check(
    _ judgement: CIJudgement, _ place: CIPlace, _ session: CISession
  ) throws(CIError) {
    let conclusion =
      switch judgement.state {
      case .passed: "success"
      case .stopped: "failure"
      case .incomplete: "action_required"
      }
    let remarks = judgement.annotations.prefix(mostAnnotations).map { remark in
      object([
        ("path", .string(remark.path)), ("start_line", .number(String(remark.line))),
        ("end_line", .number(String(remark.line))), ("annotation_level", .string("failure")),
        ("title", .string(String(remark.title.prefix(255)))), ("message", .string(remark.message)),
      ])
    }
    let output = object([
      ("title", .string(judgement.sentence)), ("summary", .string(OwnComment.text(judgement))),
      ("annotations", .array(remarks)),
    ])
    try session.change(
      .post, base(place.target, "check-runs"),
      sending: [
        ("name", .string("assay gate")), ("head_sha", .string(place.commit)), ("status", .string("completed")),
        ("conclusion", .string(conclusion)), ("output", output),
      ], "commit \(place.commit)", right: "checks:write")
  }

  private static func object(_ members: [(String, JSONValue)]) -> JSONValue {
    .object(members.map { JSONValue.Member(key: $0.0, value: $0.1) })
  }
}
