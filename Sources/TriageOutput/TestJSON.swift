internal import SafeText
package import TriageModel

/// A test as JSON: shortly in a list, whole in the answer of `show --json`.
package enum TestJSON {
  /// Writes the answer of `show --json`, version 1: the tests found, whole, newest run first.
  package static func write(
    _ tests: [(run: Run, test: TestIndex)], insight: (Run, TestIndex) -> TestInsight? = { _, _ in nil },
    to sink: OutputSink
  ) {
    JSONStream.write(to: sink) { json in
      json.number("version", 1)
      json.array("tests") { json in
        for (run, test) in tests {
          json.object(onNewLine: true) { json in
            write(test, of: run, whole: true, to: &json)
            let insight = insight(run, test)
            json.verdict(of: insight)
            json.commits(of: insight)
            json.runbook(of: insight)
            json.coverage(of: insight)
            json.array("notes") { json in
              for note in insight?.notes ?? [] { json.object { $0.members(of: note) } }
            }
          }
        }
      }
    }
  }

  /// Writes the members of a test; `whole` adds details, output, properties and attachments.
  static func write(_ test: TestIndex, of run: Run, whole: Bool = false, to json: inout JSONStream) {
    let table = run.table
    json.string("id", table.id(of: test))
    json.string("run", run.info.identity.id)
    json.string("outcome", table.outcome(of: test).name)
    json.string("kind", table.kind(of: test).word)
    if let measure = table.measure(of: test) {
      json.object("measure") { json in
        json.decimal("value", measure.value)
        json.string("unit", measure.unit)
        json.string("better", "\(measure.better)")
      }
    }
    if whole, let pair = table.pair(of: test) {
      json.string("expected", pair.expected)
      json.string("observed", pair.observed)
    }
    json.array("attempts") { json in
      for attempt in table.attempts(of: test) {
        json.object { json in
          write(attempt, isMasked: !whole, to: &json)
          if whole { writeDetails(of: attempt, in: table, to: &json) }
        }
      }
    }
    let definition = table.definition(of: test)
    json.string("file", definition?.file)
    json.number("line", definition?.line)
    json.string("leg", table.hasLegs ? table.leg(of: test) : nil)
    let report = table.report(of: test)
    json.strings("labels", table.labels(of: test))
    if whole {
      json.string("report", report.path)
      json.bool("complete", run.info.completeness.isComplete)
      json.strings("incomplete", run.info.completeness.reasons)
    }
  }

  private static func write(_ attempt: Attempt, isMasked: Bool, to json: inout JSONStream) {
    json.string("outcome", attempt.outcome.name)
    json.seconds("seconds", attempt.duration)
    json.string("message", isMasked ? attempt.headline.map(SecretScan.masked) : attempt.headline)
    json.string("type", attempt.failures.first.flatMap { $0.type.isEmpty ? nil : $0.type })
  }

  private static func writeDetails(of attempt: Attempt, in table: TestTable, to json: inout JSONStream) {
    json.array("failures") { json in
      for failure in attempt.failures {
        json.object {
          $0.string("type", failure.type)
          $0.string("message", failure.message)
          $0.string("details", failure.details)
          $0.string("file", failure.location?.file)
          $0.number("line", failure.location?.line)
        }
      }
    }
    let output = ColourCodes.dropped(from: table.text.string(attempt.standardOutput))
    let errors = ColourCodes.dropped(from: table.text.string(attempt.standardError))
    json.string("stdout", output)
    json.string("stderr", errors)
    json.array("properties") { json in
      for property in attempt.properties {
        json.object {
          $0.string("name", property.name)
          $0.string("value", property.value)
        }
      }
    }
    json.strings("attachments", table.attachments(of: attempt))
  }
}

extension Attempt {
  /// What the attempt says shortly: a failure's message, else the first line of its details, else why it was skipped.
  var headline: String? {
    if let failure = failures.first(where: { !$0.message.isEmpty }) { return failure.message }
    let lines = failures.lazy.compactMap { $0.details.split(whereSeparator: \.isNewline).first }
    if let line = lines.first { return String(line) }
    return note.isEmpty ? nil : note
  }
}
