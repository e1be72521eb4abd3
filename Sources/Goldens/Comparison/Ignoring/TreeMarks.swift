internal import SafeText

/// Which values of a document rules set aside, by their path.
enum TreeMarks {
  /// A number a node: 0 for a value that is compared, else the rule's place plus one; empty where no rule has a path.
  static func of(_ document: TreeDocument, _ rules: [IgnoreRule]) -> [UInt8] {
    let paths = rules.prefix(254).enumerated().compactMap { place, rule -> (mark: UInt8, steps: [IgnoreRule.Step])? in
      guard case .path(let steps) = rule.subject else { return nil }
      return (UInt8(place + 1), steps)
    }
    if paths.isEmpty || document.nodes.isEmpty { return [] }
    var marks = [UInt8](repeating: 0, count: document.nodes.count)
    document.withView { view in
      let states = paths.map { State(mark: $0.mark, steps: $0.steps, places: closed([0], $0.steps)) }
      if document.isLines {
        // Each line is a document of its own.
        for child in view.children(0) { visit(view, Int(child), states, &marks) }
      } else {
        visit(view, document.root, states, &marks)
      }
    }
    return marks
  }

  /// How far a path has come: the steps that may be next.
  private struct State {
    let mark: UInt8
    let steps: [IgnoreRule.Step]
    var places: Set<Int>
  }

  /// The places with those behind steps that stand for none.
  private static func closed(_ places: Set<Int>, _ steps: [IgnoreRule.Step]) -> Set<Int> {
    var places = places
    for place in places where place < steps.count && steps[place] == .deep { places.insert(place + 1) }
    return places
  }

  private static func visit(_ view: TreeView, _ node: Int, _ states: [State], _ marks: inout [UInt8]) {
    guard view.nodes[node].isContainer else { return }
    let isArray = view.kind(node) == .array
    for (index, child) in view.children(node).enumerated() {
      let child = Int(child)
      let key = isArray ? "" : String(decoding: TreeWalk.name(view.key(child)), as: UTF8.self)
      let next = states.compactMap { advanced($0, isArray: isArray, key: key, index: index) }
      if let done = next.first(where: { $0.places.contains($0.steps.count) }) {
        marks[child] = done.mark
      } else if !next.isEmpty {
        visit(view, child, next, &marks)
      }
    }
  }

  private static func advanced(_ state: State, isArray: Bool, key: String, index: Int) -> State? {
    var places: Set<Int> = []
    for place in state.places where place < state.steps.count {
      switch state.steps[place] {
      case .key(let name): if !isArray, name == key { places.insert(place + 1) }
      case .index(let wanted): if isArray, wanted == index { places.insert(place + 1) }
      case .any: places.insert(place + 1)
      case .deep: places.insert(place)
      }
    }
    if places.isEmpty { return nil }
    var next = state
    next.places = closed(places, state.steps)
    return next
  }
}
