internal import CIProviders
internal import SafeText
internal import TriageModel
package import TriageServices

/// The answer of `fetch`: which runs came, and where they lie.
package struct FetchReport {
  /// The runs, in the order of their links, the newest of each first.
  package var runs: [FetchedRun] = []

  /// A report of no run.
  package init() {}

  /// Writes a line a run: its folder, and what came.
  package func writeText(to sink: OutputSink) {
    for fetched in runs {
      let run = fetched.run
      let end = run.isRunning ? "running" : run.conclusion ?? "ended"
      let came =
        fetched.wasKnown
        ? "here already"
        : CountText.of(fetched.artifacts, "artifact") + ", " + CountText.of(fetched.logs, "log")
          + (fetched.losses.isEmpty ? "" : ", \(fetched.losses.count) missing")
      sink.appendLine(Sanitizer.line("\(fetched.folder)  \(run.title)  \(end)  \(came)"))
    }
  }

  /// Writes the documented object, version 1.
  package func writeJSON(to sink: OutputSink) {
    JSONStream.write(to: sink) { json in
      json.number("version", 1)
      json.array("runs") { json in
        for fetched in runs {
          let run = fetched.run
          json.object(onNewLine: true) { json in
            json.string("run", run.identity.id)
            json.number("attempt", run.identity.attempt)
            json.string("source", run.identity.source)
            json.string("title", run.title)
            json.string("commit", run.commit)
            json.string("branch", run.branch)
            json.string("started", run.startedAt?.description)
            json.bool("running", run.isRunning)
            json.string("conclusion", run.conclusion)
            json.string("link", run.link)
            json.string("folder", fetched.folder)
            json.bool("known", fetched.wasKnown)
            json.number("artifacts", fetched.artifacts)
            json.number("logs", fetched.logs)
            json.number("bytes", fetched.bytes)
            json.strings("missing", fetched.losses)
          }
        }
      }
    }
  }
}
