import Glibc

/// Why an archive or a folder is no pack that can be read.
package struct PackError: Error, Equatable, Sendable {
  /// What was to be read or written, as it was called.
  package var path: String
  package var reason: Reason

  /// The reason.
  package enum Reason: Equatable, Sendable {
    /// The system said no to what was tried, a verb phrase, with this `errno`.
    case system(String, CInt)
    case archiveTooLarge(limitBytes: Int)
    /// Neither a folder nor an archive of a kind that is read.
    case notAPack
    /// It ends early or its check sums are wrong; what was met.
    case damaged(String)
    /// All of it is more than is unpacked.
    case unpacksTooLarge(limitBytes: Int)
    /// It unpacks to so many times its size and more: no pack does.
    case bomb(ratio: Int)
    case tooManyEntries(limit: Int)
    /// Nothing in it can be part of a pack.
    case nothingInIt
    /// Entries that no honest pack has; never empty.
    case refused([PackRefusal])
  }

  /// Makes an error.
  package init(path: String, reason: Reason) {
    self.path = path
    self.reason = reason
  }
}

/// An entry that a whole pack is refused for.
package struct PackRefusal: Equatable, Sendable {
  /// Why an entry is refused.
  package enum Reason: Equatable, Sendable {
    case noName
    case notUTF8
    case nameTooLong(limitBytes: Int)
    /// Control characters, invisible ones, or those that turn the direction of writing.
    case unprintable
    case backslash
    case absolute
    /// `..` in its name.
    case climbs
    case tooDeep(limit: Int)
    /// A symbolic or a hard link.
    case link
    /// A device, a pipe, a socket.
    case notAFile
    case encrypted
    case tooLarge(limitBytes: Int)
    /// The same name as an entry before it, upper and lower case aside.
    case duplicate(of: String)
  }

  /// The entry's name as far as it can be shown; as written, so that it has to be made safe to show.
  package var entry: String
  package var reason: Reason

  /// Makes a refusal.
  package init(entry: String, reason: Reason) {
    self.entry = entry
    self.reason = reason
  }

  /// Refusals that are collected at most; reading then stops.
  package static let limit = 20
}

extension PackRefusal.Reason {
  /// A clause that can follow the entry's name.
  package var clause: String {
    switch self {
    case .noName: "has no name"
    case .notUTF8: "has a name that is not UTF-8"
    case .nameTooLong(let limit): "has a name of more than \(limit) bytes"
    case .unprintable: "has characters in its name that cannot be seen"
    case .backslash: "has a backslash in its name"
    case .absolute: "starts at the root of the disk"
    case .climbs: "leads out of the pack with \"..\""
    case .tooDeep(let limit): "lies in more than \(limit) folders"
    case .link: "is a link"
    case .notAFile: "is neither a file nor a folder"
    case .encrypted: "is encrypted"
    case .tooLarge(let limit): "is larger than \(PackError.size(limit))"
    case .duplicate(let other): other.isEmpty ? "is there twice" : "is there twice, the other time as \(other)"
    }
  }
}

extension PackLeftOut.Reason {
  /// A clause that can follow the file's name.
  package var clause: String {
    switch self {
    case .hidden: "is hidden"
    case .otherKind(""): "is no part of a drill pack"
    case .otherKind(let ending): "is no part of a drill pack (.\(ending))"
    case .archive: "is an archive of its own, which is not opened"
    case .aboutThePack: "is for people to read"
    }
  }
}

extension PackError {
  /// What happened, as a clause that can follow the pack's name; refused entries are for `refusals` to tell.
  package var clause: String {
    switch reason {
    case .system(let operation, let code): "could not be \(operation): \(String(cString: strerror(code)))"
    case .archiveTooLarge(let limit): "is larger than \(Self.size(limit))"
    case .notAPack: "is neither a folder nor an archive (.tar.gz, .tar or .zip)"
    case .damaged(let what): "is damaged: \(what)"
    case .unpacksTooLarge(let limit): "unpacks to more than \(Self.size(limit))"
    case .bomb(let ratio): "unpacks to more than \(ratio) times its size"
    case .tooManyEntries(let limit): "has more than \(limit) entries"
    case .nothingInIt: "has no drills in it"
    case .refused: "has entries that no drill pack needs"
    }
  }

  /// The entries it was refused for.
  package var refusals: [PackRefusal] { if case .refused(let refusals) = reason { refusals } else { [] } }

  /// Bytes in the largest unit that needs no fraction.
  static func size(_ bytes: Int) -> String {
    bytes >= 1 << 20 && bytes % (1 << 20) == 0
      ? "\(bytes >> 20) MiB" : bytes >= 1 << 10 && bytes % (1 << 10) == 0 ? "\(bytes >> 10) KiB" : "\(bytes) bytes"
  }
}
