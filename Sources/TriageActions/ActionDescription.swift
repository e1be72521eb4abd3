/// What an action is called, what it asks a person for and how it is reached: data, as it describes itself.
package struct ActionDescription: Sendable, Equatable {
  /// What names it on the command line, in JSON and in the journal.
  package var id: String
  /// The title over what it would do: `Approve`.
  package var title: String
  /// What `y` does: `approves`.
  package var verb: String
  /// What was done: `approved`.
  package var past: String
  /// The key that begins it; nil where only a screen of its own offers it.
  package var key: Character?
  /// What the key does, as help says it.
  package var help: String
  /// A short word for the footer; nil keeps it out of there.
  package var hint: String?
  /// What is asked, one line each; none goes straight to what it would do.
  package var inputs: [ActionInput]
  /// What stands in its way only until a person names it; nothing else that does ever yields.
  package var includes: [Obstacle]
  /// What may be chosen before it is done.
  package var options: [ActionOption]
  /// What it is about, for a list of decisions: `cause`, `mute`.
  package var noun: String
  /// The words of its command, where those are not its id (`cause merge`).
  package var command: [String]
  /// What its command does, in one line.
  package var abstract: String
  /// What else there is to know of its command.
  package var discussion: String

  /// A description; what a plain action does not need may be left out.
  package init(
    id: String, title: String, verb: String, past: String, key: Character?, help: String, hint: String? = nil,
    inputs: [ActionInput], includes: [Obstacle] = [], options: [ActionOption] = [], noun: String? = nil,
    command: [String]? = nil, abstract: String,
    discussion: String = ""
  ) {
    self.id = id
    self.title = title
    self.verb = verb
    self.past = past
    self.key = key
    self.help = help
    self.hint = hint
    self.inputs = inputs
    self.includes = includes
    self.options = options
    self.command = command ?? [id]
    self.noun = noun ?? self.command[0]
    self.abstract = abstract
    self.discussion = discussion
  }

  /// Whether it may not be carried out without an input, a text that is more than spaces.
  package func requires(_ input: String) -> Bool { inputs.contains { $0.id == input && $0.problem != nil } }

  /// Whether it asks for an input.
  package func asks(for input: String) -> Bool { inputs.contains { $0.id == input } }
}

/// A line that an action asks for: a reason, a ticket, a name.
package struct ActionInput: Sendable, Equatable {
  /// What names it among the action's inputs.
  package let id: String
  /// What stands before the line; the id where nothing else is said.
  package var label: String
  /// What may be typed, in a few words behind the label; nil where the label says it.
  package var hint: String?
  /// The text that is offered.
  package var offered = ""
  /// What is said when it is empty; nil for what may be left out.
  package var problem: String?
  /// What it means, for the command's help; nil for the label.
  package var help: String?

  /// A line that is asked for.
  package init(_ id: String, label: String? = nil, problem: String? = nil, help: String? = nil) {
    self.id = id
    self.label = label ?? id
    self.problem = problem
    self.help = help
  }

  /// Why, which everyone reads.
  package static let reason = ActionInput("reason", problem: "a decision needs its reason")
  /// The ticket, if there is one.
  package static let ticket = ActionInput("ticket")
}

/// Something that may be chosen before an action is done: a key in the panel, a flag of the command.
package struct ActionOption: Sendable, Equatable {
  /// What names it: the flag without its dashes.
  package let id: String
  /// The key that chooses it in the panel; nil for what only the command has.
  package var letter: Character?
  /// What it means.
  package var help: String

  /// An option.
  package init(_ id: String, letter: Character?, help: String) {
    self.id = id
    self.letter = letter
    self.help = help
  }
}
