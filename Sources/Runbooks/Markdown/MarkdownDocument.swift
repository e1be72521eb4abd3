/// A Markdown text as a person reads it: blocks from top to bottom, each with what it lies in.
package struct MarkdownDocument: Sendable, Equatable {
  /// The blocks.
  package var blocks: [MarkdownBlock] = []
  /// Where its links lead, in the order they stand; spans name them by their place.
  package var links: [MarkdownLink] = []
  /// What is shown in another way than it was meant, a sentence; nil when all of it was understood.
  package var remark: String?

  /// The task boxes.
  package var tasks: [MarkdownTask] {
    blocks.compactMap { block in
      guard case .task(let isDone, true)? = block.containers.last(where: \.isItem) else { return nil }
      return MarkdownTask(text: block.text, isDone: isDone, line: block.line)
    }
  }
}

/// A box to be ticked.
package struct MarkdownTask: Sendable, Equatable {
  /// What is to be done.
  package let text: String
  /// Whether it is ticked in the page itself.
  package let isDone: Bool
  /// The line of the text, from 1.
  package let line: Int
}

/// A link of a page.
package struct MarkdownLink: Sendable, Equatable {
  /// Where it leads, as it was written.
  package var destination: String
  /// Whether it is a picture.
  package var isImage = false
  /// The line of the text, from 1.
  package var line: Int
}

/// A block of a page: a heading, a paragraph, a table.
package struct MarkdownBlock: Sendable, Equatable {
  /// What it is.
  package enum Kind: Sendable, Equatable {
    case heading(level: Int)
    case paragraph
    case code(language: String)
    case table(MarkdownTable)
    /// HTML, which is shown as it is written.
    case html
    case rule
  }

  /// What a block lies in.
  package enum Container: Sendable, Equatable {
    case quote
    /// An item of a list; its mark stands before its first block.
    case item(mark: String, isFirst: Bool)
    /// An item with a box.
    case task(isDone: Bool, isFirst: Bool)

    /// Whether it is an item of a list.
    package var isItem: Bool { self != .quote }
  }

  /// What it is.
  package var kind: Kind
  /// What it lies in, outermost first.
  package var containers: [Container] = []
  /// Whether it stands close to its neighbours of the same list.
  package var isTight = false
  /// Its text in lines: most have one.
  package var lines: [[MarkdownSpan]] = [[]]
  /// The line of the text that it begins on, from 1.
  package var line: Int

  /// Its text without styles.
  package var text: String { lines.map { $0.map(\.text).joined() }.joined(separator: "\n") }
}

/// A table: the first row is its head.
package struct MarkdownTable: Sendable, Equatable {
  /// Which columns stand at the right.
  package var isRight: [Bool] = []
  /// The cells.
  package var rows: [[[MarkdownSpan]]] = []
}

/// Text in one style.
package struct MarkdownSpan: Sendable, Equatable {
  /// Emphasis.
  package struct Style: OptionSet, Sendable, Equatable {
    /// The bits.
    package let rawValue: UInt8

    /// Emphasis from its bits.
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Slanted.
    package static let emphasis = Style(rawValue: 1)
    /// Heavy.
    package static let strong = Style(rawValue: 2)
    /// Code.
    package static let code = Style(rawValue: 4)
    /// Struck out.
    package static let struck = Style(rawValue: 8)
  }

  /// The characters, as they were written: not yet safe to show.
  package var text: String
  /// Emphasis.
  package var style: Style = []
  /// The place of the link it belongs to; nil for none.
  package var link: Int?
}
