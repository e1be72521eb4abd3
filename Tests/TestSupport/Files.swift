internal import Foundation

/// Files that tests read.
package enum Files {
  /// The folder that holds Package.swift.
  package static let packageRoot: String = folder(of: #filePath, up: 3)

  /// The `Fixtures` folder beside a test's source file.
  package static func fixtures(_ path: String = #filePath) -> String {
    folder(of: path, up: 1) + "/Fixtures"
  }

  /// A file's bytes; empty when it cannot be read.
  package static func bytes(_ path: String) -> [UInt8] {
    guard let file = fopen(path, "rb") else { return [] }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&block, 1, block.count, file)
      if count == 0 { return bytes }
      bytes += block[..<count]
    }
  }

  /// Whether something is at a path.
  package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// A file's text.
  package static func text(_ path: String) -> String {
    String(decoding: bytes(path), as: UTF8.self)
  }

  /// Whether a path leads to a folder.
  package static func isFolder(_ path: String) -> Bool {
    guard let folder = opendir(path) else { return false }
    closedir(folder)
    return true
  }

  /// The files in a folder and in the folders in it.
  package static func all(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var result: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name == "." || name == ".." { continue }
      let path = folder + "/" + name
      if isFolder(path) { result += all(in: path) } else { result.append(path) }
    }
    return result
  }

  /// The last part of a path.
  package static func name(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// The folder some levels above a path.
  package static func folder(of path: String, up levels: Int) -> String {
    "/" + path.split(separator: "/").dropLast(levels).joined(separator: "/")
  }
}
