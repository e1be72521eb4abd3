/// Many paths in few lines: those of one folder and ending that are more than a handful become one, with a count.
enum PathSummary {
  /// Paths of one folder and ending that are still listed each.
  private static let handful = 4

  /// The lines, in the order of their first paths.
  static func lines(of paths: [String]) -> [(text: String, count: Int)] {
    var order: [String] = []
    var groups: [String: [String]] = [:]
    for path in paths {
      let key = pattern(of: path)
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(path)
    }
    return order.flatMap { key -> [(text: String, count: Int)] in
      let members = groups[key] ?? []
      return members.count > handful ? [(key, members.count)] : members.map { ($0, 1) }
    }
  }

  /// `allure-results/*.json` for a file there.
  private static func pattern(of path: String) -> String {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let name = parts.last ?? ""
    let ending = name.lastIndex(of: ".").map { String(name[$0...]) } ?? ""
    return (parts.dropLast().map(String.init) + ["*" + ending]).joined(separator: "/")
  }
}
