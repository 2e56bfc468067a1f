/// What an entry of a pack may be called, and which files are part of one.
///
/// A name is judged before a byte behind it is read. What could reach outside a folder, or hide what it is, makes the
/// whole pack refused: nobody who packs drills makes such an entry, and what else is in there cannot be trusted. Other
/// files are passed over and named.
enum PackRules {
  /// What a name is.
  enum Verdict: Equatable {
    case wanted(name: String, limitBytes: Int)
    case leftOut(PackLeftOut.Reason)
    case refused(PackRefusal.Reason)
  }

  /// Endings of files that are texts, and of recordings.
  private static let texts: Set = ["md", "txt", "yaml"]
  private static let sounds: Set = ["flac", "wav"]
  private static let archives: Set = ["zip", "tar", "gz", "tgz", "bz2", "xz", "zst", "7z", "rar"]
  private static let forPeople: Set = ["readme", "license", "licence", "copying", "changelog", "contributing"]
  private static let added: Set = ["__MACOSX", "Thumbs.db", "desktop.ini"]

  /// Judges the name of a file.
  static func judge(_ name: String, _ limits: PackLimits) -> Verdict {
    if let reason = danger(in: name, limits) { return .refused(reason) }
    let parts = parts(of: name)
    guard let last = parts.last else { return .refused(.noName) }
    if parts.contains(where: { $0.hasPrefix(".") || added.contains($0) }) { return .leftOut(.hidden) }
    let pieces = last.split(separator: ".", omittingEmptySubsequences: false)
    let ending = pieces.count > 1 ? pieces[pieces.count - 1].lowercased() : ""
    if archives.contains(ending) { return .leftOut(.archive) }
    if let first = pieces.first, forPeople.contains(first.lowercased()) { return .leftOut(.aboutThePack) }
    let isText = texts.contains(ending)
    guard isText || sounds.contains(ending) else { return .leftOut(.otherKind(ending)) }
    // One folder more than a pack may have: the one that archivers put around everything.
    if parts.count > limits.depth + 2 { return .refused(.tooDeep(limit: limits.depth)) }
    return .wanted(
      name: parts.joined(separator: "/"), limitBytes: isText ? limits.textBytes : limits.soundBytes)
  }

  /// What no name of any entry may have, folders too; nil for a good one.
  static func danger(in name: String, _ limits: PackLimits) -> PackRefusal.Reason? {
    if name.isEmpty { return .noName }
    if name.utf8.count > limits.nameBytes { return .nameTooLong(limitBytes: limits.nameBytes) }
    if name.unicodeScalars.contains(where: isUnprintable) { return .unprintable }
    if name.contains("\\") { return .backslash }
    if name.utf8.first == UInt8(ascii: "/") { return .absolute }
    return name.split(separator: "/").contains("..") ? .climbs : nil
  }

  /// The parts of a name; `.` and empty ones, which archivers write, left out.
  static func parts(of name: String) -> [String] {
    name.split(separator: "/").filter { $0 != "." }.map(String.init)
  }

  /// What two names must differ in: upper and lower case are one on some disks, and so are the ways to write an accent,
  /// which Swift's own equality sees to.
  static func folded(_ name: String) -> String { name.lowercased() }

  /// The files without a folder that all of them lie in.
  static func unwrapped(_ files: [PackedFile]) -> [PackedFile] {
    guard let first = files.first, let end = first.name.firstIndex(of: "/") else { return files }
    let wrapper = first.name[...end]
    guard files.allSatisfy({ $0.name.hasPrefix(wrapper) }) else { return files }
    return files.map { PackedFile(name: String($0.name.dropFirst(wrapper.count)), bytes: $0.bytes) }
  }

  private static func isUnprintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse, .surrogate: true
    default: false
    }
  }
}
