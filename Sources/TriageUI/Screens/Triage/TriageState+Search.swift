import SafeText
import TerminalKit
import TestQueries
import TriageMessages
import TriageModel
import TriageStyle

extension TriageState {
  /// Rows looked at for one jump, so that a key never waits; beyond that the person is told.
  private static let longestJump = 200_000

  /// Goes to the next row whose test satisfies `isWanted`, around the end.
  mutating func jump(_ step: Int, _ run: Run?, where isWanted: (Run, TestIndex) -> Bool) -> Reaction {
    guard let run, rows.count > 0 else { return .say("the list is empty") }
    var row = cursor.index
    for _ in 0..<min(rows.count, Self.longestJump) {
      row = (row + step + rows.count) % rows.count
      if let test = rows.test(at: row), isWanted(run, test) {
        moveCursor(to: row)
        return .done
      }
    }
    return .say("no further one is shown; folded groups are not searched")
  }

  /// Goes to the next test whose id holds what was searched for.
  mutating func jumpToMatch(_ step: Int, _ run: Run?) -> Reaction {
    guard let needle = find.isEmpty ? filterWord : find else {
      return .say("nothing was searched for yet: f finds, / filters")
    }
    let search = ByteSearch(needle)
    return jump(step, run) { run, test in
      let table = run.table
      return table.text.withBytes(of: table.nameRef(of: test)) { search.matches($0) }
        || table.text.withBytes(of: table.suiteRef(table.suite(of: test))) { search.matches($0) }
        || (needle.contains(":") && table.id(of: test).lowercased().contains(needle.lowercased()))
    }
  }

  /// The first word that the filter looks for; nil when it asks for other things.
  private var filterWord: String? { (try? TestFilter(parsing: query.filter))?.words.first }

  /// Goes to the next line of the text that holds what was searched for, around the end.
  mutating func nextTextMatch(_ step: Int) -> Reaction {
    guard let lines = document?.lines, !lines.isEmpty else { return .say("there is no text here") }
    guard !textSearch.isEmpty else { return .say("nothing was searched for yet: / searches in the text") }
    let search = ByteSearch(textSearch)
    var place = pane.line
    for _ in lines.indices {
      place = (place + step + lines.count) % lines.count
      var text = lines[place].text
      if text.withUTF8({ search.matches(UnsafeRawBufferPointer($0)) }) {
        pane.move(to: place, in: lines, size: layout.textSize)
        return .done
      }
    }
    return .say("“\(Sanitizer.line(textSearch))” is not in this text")
  }
}

extension TriageState: PromptHolder {
  mutating func keep(_ text: String, _ purpose: Prompt.Purpose) {
    switch purpose {
    case .filter: query.filter = text
    case .findInList: find = text
    case .searchText: textSearch = text
    }
  }
}
