internal import Runbooks
internal import SafeText
package import TriageModel
internal import Workspace

/// Why a block of a page is not run: a sentence.
package struct ScriptRefusal: Error, Equatable, CustomStringConvertible {
  /// The sentence.
  package let description: String
}

extension RunbookLibrary {
  /// The blocks of a page that can be run, and the hash of the page's bytes, read now.
  package func scripts(of page: String) throws(ScriptRefusal) -> (hash: ContentHash, scripts: [RunbookScript]) {
    let bytes: [UInt8]
    do throws(FileError) { bytes = try self.bytes(of: page) } catch {
      throw ScriptRefusal(description: "could not read \(page): \(error)")
    }
    let hash = ContentHash(of: bytes)
    let document = MarkdownParser.parse(Runbook(path: page, text: String(decoding: bytes, as: UTF8.self)).body)
    let scripts = document.scripts.enumerated().map { place, script in
      RunbookScript(
        RunbookScript.Place(page: page, number: place + 1), pageHash: hash, shell: script.shell, text: script.text)
    }
    return (hash, scripts)
  }

  /// A block of a page, read now.
  package func script(_ place: RunbookScript.Place) throws(ScriptRefusal) -> RunbookScript {
    let scripts = try scripts(of: place.page).scripts
    guard scripts.indices.contains(place.number - 1) else {
      let count = scripts.isEmpty ? "none" : "\(scripts.count)"
      throw ScriptRefusal(
        description: "could not run \(place.words): it has \(count) that can be run (sh, bash and shell)")
    }
    return scripts[place.number - 1]
  }
}

extension RunbookScript {
  /// The bytes that the system takes as one argument, and a little less.
  private static let longest = 128_000

  /// Why its text is not run although a person may want it: what is shown would not be what is run; nil when it is.
  var obstacle: String? {
    if text.allSatisfy(\.isWhitespace) { return "the block is empty" }
    if text.utf8.count > Self.longest { return "the block has more than \(Self.longest) bytes (limit)" }
    // A tab stands for blanks wherever it is shown.
    let hasHidden = text.split(separator: "\n").contains { line in
      let plain = line.replacing("\t", with: " ")
      return Sanitizer.line(plain, limit: .max) != plain
    }
    return hasHidden ? "the block holds characters that cannot be seen, so what is shown is not what would run" : nil
  }
}
