import Glibc
import Terminal

/// The recordings that are meant by the arguments of `analyze`: files as they are, folders as the sound files in them.
///
/// Folders are searched with all that is in them, in the order of their paths; hidden entries are passed over, and
/// links to folders are not followed, so that no search goes in circles.
struct RecordingList {
  /// Endings of files that libsndfile may know.
  static let endings: Set<String> = [
    "wav", "flac", "ogg", "oga", "opus", "mp3", "aif", "aiff", "aifc", "au", "snd", "caf", "w64", "rf64", "wave",
  ]

  /// What is to be analysed, in order: a path, or why there is nothing to be done for an argument.
  private(set) var entries: [Result<String, Failure>] = []

  /// Looks at every argument.
  init(_ arguments: [String]) {
    for argument in arguments {
      guard kind(of: argument) == S_IFDIR else {
        entries.append(.success(argument))
        continue
      }
      var found: [String] = []
      do throws(Failure) {
        try Self.search(argument, depth: 0, into: &found)
        guard !found.isEmpty else { throw Failure(.noInput, Messages.noRecordings(argument)) }
        entries += found.map { .success($0) }
      } catch { entries.append(.failure(error)) }
    }
  }

  private static func search(_ folder: String, depth: Int, into found: inout [String]) throws(Failure) {
    guard depth < Limits.folderDepth else { return }
    guard let directory = opendir(folder) else {
      let code = errno
      throw Failure(code == EACCES ? .noPermission : .io, Messages.closedFolder(folder, code))
    }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    closedir(directory)
    for name in names.sorted() {
      let path = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
      var facts = stat()
      guard lstat(path, &facts) == 0 else { continue }
      if facts.st_mode & S_IFMT == S_IFDIR {
        try search(path, depth: depth + 1, into: &found)
      } else if let ending = name.split(separator: ".").dropFirst().last?.lowercased(), endings.contains(ending) {
        guard found.count < Limits.folderFiles else {
          throw Failure(.usage, Messages.tooManyRecordings(folder, Limits.folderFiles))
        }
        found.append(path)
      }
    }
  }
}
