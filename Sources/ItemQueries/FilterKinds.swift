/// The kinds of item that can be filtered, for the manual and the help of commands.
package enum FilterKinds {
  /// A kind and its fields, as the manual lists them.
  package struct Page: Sendable {
    /// What its items are called, in the plural.
    package let title: String
    /// Where its filters are typed.
    package let use: String
    /// What words without a field ask for.
    package let words: String
    /// The fields: the name, when a term holds, and the words that it knows.
    package let fields: [(name: String, help: String, values: [String])]

    init<Kind: FilteredKind>(_ kind: Kind.Type) {
      title = kind.title
      use = kind.use
      words = kind.words.help
      fields = kind.fields.map { ($0.name, $0.help, $0.values) }
    }
  }

  /// All of them: a new kind is one line here.
  package static let all = [
    Page(FlakeFields.self), Page(GoldenFields.self), Page(MuteFields.self), Page(RunFields.self), Page(TestFields.self),
  ]
}

extension ItemFilter {
  /// The fields in one line, as a command's help names them.
  package static var summary: String {
    let fields = Kind.fields.map { $0.name + ":" }.joined(separator: " ")
    return "words, \"a phrase\", ~letters, /regex/, \(fields), !term; every term must hold"
  }
}
