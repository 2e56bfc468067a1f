import Glibc
import Terminal

/// The recordings that are meant by the arguments of `analyze`: files as they are, folders as the sound files in them.
///
/// Folders are searched with all that is in them, in the order of their paths; hidden entries are passed over, and
/// links to folders are not followed, so that no search goes in circles. What cannot be searched is an entry that says
/// so, in its place, and keeps nothing else from being found.
struct RecordingList {
  /// Endings of files that libsndfile may know.
  static let endings: Set<String> = [
    "wav", "flac", "ogg", "oga", "opus", "mp3", "aif", "aiff", "aifc", "au", "snd", "caf", "w64", "rf64", "wave",
  ]

  /// What is to be analysed, in order: a path, or why there is nothing to be done for an argument or a folder in it.
  private(set) var entries: [Result<RecordingPath, Failure>] = []

  /// Looks at every argument.
  init(_ arguments: [RecordingPath]) {
    for argument in arguments {
      guard argument.kind() == S_IFDIR else {
        entries.append(.success(argument))
        continue
      }
      var search = Search(argument)
      do throws(Failure) {
        try search.look(into: argument, depth: 0)
        if search.found.isEmpty { throw Failure(.noInput, Messages.noRecordings(argument.name)) }
        entries += search.found
      } catch { entries.append(.failure(error)) }
    }
  }
}

/// The search of one folder with all that is in it.
private struct Search {
  /// The folder that was named.
  private let root: RecordingPath
  /// What was found so far, in order.
  private(set) var found: [Result<RecordingPath, Failure>] = []

  init(_ root: RecordingPath) { self.root = root }

  /// Looks into `folder`, which lies `depth` folders below the root; throws where there is too much to go on.
  mutating func look(into folder: RecordingPath, depth: Int) throws(Failure) {
    guard depth < Limits.folderDepth else {
      return found.append(.failure(Failure(.usage, Messages.deepFolder(folder.name, Limits.folderDepth - 1))))
    }
    let names: [[UInt8]]
    do throws(Failure) { names = try Self.names(in: folder) } catch { return found.append(.failure(error)) }
    for name in names.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      let path = folder.appending(name)
      let ending = String(decoding: name, as: UTF8.self).split(separator: ".").dropFirst().last?.lowercased()
      let isSound = ending.map(RecordingList.endings.contains) ?? false
      guard let kind = path.kind(followsLinks: false) else { continue }
      if kind == S_IFDIR {
        try look(into: path, depth: depth + 1)
      } else if isSound, kind != S_IFLNK || path.kind() != S_IFDIR {
        guard found.count < Limits.folderFiles else {
          throw Failure(.usage, Messages.tooManyRecordings(root.name, Limits.folderFiles))
        }
        found.append(.success(path))
      }
    }
  }

  /// The names in `folder` that are not hidden.
  private static func names(in folder: RecordingPath) throws(Failure) -> [[UInt8]] {
    guard let directory = opendir(folder.bytes) else {
      let code = errno
      throw Failure(code == EACCES ? .noPermission : .io, Messages.closedFolder(folder.name, code))
    }
    defer { closedir(directory) }
    var names: [[UInt8]] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in Array(bytes.prefix { $0 != 0 }) }
      if name.first != UInt8(ascii: ".") { names.append(name) }
    }
    return names
  }
}
