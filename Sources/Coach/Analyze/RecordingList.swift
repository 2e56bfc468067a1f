import Glibc
import Terminal

/// The recordings that are meant by the arguments of `analyze`: files as they are, folders as the sound files in them.
///
/// Folders are searched with all that is in them, in the order of their paths; hidden entries are passed over, and
/// links to folders are not followed, so that no search goes in circles. What cannot be searched or opened by its name
/// is an entry that says so, in its place, and keeps nothing else from being found.
struct RecordingList {
  /// Endings of files that libsndfile may know.
  static let endings: Set<String> = [
    "wav", "flac", "ogg", "oga", "opus", "mp3", "aif", "aiff", "aifc", "au", "snd", "caf", "w64", "rf64", "wave",
  ]

  /// What is to be analysed, in order: a path, or why there is nothing to be done for an argument or a folder in it.
  private(set) var entries: [Result<String, Failure>] = []

  /// Looks at every argument.
  init(_ arguments: [String]) {
    for argument in arguments {
      guard let kind = kind(of: argument) else {
        entries.append(Self.isRepaired(argument) ? .failure(Self.unnamed(argument)) : .success(argument))
        continue
      }
      guard kind == S_IFDIR else {
        entries.append(.success(argument))
        continue
      }
      var search = Search(argument)
      do throws(Failure) {
        try search.look(into: argument, depth: 0)
        if search.found.isEmpty { throw Failure(.noInput, Messages.noRecordings(argument)) }
        entries += search.found
      } catch { entries.append(.failure(error)) }
    }
  }

  /// Whether `name` may be other bytes made readable: then it is the name of no file.
  fileprivate static func isRepaired(_ name: String) -> Bool { name.unicodeScalars.contains("\u{FFFD}") }

  fileprivate static func unnamed(_ path: String) -> Failure { Failure(.noInput, Messages.nameNotUTF8(path)) }
}

/// The search of one folder with all that is in it.
private struct Search {
  /// The folder that was named.
  private let root: String
  /// What was found so far, in order.
  private(set) var found: [Result<String, Failure>] = []

  init(_ root: String) { self.root = root }

  /// Looks into `folder`, which lies `depth` folders below the root; throws where there is too much to go on.
  mutating func look(into folder: String, depth: Int) throws(Failure) {
    guard depth < Limits.folderDepth else {
      return found.append(.failure(Failure(.usage, Messages.deepFolder(folder, Limits.folderDepth - 1))))
    }
    let names: [String]
    do throws(Failure) { names = try Self.names(in: folder) } catch { return found.append(.failure(error)) }
    for name in names.sorted() {
      let path = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
      let isSound = name.split(separator: ".").dropFirst().last.map { RecordingList.endings.contains($0.lowercased()) }
      var facts = stat()
      guard lstat(path, &facts) == 0 else {
        if isSound ?? false, RecordingList.isRepaired(name) { found.append(.failure(RecordingList.unnamed(path))) }
        continue
      }
      let format = facts.st_mode & S_IFMT
      if format == S_IFDIR {
        try look(into: path, depth: depth + 1)
      } else if isSound ?? false, format != S_IFLNK || kind(of: path) != S_IFDIR {
        guard found.count < Limits.folderFiles else {
          throw Failure(.usage, Messages.tooManyRecordings(root, Limits.folderFiles))
        }
        found.append(.success(path))
      }
    }
  }

  /// The names in `folder` that are not hidden.
  private static func names(in folder: String) throws(Failure) -> [String] {
    guard let directory = opendir(folder) else {
      let code = errno
      throw Failure(code == EACCES ? .noPermission : .io, Messages.closedFolder(folder, code))
    }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names
  }
}
