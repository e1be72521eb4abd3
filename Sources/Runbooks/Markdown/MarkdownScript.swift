/// A fenced block of a text that is a shell script.
package struct MarkdownScript: Sendable, Equatable {
  /// Its place among the blocks of the text.
  package let block: Int
  /// The shell that its fence names.
  package let shell: String
  /// The script, without a line end behind its last line.
  package let text: String
}

extension MarkdownDocument {
  /// The blocks that are shell scripts, in their order; sessions with prompts and output (`console`) are none.
  package var scripts: [MarkdownScript] {
    blocks.enumerated().compactMap { place, block in
      block.shell.map { shell in
        // Where lines end with CR LF, a shell would take the CR for a part of its words.
        MarkdownScript(block: place, shell: shell, text: block.text.replacing("\r\n", with: "\n"))
      }
    }
  }
}

extension MarkdownBlock {
  /// The shell of a fenced block, by the first word behind its fence; nil where it is no script.
  fileprivate var shell: String? {
    guard case .code(let language) = kind else { return nil }
    switch language.lowercased() {
    case "sh", "shell": return "sh"
    case "bash": return "bash"
    default: return nil
    }
  }
}
