import Glibc

/// What of sessions lies beside the database: their sound, what was left of repairing it, locks, and events that could
/// not be saved.
package struct KeptFiles: Sendable {
  let places: Places
  /// Where events go that can be kept nowhere else.
  let temporary: String

  /// The files of an environment.
  init(_ surroundings: Surroundings) {
    places = surroundings.places
    temporary = surroundings.environment["TMPDIR"] ?? "/tmp"
  }

  /// A file of kept sound.
  struct KeptSound: Equatable, Sendable {
    var path: String
    /// The ids it may belong to, the likeliest first: `a-2.flac` is the sound of session `a-2`, or of the second
    /// device of session `a`.
    var ids: [String]
    var bytes: Int
  }

  /// All kept sound, by name.
  var sound: [KeptSound] {
    Self.names(in: places.takes).sorted().compactMap { name in
      let ids = Self.owners(of: name)
      guard !ids.isEmpty else { return nil }
      let path = places.takes + "/" + name
      var found = stat()
      guard lstat(path, &found) == 0, found.st_mode & S_IFMT == S_IFREG else { return nil }
      return KeptSound(path: path, ids: ids, bytes: Int(found.st_size))
    }
  }

  /// The sound of the sessions `ids`; `isSession` says whether an id is that of another session.
  func sound(of ids: Set<String>, isSession: (String) -> Bool) -> [KeptSound] {
    sound.filter { file in file.ids.first { ids.contains($0) || isSession($0) }.map(ids.contains) ?? false }
  }

  /// What else there may be of session `id`: its lock, and events that could not be saved.
  func others(of id: String) -> [String] {
    ["\(places.live)/\(id).lock"]
      + [places.state, temporary].map { Self.rescuePath(id, in: $0) }.filter { kind(of: $0) == S_IFREG }
  }

  /// Where the events of session `id` are put that could not be saved.
  static func rescuePath(_ id: String, in folder: String) -> String { "\(folder)/rostrum-\(id).jsonl" }

  /// Events of any session that could not be saved, and histories that a restore kept beside the present one.
  var rescued: [String] {
    Self.names(in: places.state).filter { $0.hasPrefix("rostrum-") && $0.hasSuffix(".jsonl") }.sorted()
      .map { places.state + "/" + $0 }
  }
  var earlierDatabases: [String] {
    Self.names(in: places.data).filter { $0.hasPrefix("history-before-restore") }.sorted()
      .map { places.data + "/" + $0 }
  }

  /// The ids of sessions that a file of sound may belong to; none for the name of anything else.
  package static func owners(of name: String) -> [String] {
    guard let ending = name.firstRange(of: ".flac") else { return [] }
    let stem = String(name[..<ending.lowerBound])
    var ids = [stem]
    if let part = without("-part", stem) { ids.append(part) }
    if let device = without("-", ids[ids.count - 1]) { ids.append(device) }
    return ids.filter(isID)
  }

  /// `stem` without `mark` and a number at its end; nil where it does not end so.
  private static func without(_ mark: String, _ stem: String) -> String? {
    let digits = stem.reversed().prefix { $0.isASCII && $0.isNumber }.count
    guard digits > 0 else { return nil }
    let rest = stem.dropLast(digits)
    return rest.hasSuffix(mark) ? String(rest.dropLast(mark.count)) : nil
  }

  /// Whether a session may have this id.
  static func isID(_ id: String) -> Bool {
    (1...64).contains(id.utf8.count)
      && id.utf8.allSatisfy { (48...57).contains($0) || (97...122).contains($0) || $0 == UInt8(ascii: "-") }
  }

  /// Names in a folder; none where it cannot be read.
  static func names(in folder: String) -> [String] {
    guard let listing = opendir(folder) else { return [] }
    defer { closedir(listing) }
    var names: [String] = []
    while let entry = readdir(listing) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// Deletes files; returns those that are still there, with the reason.
  static func remove(_ paths: [String]) -> [(path: String, code: Int32)] {
    paths.compactMap { path in
      unlink(path) == 0 || errno == ENOENT || errno == ENOTDIR ? nil : (path, errno)
    }
  }
}
