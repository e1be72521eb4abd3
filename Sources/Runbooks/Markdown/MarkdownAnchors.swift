/// The names by which links lead to the headings of a text.
package struct MarkdownAnchors: Sendable, Equatable {
  /// The place of each heading among the blocks, by its name.
  private var blocks: [String: Int] = [:]

  /// The names of a text's headings, made as GitHub makes them: small letters, blanks as hyphens, no punctuation, and a
  /// number behind a name that was there before.
  package init(_ document: MarkdownDocument) {
    var counts: [String: Int] = [:]
    for (place, block) in document.blocks.enumerated() {
      guard case .heading = block.kind else { continue }
      let name = Self.name(of: block.text)
      let count = counts[name, default: 0]
      counts[name] = count + 1
      let unique = count == 0 ? name : "\(name)-\(count)"
      if blocks[unique] == nil { blocks[unique] = place }
    }
  }

  /// The place among the blocks of the heading that a link names; nil where there is none. `#` alone is the text's beginning.
  package func block(of link: String) -> Int? {
    if link.isEmpty { return 0 }
    return blocks[link] ?? blocks[link.lowercased()]
  }

  private static func name(of heading: String) -> String {
    var name = ""
    for character in heading.lowercased() {
      if character == " " {
        name.append("-")
      } else if character.isLetter || character.isNumber || character == "-" || character == "_" {
        name.append(character)
      }
    }
    return name
  }
}
