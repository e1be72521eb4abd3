internal import Foundation
internal import RunHistory
internal import TriageModel
internal import Workspace

/// Where a repository's history lies, by its configuration: the one spot that chooses the store.
///
/// Nobody's own, but the team's, where `history.store` names a server; while that cannot be reached, the copy that was
/// pulled of it.
struct HistoryPlace: Sendable {
  let directories: Directories
  let environment: [String: String]
  /// The address of a shared history; nil for the person's own.
  let address: String?

  /// What came of opening.
  struct Opened {
    var store: any HistoryStore
    /// What the person looked at; nil where nothing can be kept of it.
    var looks: (any LookStore)?
    /// What there is to say, as a sentence.
    var notice: String?
    /// Why nothing can be added.
    var refusal: HistoryError?
  }

  /// The person's own store.
  private var path: String { directories.state + "/history.sqlite" }

  /// What people call it: the server and database of a shared one, else the file.
  var name: String {
    guard let address else { return path }
    return (try? PostgresAddress(address))?.name ?? "history.store"
  }

  /// Whether there is one already; a shared one is.
  var exists: Bool { address != nil || access(path, F_OK) == 0 }

  func open() throws(HistoryError) -> Opened {
    guard let address else {
      let own = try SQLiteHistory(path: path)
      return Opened(store: own, looks: own, notice: own.notice)
    }
    let shared = try PostgresAddress(address)
    // A job of CI may have no folder of its own to write to, and needs none.
    let own = try? SQLiteHistory(path: path)
    do throws(HistoryError) {
      let store = try PostgresHistory(shared)
      return Opened(store: store, looks: own, notice: own?.notice, refusal: store.refusal)
    } catch {
      guard case .unreachable = error, let copy = SharedCopy(of: shared, directories).current else { throw error }
      let age = Self.age(of: copy.pulled, WallClock.now(environment: environment))
      // A narrow screen shows the beginning: what stands for the history, and how old it is.
      let words =
        "history: using the copy of \(copy.pulled.minuteText), \(age) old (assay history pull renews it): \(error)"
      return Opened(store: try SQLiteHistory(path: copy.path), looks: own, notice: words, refusal: error)
    }
  }

  /// `5 m`, `3 h` or `12 days`.
  private static func age(of moment: Timestamp, _ now: Timestamp) -> String {
    let minutes = max(0, now.milliseconds - moment.milliseconds) / 60_000
    return switch minutes {
    case ..<60: "\(minutes) m"
    case ..<2880: "\(minutes / 60) h"
    default: "\(minutes / 1440) days"
    }
  }
}

/// The copy of a shared history on this machine, and the small file that says which one is the newest and of when.
struct SharedCopy {
  private let folder: String
  private let name: String

  init(of address: PostgresAddress, _ directories: Directories) {
    folder = directories.state + "/shared"
    name = address.fileName
  }

  private var note: String { "\(folder)/\(name).pulled" }

  /// The newest whole copy; nil when none was pulled.
  var current: (path: String, pulled: Timestamp)? {
    let parts = (try? String(contentsOfFile: note, encoding: .utf8))?.split(separator: " ", maxSplits: 1) ?? []
    guard parts.count == 2, let pulled = Int64(parts[0]) else { return nil }
    let path = folder + "/" + parts[1]
    return access(path, R_OK) == 0 ? (path, Timestamp(milliseconds: pulled)) : nil
  }

  /// Where another copy can be made beside the one that there is.
  func newPath(_ now: Timestamp) -> String { "\(folder)/\(name)-\(now.milliseconds).sqlite" }

  /// Makes a copy the newest one, and removes those before it.
  func keep(_ path: String, pulled: Timestamp) throws(HistoryError) {
    let file = (path as NSString).lastPathComponent
    do {
      try "\(pulled.milliseconds) \(file)".write(toFile: note, atomically: true, encoding: .utf8)
    } catch {
      throw .readOnly(note)
    }
    for other in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    where other.hasPrefix(name + "-") && !other.hasPrefix(file) {
      unlink(folder + "/" + other)
    }
  }
}
