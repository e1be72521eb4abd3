internal import DataSyntax
internal import TriageModel

/// What a run of a tool keeps apart from its results, and they refer to.
struct SARIFRun {
  /// What became of the list of results.
  enum Results {
    case absent, null, listed
  }

  /// A rule, or what a notification is of.
  struct Rule {
    var id = ""
    var title = ""
    var level: String?
    var help = ""
    /// What it is known by besides: a score, tags.
    var properties: [(name: String, value: String)] = []
    var messages: [String: String] = [:]
  }

  /// The tool itself, or one of its extensions.
  struct Component {
    var name = ""
    var version = ""
    var rules: [Rule] = []
    var places: [String: Int] = [:]
    var notifications: [Rule] = []
    var messages: [String: String] = [:]
  }

  /// A path and what it is relative to.
  struct Path {
    var uri: String
    var base: String?
  }

  /// What a tool had to say of its own run.
  private struct Notification {
    let descriptor: (id: String?, index: Int?)
    let level: String?
    let message: SARIFMessage
  }

  private static let mostWords = 20
  private static let mostFlowPlaces = 200_000

  var results = Results.absent
  /// The tool, then its extensions.
  private(set) var components: [Component] = [Component()]
  private(set) var artifacts: [Path?] = []
  /// Places of code flows that results name by their number.
  private var flowPlaces: [SARIFPlace] = []
  private var flowPlaceCount = 0
  /// Names in the code that results give by their number.
  private var logicalNames: [String] = []
  private(set) var bases: [String: Path] = [:]
  private(set) var category = ""
  /// Folders that files lie in, as absolute paths.
  private(set) var roots: [String] = []
  /// Levels of rules as a call of the tool changed them, by call.
  private(set) var overrides: [[String: String]] = []
  private(set) var starts: [String] = []
  private var failures: [String] = []
  private var notifications: [Notification] = []
  private var otherFiles: [String] = []

  var toolName: String { components[0].name.isEmpty ? "a tool without a name" : components[0].name }
  var wasStarted: Bool { !overrides.isEmpty }

  mutating func learn(_ property: String, _ node: JSONNode) {
    switch property {
    case "tool":
      components = [Self.component(node["driver"])] + node["extensions"].map(Self.component)
    case "artifacts":
      artifacts.append(Self.path(node["location"]))
    case "threadFlowLocations":
      flowPlaceCount += 1
      if flowPlaces.count < Self.mostFlowPlaces { flowPlaces.append(SARIFPlace(node["location"])) }
    case "logicalLocations":
      logicalNames.append(node["fullyQualifiedName"].string ?? node["name"].string ?? "")
    case "originalUriBaseIds":
      for base in node {
        bases[String(decoding: base.key, as: UTF8.self)] = Path(
          uri: base["uri"].string ?? "", base: base["uriBaseId"].string)
        addRoot(base["uri"].string)
      }
    case "automationDetails": category = node["id"].string ?? ""
    case "invocations": learn(invocation: node)
    case "externalPropertyFileReferences":
      for references in node {
        for file in references.kind == .array ? references.map({ $0 }) : [references] {
          otherFiles.append(file["location"]["uri"].string ?? String(decoding: references.key, as: UTF8.self))
        }
      }
    default: break
    }
  }

  private mutating func addRoot(_ uri: String?) {
    guard let uri, let path = SARIFPath.local(uri), path.utf8.count > 1 else { return }
    roots.append(path.hasSuffix("/") ? path : path + "/")
  }

  private mutating func learn(invocation: JSONNode) {
    if let start = invocation["startTimeUtc"].string { starts.append(start) }
    addRoot(invocation["workingDirectory"]["uri"].string)
    var levels: [String: String] = [:]
    for change in invocation["ruleConfigurationOverrides"] {
      guard let id = change["descriptor"]["id"].string else { continue }
      levels[id] = change["configuration"]["level"].string
    }
    overrides.append(levels)
    if invocation["executionSuccessful"].kind == .false {
      let reasons = [
        invocation["exitCode"].int.map { "exit status \($0)" }, invocation["exitCodeDescription"].string,
        invocation["exitSignalName"].string, invocation["processStartFailureMessage"].string,
      ].compactMap(\.self)
      failures.append("the tool says that it failed" + (reasons.isEmpty ? "" : ": " + reasons.joined(separator: ", ")))
    }
    for list in [invocation["toolExecutionNotifications"], invocation["toolConfigurationNotifications"]] {
      for notification in list {
        notifications.append(
          Notification(
            descriptor: (notification["descriptor"]["id"].string, notification["descriptor"]["index"].int),
            level: notification["level"].string, message: SARIFMessage(notification["message"])))
      }
    }
  }

  // MARK: - What the run lost

  /// What keeps the run from being whole.
  var losses: [String] {
    var files: [String] = []
    if !otherFiles.isEmpty {
      let names = otherFiles.prefix(5).joined(separator: ", ")
      let rest = otherFiles.count > 5 ? " and \(otherFiles.count - 5) more" : ""
      files = ["parts of it stand in files of their own, which are not read: \(names)\(rest)"]
    }
    return failures + files + said(at: "error").map { "the tool reports an error: " + $0 }
  }

  /// What the tool warns of.
  var warnings: [String] {
    let words = said(at: "warning").map { "the tool warns: " + $0 }
    if flowPlaceCount <= Self.mostFlowPlaces { return words }
    return words + ["of its \(flowPlaceCount) places of code flows the first \(Self.mostFlowPlaces) are kept"]
  }

  private func said(at level: String) -> [String] {
    let said = notifications.compactMap { notification -> String? in
      let descriptor = descriptor(of: notification)
      guard (notification.level ?? descriptor?.level ?? "warning") == level else { return nil }
      let text = notification.message.text ?? notification.message.id.flatMap { descriptor?.messages[$0] }
      let words = text.map { SARIFText.filled($0, notification.message.arguments) }
      return SARIFText.line(words ?? descriptor?.title ?? "(no message)")
    }
    let more = said.count > Self.mostWords ? ["… and \(said.count - Self.mostWords) more"] : []
    return said.prefix(Self.mostWords) + more
  }

  private func descriptor(of notification: Notification) -> Rule? {
    let all = components[0].notifications
    if let index = notification.descriptor.index, all.indices.contains(index) { return all[index] }
    return notification.descriptor.id.flatMap { id in all.first { $0.id == id } }
  }

  // MARK: - Reading

  static func path(_ location: JSONNode) -> Path? {
    location["uri"].string.map { Path(uri: $0, base: location["uriBaseId"].string) }
  }

  private static func component(_ node: JSONNode) -> Component {
    var component = Component()
    component.name = node["name"].string ?? ""
    component.version = node["semanticVersion"].string ?? node["version"].string ?? ""
    component.rules = node["rules"].map(rule)
    component.notifications = node["notifications"].map(rule)
    component.messages = messages(node["globalMessageStrings"])
    for (place, rule) in component.rules.enumerated() where component.places[rule.id] == nil {
      component.places[rule.id] = place
    }
    return component
  }

  private static func rule(_ node: JSONNode) -> Rule {
    var rule = Rule()
    rule.id = node["id"].string ?? ""
    rule.title = node["shortDescription"]["text"].string ?? node["name"].string ?? ""
    if rule.title.isEmpty { rule.title = node["fullDescription"]["text"].string ?? "" }
    rule.level = node["defaultConfiguration"]["level"].string
    rule.help = node["helpUri"].string ?? ""
    rule.messages = messages(node["messageStrings"])
    for value in node["properties"] where value.exists {
      let name = String(decoding: value.key, as: UTF8.self)
      if ["security-severity", "precision", "tags", "cwe"].contains(name) {
        rule.properties.append((name, value.compactText))
      }
    }
    return rule
  }

  private static func messages(_ node: JSONNode) -> [String: String] {
    var messages: [String: String] = [:]
    for message in node {
      messages[String(decoding: message.key, as: UTF8.self)] = message["text"].string ?? message["markdown"].string
    }
    return messages
  }
}

extension SARIFRun {
  /// The rule that a result names: by its place in the tool or an extension, or by its id.
  func rule(of result: JSONNode) -> (id: String, rule: Rule?, component: Component) {
    let reference = result["rule"]
    let id = result["ruleId"].string ?? reference["id"].string
    let part = component(reference["toolComponent"])
    let index = result["ruleIndex"].int ?? reference["index"].int ?? -1
    if part.rules.indices.contains(index) {
      let rule = part.rules[index]
      if id.map({ $0 == rule.id || $0.hasPrefix(rule.id + "/") }) ?? true { return (id ?? rule.id, rule, part) }
    }
    guard let id else { return ("(no rule)", nil, part) }
    // A rule may be told finer than it is described: `CA1000/1`.
    for name in [id, id.split(separator: "/").dropLast().joined(separator: "/")] {
      for candidate in [part] + components {
        if let place = candidate.places[name] { return (id, candidate.rules[place], candidate) }
      }
    }
    return (id, nil, part)
  }

  private func component(_ reference: JSONNode) -> Component {
    if let index = reference["index"].int, index >= 0, index < components.count - 1 { return components[index + 1] }
    return reference["name"].string.flatMap { name in components.first { $0.name == name } } ?? components[0]
  }
}

extension SARIFRun {
  /// A step of a code flow, or why it cannot be told.
  enum Step {
    case place(SARIFPlace)
    case lost(String)
  }

  /// The step that a location of a thread flow is: told there, or kept by the run and named by its number.
  func step(_ location: JSONNode) -> Step {
    if location["location"].exists { return .place(SARIFPlace(location["location"])) }
    guard let index = SARIFPlace.index(location["index"]) else { return .place(SARIFPlace(location["location"])) }
    if flowPlaces.indices.contains(index) { return .place(flowPlaces[index]) }
    if (0..<flowPlaceCount).contains(index) {
      return .lost("place of a code flow \(index) is beyond the first \(flowPlaces.count), which are kept")
    }
    return .lost(Self.missing("place of a code flow", index, of: flowPlaceCount))
  }

  /// The file of a place, by its own address or by its number.
  func path(of place: SARIFPlace) -> Path? {
    place.path ?? place.artifact.flatMap { artifacts.indices.contains($0) ? artifacts[$0] : nil }
  }

  /// What the code calls a place; empty where nothing is told.
  func name(of place: SARIFPlace) -> String {
    let names = place.names.lazy.flatMap { [$0.full, $0.index.flatMap(self.logicalName), $0.short] }
    return names.lazy.compactMap(\.self).first { !$0.isEmpty } ?? ""
  }

  private func logicalName(_ index: Int) -> String? {
    logicalNames.indices.contains(index) ? logicalNames[index] : nil
  }

  /// What a place gives by a number that the run does not hold; empty where nothing is lost.
  func lost(of place: SARIFPlace) -> String {
    var lost: [String] = []
    if place.path == nil, let index = place.artifact, !artifacts.indices.contains(index) {
      lost.append(Self.missing("file", index, of: artifacts.count))
    }
    for index in place.names.compactMap(\.index) where logicalName(index) == nil {
      lost.append(Self.missing("name", index, of: logicalNames.count))
    }
    return lost.joined(separator: ", ")
  }

  private static func missing(_ what: String, _ index: Int, of count: Int) -> String {
    let number = index == .min ? "of a number that is none" : "\(index)"
    return "the report does not hold \(what) \(number): its run has \(count)"
  }
}
