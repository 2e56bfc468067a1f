/// A pack while it is read: every entry is counted and judged here, whether it comes from an archive or a folder.
struct PackGathering {
  let path: String
  let limits: PackLimits
  private var files: [PackedFile] = []
  private var leftOut: [PackLeftOut] = []
  private var refusals: [PackRefusal] = []
  /// Names so far, folded, and as they were written.
  private var names: [String: String] = [:]
  private var entries = 0
  /// Bytes of files so far.
  private var bytes = 0

  init(path: String, limits: PackLimits) {
    self.path = path
    self.limits = limits
  }

  /// Counts one more entry.
  mutating func count() throws(PackError) {
    entries += 1
    guard entries <= limits.entries else { throw error(.tooManyEntries(limit: limits.entries)) }
  }

  /// Counts bytes that were read, wanted or not.
  mutating func count(bytes count: Int) throws(PackError) {
    bytes += count
    guard bytes <= limits.totalBytes else { throw error(.unpacksTooLarge(limitBytes: limits.totalBytes)) }
  }

  /// Refuses an entry; after too many of them reading ends.
  mutating func refuse(_ entry: String, _ reason: PackRefusal.Reason) throws(PackError) {
    refusals.append(PackRefusal(entry: entry, reason: reason))
    if refusals.count >= PackRefusal.limit { throw error(.refused(refusals)) }
  }

  /// Ends reading because of an entry that is too large to be passed by.
  mutating func give(up entry: String, _ reason: PackRefusal.Reason) throws(PackError) -> Never {
    refusals.append(PackRefusal(entry: entry, reason: reason))
    throw error(.refused(refusals))
  }

  /// Judges a file by its name: the name it has and the bytes it may have; nil where it is not wanted.
  mutating func judge(_ entry: String) throws(PackError) -> (name: String, limitBytes: Int)? {
    switch PackRules.judge(entry, limits) {
    case .refused(let reason): try refuse(entry, reason)
    case .leftOut(let reason): leftOut.append(PackLeftOut(name: entry, reason: reason))
    case .wanted(let name, let limit):
      guard let other = names.updateValue(name, forKey: PackRules.folded(name)) else { return (name, limit) }
      try refuse(entry, .duplicate(of: other == name ? "" : other))
    }
    return nil
  }

  /// Takes a folder's name in: it is judged, and otherwise nothing.
  mutating func judge(folder entry: String) throws(PackError) {
    if let reason = PackRules.danger(in: entry, limits) { try refuse(entry, reason) }
  }

  mutating func leaveOut(_ entry: String, _ reason: PackLeftOut.Reason) {
    leftOut.append(PackLeftOut(name: entry, reason: reason))
  }

  mutating func take(_ name: String, _ bytes: [UInt8]) { files.append(PackedFile(name: name, bytes: bytes)) }

  /// What was read, once that is all.
  mutating func pack() throws(PackError) -> Pack {
    let unwrapped = PackRules.unwrapped(files)
    for file in unwrapped where PackRules.parts(of: file.name).count > limits.depth + 1 {
      try refuse(file.name, .tooDeep(limit: limits.depth))
    }
    guard refusals.isEmpty else { throw error(.refused(refusals)) }
    guard !files.isEmpty else { throw error(.nothingInIt) }
    let sorted = unwrapped.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    return Pack(
      files: sorted, leftOut: leftOut.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) })
  }

  func error(_ reason: PackError.Reason) -> PackError { PackError(path: path, reason: reason) }
}
