internal import DataSyntax

/// A message as it is written: a text, or the id of one that the tool keeps, with what is filled into it.
struct SARIFMessage {
  let text: String?
  let id: String?
  let arguments: [String]

  init(_ message: JSONNode) {
    text = message["text"].string ?? message["markdown"].string
    id = message["id"].string
    arguments = message["arguments"].map { $0.string ?? $0.compactText }
  }
}

/// A location: the file and line, or the name in the code, and what is said there. It outlives the reading of its node.
struct SARIFPlace {
  /// The file by its address; nil where it is given by its number alone.
  let path: SARIFRun.Path?
  /// The number of the file among the run's artifacts; nil where the report gives none.
  let artifact: Int?
  let line: Int?
  let message: SARIFMessage
  /// What the code calls it, each by a name, by its number among the run's logical locations, or both.
  let names: [(full: String?, short: String?, index: Int?)]

  init(_ location: JSONNode) {
    let physical = location["physicalLocation"]
    (path, artifact) = Self.file(physical["artifactLocation"])
    line = physical["region"]["startLine"].int.flatMap { $0 > 0 ? $0 : nil }
    message = SARIFMessage(location["message"])
    names = location["logicalLocations"].map {
      ($0["fullyQualifiedName"].string, $0["name"].string, Self.index($0["index"]))
    }
  }

  /// The place of a file as a whole.
  init(ofFile artifactLocation: JSONNode) {
    (path, artifact) = Self.file(artifactLocation)
    (line, names) = (nil, [])
    message = SARIFMessage(artifactLocation["description"])
  }

  private static func file(_ location: JSONNode) -> (SARIFRun.Path?, Int?) {
    (SARIFRun.path(location), index(location["index"]))
  }

  /// The number of something in a list of the run; nil where there is none, which -1 means too. What is no whole number
  /// is the number of nothing.
  static func index(_ node: JSONNode) -> Int? {
    guard node.kind == .number else { return nil }
    let number = node.int ?? .min
    return number == -1 ? nil : number
  }
}
