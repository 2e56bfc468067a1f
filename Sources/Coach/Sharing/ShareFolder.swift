package import Audience
import Glibc

/// A folder that sockets may lie in, as it was found; the same rules as those of `BoundSocket`, told in words.
package struct ShareFolder: Equatable, Sendable {
  /// What is at a path.
  package struct Look: Equatable, Sendable {
    package var isFolder: Bool
    package var owner: UInt32
    package var group: UInt32
    /// The permission bits, with those for set-group-ID and the sticky one.
    package var mode: UInt32

    /// Makes one.
    package init(isFolder: Bool = true, owner: UInt32, group: UInt32 = 0, mode: UInt32) {
      (self.isFolder, self.owner, self.group, self.mode) = (isFolder, owner, group, mode)
    }

    /// What is at `path` itself, not behind a symbolic link; nil where nothing is.
    package init?(_ path: String) {
      var found = stat()
      guard lstat(path, &found) == 0 else { return nil }
      self.init(
        isFolder: found.st_mode & S_IFMT == S_IFDIR, owner: found.st_uid, group: found.st_gid,
        mode: found.st_mode & 0o7777)
    }
  }

  /// What is wrong with a folder at which `look` found this, in the place of what an administrator should make for the
  /// account of number `uid`; nil where nothing is.
  package static func fault(_ look: Look, _ reach: SocketPlace.Reach, uid: UInt32) -> String? {
    guard look.isFolder else { return "is no folder" }
    if look.owner != uid { return "is not \(reach == .own ? "yours" : "the learner's own")" }
    let (wanted, open): (String, UInt32) = reach == .own ? ("700", 0o077) : ("2750", 0o027)
    if look.mode & open != 0 { return "has mode \(String(look.mode, radix: 8)), which has to be \(wanted)" }
    if reach == .group, look.mode & 0o2050 != 0o2050 {
      return "has mode \(String(look.mode, radix: 8)), which has to be 2750: tutors cannot come in"
    }
    return nil
  }

  /// Why no socket could be put into `place`, as a clause, of what `look` finds there.
  package static func cause(_ error: AudienceError, of place: SocketPlace, _ look: Look?, uid: UInt32) -> String {
    guard case .unsafeFolder(let path) = error else { return error.words }
    guard path.hasPrefix(place.folder) else { return "others could put another folder in its place, in \(path)" }
    return place.folder + " " + (look.flatMap { fault($0, place.reach, uid: uid) } ?? "is not as it has to be")
  }

  /// The learners' folders that this account cannot look into.
  package struct Closed: Equatable, Sendable {
    package var count: Int
    /// The group that may.
    package var group: String
    /// Whether this account is in it, but was not yet at its login.
    package var isMember: Bool

    /// Makes one.
    package init(count: Int, group: String, isMember: Bool) {
      (self.count, self.group, self.isMember) = (count, group, isMember)
    }
  }

  /// The learners' folders in `folder` that this account cannot look into; nil where there are none, or where `folder`
  /// itself cannot be looked into.
  package static func closed(in folder: String) -> Closed? {
    guard let reader = opendir(folder) else { return nil }
    defer { closedir(reader) }
    var (count, group) = (0, UInt32?.none)
    for _ in 0..<mostEntries {
      guard let entry = readdir(reader) else { break }
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      let path = folder + "/" + name
      guard Account.isFolderName(name), let look = Look(path), look.isFolder, look.owner != geteuid(),
        look.mode & 0o2070 == 0o2050, access(path, R_OK | X_OK) != 0
      else { continue }
      (count, group) = (count + 1, group ?? look.group)
    }
    guard let group, let found = Account.group(group) else { return nil }
    return Closed(count: count, group: found.name, isMember: found.members.contains(Account.name))
  }

  /// Entries of a folder that are looked at.
  private static let mostEntries = 1_000
}
