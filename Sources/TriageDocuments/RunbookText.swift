internal import Runbooks
internal import SafeText
internal import TerminalKit
internal import TriageModel
internal import TriageServices
internal import TriageStyle

/// A page of Markdown as styled lines, with what its lines lead to; for a pane and for standard output alike.
struct RunbookText {
  private let page: Runbook
  private let library: RunbookLibrary
  private let document: MarkdownDocument
  private(set) var lines: [Line] = []
  private(set) var links: [Int: DocumentText.Link] = [:]
  /// Links that lead nowhere, each with its line in the file.
  private(set) var deadLinks = 0

  /// The steps that can be ticked, by their lines.
  private(set) var steps: [Int: RunbookMark] = [:]
  private let ticks: [String: Note]
  /// The blocks that can be run, by their lines.
  private(set) var scripts: [Int: RunbookScript.Place] = [:]
  /// How the blocks ended that were run for the failure, by their hashes.
  private let runs: [ContentHash: Note]
  /// The blocks that can be run, by their places among all.
  private let scriptBlocks: [Int: (number: Int, script: MarkdownScript)]

  /// The headings that links lead to.
  private let anchors: MarkdownAnchors
  /// Lines that lead to a heading, by its place among the blocks: its own line may be further down.
  private var jumps: [Int: Int] = [:]

  /// The text of a page.
  ///
  /// - Parameter notes: What was kept of the failure that the page is read for; nil when it is read for none.
  init(_ page: Runbook, _ library: RunbookLibrary, notes: [Note]? = nil) {
    ticks = notes?.ticks(in: page.path) ?? [:]
    runs = notes?.runs(in: page.path) ?? [:]
    self.page = page
    self.library = library
    document = MarkdownParser.parse(page.body)
    anchors = MarkdownAnchors(document)
    scriptBlocks =
      notes == nil
      ? [:]
      : Dictionary(
        uniqueKeysWithValues: document.scripts.enumerated().map { ($1.block, (number: $0 + 1, script: $1)) })
    if let remark = document.remark { lines.append(Line(remark, .truncated)) }
    var begins: [Int] = []
    for (place, block) in document.blocks.enumerated() {
      if place > 0, !isClose(document.blocks[place - 1], block) { lines.append(Line()) }
      let first = lines.count
      begins.append(first)
      if let (number, script) = scriptBlocks[place] { addHeading(of: script, number) }
      add(block)
      guard let number = scriptBlocks[place]?.number else { continue }
      for line in first..<lines.count { scripts[line] = RunbookScript.Place(page: page.path, number: number) }
    }
    for (line, block) in jumps where begins.indices.contains(block) { links[line] = .line(begins[block]) }
    if document.blocks.isEmpty { lines.append(Line("The page is empty.", .dim)) }
  }

  /// Whether the text begins with a heading of some words.
  func begins(with heading: String) -> Bool {
    guard let first = document.blocks.first, case .heading = first.kind else { return false }
    return first.text == heading
  }

  /// Whether no blank line parts two blocks: items of a list that is written close.
  private func isClose(_ above: MarkdownBlock, _ below: MarkdownBlock) -> Bool {
    below.isTight && above.isTight && !above.containers.isEmpty && !below.containers.isEmpty
  }

  // MARK: - Blocks

  private mutating func add(_ block: MarkdownBlock) {
    let tick = block.isStep ? ticks[block.text] : nil
    let prefix = Prefix(block, isTicked: tick != nil)
    let first = lines.count
    if block.isStep { steps[first] = .tick(page: page.path, text: block.text) }
    add(block, prefix)
    if let tick, first < lines.count {
      let who = Sanitizer.line(tick.author, limit: 60)
      lines[first].append("  \(who) \(tick.time.minuteText)", .pass)
    }
  }

  private mutating func add(_ block: MarkdownBlock, _ prefix: Prefix) {
    switch block.kind {
    case .heading(let level):
      let mark = level > 1 ? String(repeating: "#", count: min(level, 6)) + " " : ""
      add(block.lines, prefix, lead: mark.isEmpty ? [] : [Span(mark, .dim)], .heading, .bold)
    case .paragraph: add(block.lines, prefix)
    case .code(let language): addCode(block.lines, prefix, language)
    case .html: for line in block.lines { add([line], prefix, .dim) }
    case .rule: put(prefix.lead(0) + [Span(String(repeating: "─", count: 24), .border)], prefix)
    case .table(let table): add(table, prefix)
    }
  }

  private mutating func add(
    _ rows: [[MarkdownSpan]], _ prefix: Prefix, lead: [Span] = [], _ role: Role = .text,
    _ attributes: Style.Attributes = []
  ) {
    for (number, row) in rows.enumerated() {
      var places: [Place] = []
      let spans = row.flatMap { styled($0, role, attributes, &places) }
      let first = lines.count
      put(prefix.lead(number) + (number == 0 ? lead : []) + spans, prefix)
      follow(places, from: first, prefix)
    }
  }

  /// Where a link's text stands, and what it leads to.
  private struct Place {
    let words: String
    let destination: String
    let place: RunbookLibrary.Place
  }

  /// A line leads to its link; of several, each has a line of its own below.
  private mutating func follow(_ places: [Place], from line: Int, _ prefix: Prefix) {
    let followed = places.filter { link($0) != nil || jump($0) != nil }
    guard followed.count > 1 else {
      if let place = followed.first { lead(line, to: place) }
      return
    }
    for place in followed {
      lead(lines.count, to: place)
      put(prefix.blanks + [Span("→ ", .dim), Span(Sanitizer.line(place.destination, limit: 200), .link)], prefix)
    }
  }

  private mutating func lead(_ line: Int, to place: Place) {
    links[line] = link(place)
    jumps[line] = jump(place)
  }

  /// The place among the blocks of the heading that a link leads to.
  private func jump(_ place: Place) -> Int? {
    if case .heading(let heading) = place.place { anchors.block(of: heading) } else { nil }
  }

  private func link(_ place: Place) -> DocumentText.Link? {
    switch place.place {
    case .page(let path): .page(path)
    case .file(let path, let location): .file(FileLink(location: location, shown: path))
    case .web(let address): .web(address)
    case .mail, .folder, .heading, .dead, .refused: nil
    }
  }

  /// A piece of text; behind the last piece of a link what stands in its way.
  private mutating func styled(
    _ span: MarkdownSpan, _ role: Role, _ attributes: Style.Attributes, _ places: inout [Place]
  ) -> [Span] {
    var style = Style(span.style.contains(.code) ? .code : role, attributes)
    if span.style.contains(.strong) { style.attributes.insert(.bold) }
    if span.style.contains(.emphasis) { style.attributes.insert(.italic) }
    if span.style.contains(.struck) { style.attributes.insert(.dim) }
    let words = Sanitizer.line(span.text, limit: .max)
    guard let index = span.link, document.links.indices.contains(index) else { return [Span(words, style)] }
    let destination = document.links[index].destination
    let place = library.place(of: destination, in: page.path, anchors)
    style = Style(.link, style.attributes.union(.underline))
    var spans = [Span(words, style)]
    guard places.last?.destination != destination else { return spans }
    places.append(Place(words: words, destination: destination, place: place))
    switch place {
    case .dead(let reason):
      deadLinks += 1
      spans.append(Span(" (dead link \(Sanitizer.line(destination, limit: 200)): \(reason))", .warning))
    case .refused(let reason):
      deadLinks += 1
      spans.append(Span(" (not followed: \(Sanitizer.line(reason, limit: 200)))", .warning))
    case .web(let address) where address != span.text:
      spans.append(Span(" <\(Sanitizer.line(address, limit: 400))>", .dim))
    case .mail(let address): spans.append(Span(" <\(Sanitizer.line(address, limit: 200))>", .dim))
    case .web, .page, .file, .folder, .heading: break
    }
    return spans
  }

  /// The number of a block that can be run, and how it ended when it was run for this failure.
  private mutating func addHeading(of script: MarkdownScript, _ number: Int) {
    let block = document.blocks[script.block]
    var line = Line(Prefix(block, isTicked: false).blanks + [Span("  block \(number)", .key)])
    line.append(" · \(script.shell)", .dim)
    if let note = runs[ContentHash(of: script.text.utf8)], let status = note.status {
      let who = Sanitizer.line(note.author, limit: 60)
      line.append(" · \(who) \(note.time.minuteText) status \(status)", status == 0 ? .pass : .fail)
    } else {
      line.append(" · ! runs it, or --run \(number)", .dim)
    }
    lines.append(line)
  }

  private mutating func addCode(_ rows: [[MarkdownSpan]], _ prefix: Prefix, _ language: String) {
    for (number, row) in rows.enumerated() {
      let text = row.map(\.text).joined()
      // Tabs stand for columns in code.
      for part in Sanitizer.lines(text.isEmpty ? " " : text) {
        var line = Line(prefix.lead(number) + [Span("  " + part, .code)])
        line.isTable = true
        lines.append(line)
      }
    }
  }

  private mutating func put(_ spans: [Span], _ prefix: Prefix) {
    var line = Line(spans)
    line.indent = prefix.width
    lines.append(line)
  }

  // MARK: - Tables

  /// Columns of a cell that are shown in its row.
  private static let widestCell = 60

  private mutating func add(_ table: MarkdownTable, _ prefix: Prefix) {
    var places: [Place] = []
    let first = lines.count
    let cells = table.rows.enumerated().map { number, row in
      row.map { cell in
        Line(cell.flatMap { styled($0, number == 0 ? .heading : .text, number == 0 ? .bold : [], &places) })
      }
    }
    let count = cells.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in
      min(Self.widestCell, cells.map { column < $0.count ? $0[column].width : 0 }.max() ?? 0)
    }
    for (number, row) in cells.enumerated() {
      // A cell that is too wide goes on in further rows below its beginning.
      let wrapped = widths.indices.map { $0 < row.count ? row[$0].wrapped(width: max(1, widths[$0])) : [] }
      for inner in 0..<max(1, wrapped.map(\.count).max() ?? 1) {
        var spans = number + inner == 0 ? prefix.lead(0) : prefix.blanks
        for column in widths.indices {
          let cell = inner < wrapped[column].count ? wrapped[column][inner] : Line()
          let blanks = Span(String(repeating: " ", count: max(0, widths[column] - cell.width)))
          let isRight = column < table.isRight.count && table.isRight[column]
          if column > 0 { spans.append(Span(" │ ", .border)) }
          spans += isRight ? [blanks] + cell.spans : cell.spans + [blanks]
        }
        putTable(spans)
      }
      if number == 0 {
        putTable(
          prefix.blanks + [Span(widths.map { String(repeating: "─", count: $0) }.joined(separator: "─┼─"), .border)])
      }
    }
    follow(places, from: first, prefix)
  }

  private mutating func putTable(_ spans: [Span]) {
    var line = Line(spans)
    line.isTable = true
    lines.append(line)
  }
}

/// What stands before a block's lines: the bars of quotes, the marks of lists.
private struct Prefix {
  private let first: [Span]
  /// The same for the lines after the first.
  let blanks: [Span]

  init(_ block: MarkdownBlock, isTicked: Bool) {
    var first: [Span] = []
    var blanks: [Span] = []
    func add(_ mark: String, _ role: Role, isFirst: Bool) {
      let blank = Span(String(repeating: " ", count: DisplayWidth.of(mark)))
      first.append(isFirst ? Span(mark, role) : blank)
      blanks.append(blank)
    }
    for container in block.containers {
      switch container {
      case .quote:
        first.append(Span("│ ", .border))
        blanks.append(Span("│ ", .border))
      case .item(let mark, let isFirst): add(mark + " ", .dim, isFirst: isFirst)
      case .task(let isWritten, let isFirst):
        let isDone = isWritten || (isTicked && isFirst)
        add(isDone ? "[x] " : "[ ] ", isDone ? .pass : .key, isFirst: isFirst)
      }
    }
    self.first = first
    self.blanks = blanks
  }

  /// The columns it takes.
  var width: Int { Line(blanks).width }

  func lead(_ number: Int) -> [Span] { number == 0 ? first : blanks }
}

extension MarkdownBlock {
  /// Whether it is the text of a step with a box.
  fileprivate var isStep: Bool {
    guard case .task(_, isFirst: true)? = containers.last(where: \.isItem) else { return false }
    return true
  }
}
