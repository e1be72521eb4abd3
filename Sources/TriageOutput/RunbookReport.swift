internal import Runbooks
internal import SafeText
internal import TriageDocuments
package import TriageModel
package import TriageServices
internal import TriageStyle

/// The answer of `runbook TEST`: which pages are for the failure of a test, and the best of them.
package struct RunbookReport {
  private let library: RunbookLibrary
  private let tests: [(dossier: RunDossier, test: TestIndex)]

  /// What a library has for tests.
  package init(_ library: RunbookLibrary, _ tests: [(dossier: RunDossier, test: TestIndex)]) {
    self.library = library
    self.tests = tests
  }

  /// Writes it for people.
  package func write(_ style: TextStyle, to sink: OutputSink) {
    for (place, (dossier, test)) in tests.enumerated() {
      if place > 0 { sink.appendLine() }
      let run = dossier.run
      let outcome = run.table.outcome(of: test)
      sink.appendLine(style.paint(Sanitizer.line(run.table.id(of: test)), .title))
      let name = Sanitizer.line(run.info.name, limit: 200)
      sink.appendLine("  " + style.paint(outcome.words, outcome.tone) + style.separator + name)
      sink.appendLine()
      var sources = DocumentSources(ownFiles: OwnFiles { _ in false })
      sources.runbooks = library
      sources.pages = { library.pages(for: $0, in: dossier) }
      sources.notes = { dossier.notes(on: $0) }
      let text = DocumentBuilder.text(about: .runbook(test), of: run, at: 0, from: sources)
      LineText(style: style).write(text.lines, to: sink)
    }
  }

  /// Writes the documented object.
  package func writeJSON(to sink: OutputSink) {
    JSONStream.write(to: sink) { json in
      json.number("version", 1)
      json.strings("problems", library.problems)
      json.array("tests") { json in
        for (dossier, test) in tests {
          let pages = library.pages(for: test, in: dossier)
          json.object(onNewLine: true) { json in
            json.string("test", dossier.run.table.id(of: test))
            json.string("run", dossier.run.info.identity.id)
            json.string("outcome", dossier.run.table.outcome(of: test).name)
            json.string("severity", pages.severity?.word)
            json.array("runbooks") { json in
              let notes = dossier.notes(on: test)
              for page in pages { json.object(onNewLine: true) { write(page, notes, to: &$0) } }
            }
          }
        }
      }
    }
  }

  private func write(_ found: RunbookIndex.Found, _ notes: [Note], to json: inout JSONStream) {
    let page = found.page
    json.string("path", page.path)
    json.string("title", page.title)
    json.string("severity", page.severity?.word)
    json.string("owner", page.owner)
    json.string("reviewed", page.reviewed?.dayText)
    let age = library.age(of: page)
    json.number("age_days", age?.days)
    json.string("age_from", age.map { $0.isReviewed ? "review" : "commit" })
    json.bool("stale", age?.isStale ?? false)
    json.string("rule", found.rule.words)
    json.number("line", found.rule.line)
    json.bool("matches_everything", found.holdsOfEverything)
    json.number("helped", found.helped)
    json.array("tasks") { json in
      for task in MarkdownParser.parse(page.body).tasks {
        json.object { json in
          json.string("text", task.text)
          let tick = notes.ticks(in: page.path)[task.text]
          json.bool("done", task.isDone || tick != nil)
          json.string("ticked_by", tick?.who)
          json.string("ticked_at", tick?.time.description)
          json.number("line", task.line + page.bodyLine - 1)
        }
      }
    }
    json.array("scripts") { json in
      let runs = notes.runs(in: page.path)
      for (place, script) in MarkdownParser.parse(page.body).scripts.enumerated() {
        json.object { json in
          json.number("number", place + 1)
          json.string("shell", script.shell)
          json.string("text", script.text)
          let run = runs[ContentHash(of: script.text.utf8)]
          json.number("status", run?.status)
          json.string("ran_by", run?.who)
          json.string("ran_at", run?.time.description)
        }
      }
    }
    json.array("bad_links") { json in
      for (link, line, reason) in library.badLinks(of: page) {
        json.object { json in
          json.string("link", link.destination)
          json.number("line", line)
          json.string("reason", reason)
        }
      }
    }
  }
}
