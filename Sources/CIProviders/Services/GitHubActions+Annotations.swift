internal import DataSyntax
internal import SystemKit

/// What was remarked on a job: its check run has the job's number. (docs.github.com/rest/checks/runs)
extension GitHubActions {
  /// Annotations of a job that are read.
  private static let mostAnnotations = 1000

  static func annotations(
    of job: CIJob, _ target: CITarget, _ session: CISession
  ) throws(CIError) -> CIAnnotations {
    var annotations = CIAnnotations()
    var isList = true
    let address = base(target, "check-runs", job.id, "annotations", fields: [("per_page", "100")])
    try session.pages(address, "annotations of \(job.name)", right: "checks:read") { page in
      guard let more = page.array else {
        isList = false
        return false
      }
      annotations.all += more.map(annotation)
      annotations.isCut = annotations.all.count > mostAnnotations
      return !more.isEmpty && !annotations.isCut
    }
    if !isList { throw .unreadable(host: target.api.origin.host, words: "a page of annotations is no list") }
    annotations.all = Array(annotations.all.prefix(mostAnnotations))
    return annotations
  }

  /// An annotation of its JSON.
  static func annotation(_ value: JSONValue) -> CIAnnotation {
    var annotation = CIAnnotation()
    annotation.path = value["path"]?.string ?? ""
    annotation.line = value["start_line"]?.int
    annotation.level = value["annotation_level"]?.string ?? ""
    annotation.title = value["title"]?.string ?? ""
    annotation.message = value["message"]?.string ?? ""
    annotation.details = value["raw_details"]?.string ?? ""
    return annotation
  }
}
