internal import TriageActions

/// What stands on the command line of an action: tests, and its inputs and options as its description names them.
struct ActionWords: Equatable {
  private(set) var tests: [String] = []
  private(set) var inputs: [String: String] = [:]
  private(set) var options: Set<String> = []

  /// Understands words as an action describes them.
  init(_ words: [String], of action: ActionDescription) throws(CommandFailure) {
    var rest = words[...]
    while let word = rest.popFirst() {
      guard word.hasPrefix("-"), word != "-" else {
        tests.append(word)
        continue
      }
      if word == "--" {
        tests += rest
        break
      }
      let parts = word.drop { $0 == "-" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = parts.first.map(String.init) ?? ""
      let value = parts.count > 1 ? String(parts[1]) : nil
      if action.options.contains(where: { $0.id == name }), value == nil {
        options.insert(name)
      } else if action.asks(for: name) {
        guard let text = value ?? rest.popFirst() else { throw .wrong("Missing value for '--\(name) <\(name)>'") }
        inputs[name] = text
      } else {
        throw .wrong("Unknown option '\(word)'")
      }
    }
    if tests.isEmpty { throw .wrong("Missing expected argument '<test> ...'") }
    for input in action.inputs {
      if let problem = input.problem, !(inputs[input.id] ?? "").contains(where: { !$0.isWhitespace }) {
        throw .wrong("could not \(action.id): \(problem) (--\(input.id))")
      }
    }
  }

  /// The lines of help on an action's own options.
  static func help(of action: ActionDescription) -> String {
    let inputs = action.inputs.map { ("--\($0.id) <\($0.id)>", $0.help ?? $0.label) }
    let options = action.options.map { ("--\($0.id)", $0.help) }
    let width = (inputs + options).map(\.0.count).max() ?? 0
    return (inputs + options).map { name, help in
      "  " + name + String(repeating: " ", count: width + 2 - name.count) + help
    }.joined(separator: "\n")
  }
}
