package import TriageModel

/// The answer of `list --json`, version 1. The shape is documented in the manual; fields may be added, these stay.
package enum RunListJSON {
  /// Writes runs and tests of them.
  ///
  /// - Parameters:
  ///   - runs: All that were read, in the order they are shown.
  ///   - tests: The tests to write of each run, and what is known of them beyond the report.
  package static func write(
    _ runs: [Run], tests: (Run) -> (chosen: [TestIndex], insight: (TestIndex) -> TestInsight?), to sink: OutputSink
  ) {
    JSONStream.write(to: sink) { json in
      json.number("version", 1)
      json.array("runs") { json in
        for run in runs { json.object(onNewLine: true) { write(run, to: &$0) } }
      }
      json.array("tests") { json in
        for run in runs {
          let (chosen, insight) = tests(run)
          for test in chosen where !sink.isClosed {
            json.object(onNewLine: true) { json in
              TestJSON.write(test, of: run, to: &json)
              json.insight(insight(test))
            }
          }
        }
      }
    }
  }

  /// Writes the members of a run.
  static func write(_ run: Run, to json: inout JSONStream) {
    let info = run.info
    json.string("run", info.identity.id)
    json.string("commit", info.commit)
    json.string("commit_title", info.commitTitle)
    json.string("branch", info.branch)
    json.string("source", info.identity.source)
    json.number("attempt", info.identity.attempt)
    json.string("started", info.startedAt?.description)
    json.bool("complete", info.completeness.isComplete)
    json.strings("incomplete", info.completeness.reasons)
    json.object("counts") { write(run.table.counts, to: &$0) }
    let items = run.table.itemCounts
    if !items.isEmpty {
      json.object("items") { json in
        for kind in items.kinds { json.object(kind) { write(items[kind], to: &$0) } }
      }
    }
    json.array("partial") { json in
      for damage in info.partial {
        json.object {
          $0.string("path", damage.path)
          $0.number("line", damage.line)
          $0.string("cause", damage.cause)
        }
      }
    }
    json.array("not_read") { json in
      for file in info.unread {
        json.object {
          $0.string("path", file.path)
          $0.string("format", file.format)
          $0.number("files", file.count)
          $0.string("claim", file.claim)
        }
      }
    }
    json.strings("warnings", info.warnings)
    json.strings("labels", info.labels)
    json.number("exit_code", info.exitCode)
    json.array("reports") { json in
      for report in run.table.reports {
        json.object {
          $0.string("path", report.path)
          $0.string("format", report.format)
          $0.strings("labels", report.labels)
        }
      }
    }
  }

  private static func write(_ counts: OutcomeCounts, to json: inout JSONStream) {
    for outcome in Outcome.allCases { json.number(outcome.name, counts[outcome]) }
    json.number("total", counts.total)
  }
}
