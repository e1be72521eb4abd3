internal import CIProviders
internal import Foundation
internal import SafeText
internal import SystemKit
internal import TriageModel

/// What is fetched of jobs: their logs, and what was remarked on them.
extension RunDownload {
  /// Bytes of a log, and of a part of one.
  private static let logLimit = 512 << 20
  private static let partLimit = 16 << 20
  /// Bytes of a log of parts.
  private static let partsLimit = 64 << 20
  /// Parts of a log.
  private static let mostParts = 100
  /// Logs of a run that are fetched, and jobs that are asked for annotations.
  private static let mostLogs = 100

  /// Fetches the logs of the jobs that failed, and of the one that the link is about.
  mutating func fetchLogs() throws(FetchError) {
    let wanted = contents.jobs.filter { ($0.isFailed || $0.isMeant) && $0.log != nil }
    for (number, job) in wanted.prefix(Self.mostLogs).enumerated() {
      guard let address = job.log else { continue }
      let name = "logs/" + unique(DownloadFolder.plain(job.name), in: "logs/", ending: ".log") + ".log"
      if folder.has(name) {
        fetched.logs += 1
        continue
      }
      let what = "the log of \(job.name)"
      let words = "\(what) (\(number + 1) of \(wanted.count))"
      let file = folder.partial("log-" + job.id)
      if let parts = try parts(of: job, what) {
        if try write(parts, to: file, what, words) { try place(file, at: name) }
        continue
      }
      guard let head = try download(address, to: file, limit: Self.logLimit, what, words) else { continue }
      if head.contentType == "text/html" {
        fetched.losses.append("\(what) is a web page: the service wants a login")
        mayCome = true
        unlink(file)
      } else {
        try place(file, at: name)
      }
    }
    if wanted.count > Self.mostLogs {
      fetched.losses.append("\(wanted.count - Self.mostLogs) more logs of failed jobs were not fetched (limit)")
    }
  }

  private mutating func place(_ file: String, at name: String) throws(FetchError) {
    guard folder.place(file, at: name) else { throw .noFolder(folder.path, words: SystemWords.last) }
    fetched.logs += 1
  }

  // MARK: - Logs of parts

  /// The parts of a log; nil where it is one download, none where they cannot be told.
  private mutating func parts(of job: CIJob, _ what: String) throws(FetchError) -> [CILogPart]? {
    do throws(CIError) {
      guard let parts = try fetcher.provider.logParts(of: job, fetcher.target, fetcher.session) else { return nil }
      if parts.isEmpty { warnings.append("\(what): no step left any output") }
      return parts
    } catch .unauthorized(let host, _), .forbidden(_, let host, _) {
      // Results may be had without a log.
      fetched.losses.append("\(what): \(host) forbids it")
      mayCome = true
      return []
    } catch {
      fetched.losses.append(try worded(error, what))
      return []
    }
  }

  /// Writes the parts of a log one below the other; false where none came.
  private mutating func write(
    _ parts: [CILogPart], to file: String, _ what: String, _ words: String
  ) throws(FetchError) -> Bool {
    var text: [UInt8] = []
    if parts.count > Self.mostParts {
      fetched.losses.append("\(what): \(parts.count - Self.mostParts) more steps were not fetched (limit)")
    }
    for (number, part) in parts.prefix(Self.mostParts).enumerated() {
      let step = "\(what), step \(part.title)"
      guard fetcher.setting.progress("fetching \(words), step \(number + 1) of \(parts.count)") else {
        throw .cancelled
      }
      guard let bytes = try bytes(of: part, step) else { continue }
      fetched.bytes += bytes.count
      let own = fetcher.provider.logText(bytes)
      text += Array("==> \(Sanitizer.line(part.title))\n".utf8) + own + (own.last == 0x0A ? [] : [0x0A])
      if part.isCut { warnings.append("\(step): the service keeps only a part of it") }
      if text.count > Self.partsLimit, number + 1 < parts.count {
        fetched.losses.append("\(what): \(parts.count - number - 1) more steps were not fetched (limit 64 MiB)")
        break
      }
    }
    if text.isEmpty { return false }
    guard text.withUnsafeBytes({ FileWriting.replace(file, by: $0) }) else {
      throw .noFolder(folder.path, words: SystemWords.last)
    }
    return true
  }

  private mutating func bytes(of part: CILogPart, _ what: String) throws(FetchError) -> [UInt8]? {
    do throws(CIError) {
      return try fetcher.session.bytes(part.address, what, right: "the right to read logs", limit: Self.partLimit)
    } catch .forbidden(_, let host, _) {
      // Its address has a signature that ends: the others are asked for all the same.
      fetched.losses.append("\(what): \(host) forbids it (403)")
      mayCome = true
    } catch {
      fetched.losses.append(try worded(error, what))
    }
    return nil
  }

  // MARK: - Annotations

  /// Keeps what was remarked on the jobs that failed, a file each; the run is whole without it.
  mutating func fetchAnnotations() throws(FetchError) {
    var isNamed = 0
    let jobs = contents.jobs.filter { $0.isFailed || $0.isMeant }
    if jobs.count > Self.mostLogs, jobs.contains(where: { $0.log != nil }) {
      warnings.append("the annotations of \(jobs.count - Self.mostLogs) more failed jobs were not asked for (limit)")
    }
    for job in jobs.prefix(Self.mostLogs) {
      let what = "the annotations of \(job.name)"
      do throws(CIError) {
        let found = try fetcher.provider.annotations(of: job, fetcher.target, fetcher.session)
        if found.all.isEmpty { continue }
        if found.isCut {
          warnings.append("\(what): only the first \(CountText.of(found.all.count)) were fetched (limit)")
        }
        for words in found.all.compactMap(\.complaint).prefix(Self.named - isNamed) {
          warnings.append("the job \(job.name), at \(words)")
          isNamed += 1
        }
        try keep(found, of: job)
      } catch .missing {
        // It has none, or is of a server that keeps none.
      } catch .forbidden(let right, _, let says) {
        warnings.append("\(what) were not read: the token needs \(right)" + (says.isEmpty ? "" : " (\(says))"))
        return
      } catch .http(.cancelled) {
        throw .cancelled
      } catch {
        warnings.append("\(what) were not read: \(error)")
      }
    }
  }

  private mutating func keep(_ annotations: CIAnnotations, of job: CIJob) throws(CIError) {
    let folderName = "annotations/"
    let name = folderName + unique(DownloadFolder.plain(job.name), in: folderName, ending: ".txt") + ".txt"
    // The first line keeps it from being taken for a report, whatever the others say.
    let title = "annotations of the job \(Sanitizer.line(job.name)) at \(fetcher.provider.title)\n\n"
    let text = Array((title + annotations.all.map(\.text).joined()).utf8)
    let file = folder.partial("annotations-" + job.id)
    guard text.withUnsafeBytes({ FileWriting.replace(file, by: $0) }), folder.place(file, at: name) else {
      throw .http(.file(SystemWords.last))
    }
  }
}

extension CIAnnotation {
  private var place: String {
    path.isEmpty ? "" : Sanitizer.line(path) + (line.map { ":\($0)" } ?? "")
  }

  /// As compilers write it, the lines below the first one indented.
  fileprivate var text: String {
    let head = [place, Sanitizer.line(level), Sanitizer.line(title)].filter { !$0.isEmpty }.joined(separator: ": ")
    let lines = (message.split(whereSeparator: \.isNewline) + details.split(whereSeparator: \.isNewline)).map {
      Sanitizer.line(String($0))
    }
    return "\(head): \(lines.first ?? "")\n" + lines.dropFirst().map { "  \($0)\n" }.joined()
  }

  /// What a failure at a line says; nil for what is none, and for what only says that the job failed.
  fileprivate var complaint: String? {
    guard level == "failure", !path.isEmpty, !message.hasPrefix("Process completed with exit code") else { return nil }
    let first = Sanitizer.line(String(message.prefix { !$0.isNewline }), limit: 300)
    return "\(place): \(title.isEmpty ? first : Sanitizer.line(title, limit: 100) + ": " + first)"
  }
}
