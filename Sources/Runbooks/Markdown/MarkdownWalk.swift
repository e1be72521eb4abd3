internal import CCmark

/// Goes through cmark's tree from its beginning to its end, without recursion: texts nest as deep as they like.
struct MarkdownWalk {
  /// What is made of it.
  var document = MarkdownDocument()
  private var containers: [MarkdownBlock.Container] = []
  /// Containers that lie too deep to be told apart.
  private var hidden = 0
  /// Of each open list whether it stands close, and the number of its next item; nil for bullets.
  private var lists: [(isTight: Bool, number: Int?)] = []
  private var styles = StyleStack()
  private var lines: [[MarkdownSpan]] = [[]]
  private var table: MarkdownTable?
  /// The line of the text that is gone through: cmark knows it of blocks alone.
  private var line = 1

  /// The kinds of cmark's nodes, by their names: those of extensions have numbers only at run time.
  private enum Kind: String {
    case quote = "block_quote"
    case list, item, tasklist, paragraph, heading, table
    case codeBlock = "code_block"
    case htmlBlock = "html_block"
    case rule = "thematic_break"
    case row = "table_row"
    case head = "table_header"
    case cell = "table_cell"
    case text, code, link, image
    case softBreak = "softbreak"
    case lineBreak = "linebreak"
    case html = "html_inline"
    case emphasis = "emph"
    case strong, strikethrough
  }

  mutating func run(_ root: OpaquePointer) {
    guard let walk = cmark_iter_new(root) else { return }
    defer { cmark_iter_free(walk) }
    while true {
      let event = cmark_iter_next(walk)
      if event == CMARK_EVENT_DONE { return }
      guard let node = cmark_iter_get_node(walk), let name = cmark_node_get_type_string(node),
        let kind = Kind(rawValue: String(cString: name))
      else { continue }
      if event == CMARK_EVENT_ENTER { enter(kind, node) } else { leave(kind, node) }
    }
  }

  private mutating func enter(_ kind: Kind, _ node: OpaquePointer) {
    switch kind {
    case .quote: push(.quote)
    case .list:
      let isOrdered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST
      lists.append((cmark_node_get_list_tight(node) != 0, isOrdered ? Int(cmark_node_get_list_start(node)) : nil))
    case .item: push(.item(mark: nextMark(), isFirst: true))
    case .tasklist: push(.task(isDone: cmark_gfm_extensions_get_tasklist_item_checked(node), isFirst: true))
    case .paragraph, .heading:
      lines = [[]]
      line = Self.line(of: node)
    case .cell: lines = [[]]
    case .table: table = MarkdownTable(isRight: Self.alignments(of: node))
    case .head, .row:
      table?.rows.append([])
      line = Self.line(of: node)
    case .codeBlock: addCode(node)
    case .htmlBlock: add(.html, source: Self.literal(node), node)
    case .rule:
      lines = [[]]
      add(.rule, node)
    case .text: append(Self.literal(node))
    case .code: append(Self.literal(node), .code)
    case .html: append(Self.literal(node))
    case .softBreak:
      append(" ")
      line += 1
    case .lineBreak:
      lines.append([])
      line += 1
    case .emphasis: styles.push(.emphasis)
    case .strong: styles.push(.strong)
    case .strikethrough: styles.push(.struck)
    case .link, .image: open(node, isImage: kind == .image)
    }
  }

  private mutating func leave(_ kind: Kind, _ node: OpaquePointer) {
    switch kind {
    case .quote: pop()
    case .item, .tasklist:
      // An item without a text has its mark all the same.
      if hidden == 0, containers.last?.isFresh == true {
        lines = [[]]
        add(.paragraph, node)
      }
      pop()
    case .list: _ = lists.popLast()
    case .paragraph: add(.paragraph, node)
    case .heading: add(.heading(level: Int(cmark_node_get_heading_level(node))), node)
    case .cell: closeCell()
    case .table:
      if let table { add(.table(table), node) }
      table = nil
    case .emphasis: styles.pop(.emphasis)
    case .strong: styles.pop(.strong)
    case .strikethrough: styles.pop(.struck)
    case .link, .image: styles.closeLink()
    case .head, .row, .codeBlock, .htmlBlock, .rule, .text, .code, .html, .softBreak, .lineBreak: break
    }
  }

  // MARK: - Containers

  private mutating func push(_ container: MarkdownBlock.Container) {
    if containers.count < MarkdownLimits.depth { containers.append(container) } else { hidden += 1 }
  }

  private mutating func pop() {
    if hidden > 0 { hidden -= 1 } else { _ = containers.popLast() }
  }

  private mutating func nextMark() -> String {
    guard let last = lists.indices.last, let number = lists[last].number else { return "•" }
    lists[last].number = number + 1
    return "\(number)."
  }

  // MARK: - Blocks

  private mutating func add(_ kind: MarkdownBlock.Kind, _ node: OpaquePointer) {
    var block = MarkdownBlock(kind: kind, line: Self.line(of: node))
    block.containers = containers
    block.isTight = lists.last?.isTight ?? false
    if case .table = kind {} else { block.lines = lines.map(BareLinks.joined) }
    linkBareAddresses(in: &block)
    document.blocks.append(block)
    lines = [[]]
    for place in containers.indices { containers[place].use() }
  }

  private mutating func add(_ kind: MarkdownBlock.Kind, source: String, _ node: OpaquePointer) {
    var text = source
    if text.hasSuffix("\n") { text.removeLast() }
    // Words that authors hide from readers.
    if kind == .html, text.hasPrefix("<!--"), text.hasSuffix("-->") { return }
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
      [MarkdownSpan(text: String($0), style: .code)]
    }
    add(kind, node)
  }

  private mutating func addCode(_ node: OpaquePointer) {
    let info = cmark_node_get_fence_info(node).map { String(cString: $0) } ?? ""
    add(.code(language: String(info.prefix { !$0.isWhitespace })), source: Self.literal(node), node)
  }

  private mutating func closeCell() {
    guard let row = table?.rows.indices.last else { return }
    table?.rows[row].append(BareLinks.joined(Array(lines.joined(separator: [MarkdownSpan(text: " ")]))))
    lines = [[]]
  }

  private mutating func linkBareAddresses(in block: inout MarkdownBlock) {
    switch block.kind {
    case .paragraph, .heading:
      for place in block.lines.indices {
        block.lines[place] = BareLinks.linked(block.lines[place], line: block.line, in: &document.links)
      }
    case .table(var table):
      for row in table.rows.indices {
        for cell in table.rows[row].indices {
          table.rows[row][cell] = BareLinks.linked(table.rows[row][cell], line: block.line, in: &document.links)
        }
      }
      block.kind = .table(table)
    case .code, .html, .rule: break
    }
  }

  // MARK: - Text

  private mutating func append(_ text: String, _ style: MarkdownSpan.Style = []) {
    guard !text.isEmpty else { return }
    let span = MarkdownSpan(text: text, style: styles.style.union(style), link: styles.link)
    lines[lines.count - 1].append(span)
  }

  private mutating func open(_ node: OpaquePointer, isImage: Bool) {
    let destination = cmark_node_get_url(node).map { String(cString: $0) } ?? ""
    document.links.append(MarkdownLink(destination: destination, isImage: isImage, line: line))
    styles.open(link: document.links.count - 1)
    if isImage { append("picture: ") }
  }

  private static func line(of node: OpaquePointer) -> Int { max(1, Int(cmark_node_get_start_line(node))) }

  private static func literal(_ node: OpaquePointer) -> String {
    cmark_node_get_literal(node).map { String(cString: $0) } ?? ""
  }

  private static func alignments(of node: OpaquePointer) -> [Bool] {
    let count = Int(cmark_gfm_extensions_get_table_columns(node))
    guard let found = cmark_gfm_extensions_get_table_alignments(node) else { return [] }
    return (0..<count).map { found[$0] == UInt8(ascii: "r") }
  }
}

/// The emphasis and the link in force.
private struct StyleStack {
  private var counts: [UInt8: Int] = [:]
  private var links: [Int] = []

  var style: MarkdownSpan.Style {
    counts.reduce(into: []) { style, entry in if entry.value > 0 { style.formUnion(.init(rawValue: entry.key)) } }
  }

  var link: Int? { links.last }

  mutating func push(_ style: MarkdownSpan.Style) { counts[style.rawValue, default: 0] += 1 }
  mutating func pop(_ style: MarkdownSpan.Style) { counts[style.rawValue, default: 0] -= 1 }
  mutating func open(link: Int) { links.append(link) }
  mutating func closeLink() { _ = links.popLast() }
}

extension MarkdownBlock.Container {
  /// Whether it is an item without a block so far.
  fileprivate var isFresh: Bool {
    switch self {
    case .quote: false
    case .item(_, let isFirst), .task(_, let isFirst): isFirst
    }
  }

  /// Takes a block: what follows is not the item's first.
  fileprivate mutating func use() {
    switch self {
    case .quote: break
    case .item(let mark, _): self = .item(mark: mark, isFirst: false)
    case .task(let isDone, _): self = .task(isDone: isDone, isFirst: false)
    }
  }
}
