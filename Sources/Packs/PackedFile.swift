/// A file of a pack: its name within it, and its bytes.
package struct PackedFile: Equatable, Sendable {
  /// Folders and name, parted by `/`; safe as `PackRules` judges it.
  package var name: String
  package var bytes: [UInt8]

  /// Makes a file.
  package init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }

  /// The last part of its name.
  package var lastName: String { name.split(separator: "/").last.map(String.init) ?? name }
}

/// What was read of an archive or a folder.
package struct Pack: Equatable, Sendable {
  /// The files that may be part of a pack, by name; a folder that all of them lie in is taken off.
  package var files: [PackedFile]
  /// What else there was, harmless and not wanted, by name.
  package var leftOut: [PackLeftOut]

  /// Makes what was read.
  package init(files: [PackedFile], leftOut: [PackLeftOut] = []) {
    self.files = files
    self.leftOut = leftOut
  }
}

/// A file that is passed over, and why.
package struct PackLeftOut: Equatable, Sendable {
  /// Why a file is no part of a pack.
  package enum Reason: Equatable, Sendable {
    /// Its name, or that of a folder it lies in, begins with a dot, or is one that archivers add.
    case hidden
    /// What is known about a file of another kind: `.png`; empty where it has no ending.
    case otherKind(String)
    /// An archive in the archive; it is not opened.
    case archive
    /// A read-me or a licence, which are for people.
    case aboutThePack
  }

  package var name: String
  package var reason: Reason
}

/// How much of a pack is read. What is larger is refused, so that reading costs bounded memory and time whoever made it.
package struct PackLimits: Equatable, Sendable {
  /// Bytes of the archive itself.
  package var archiveBytes = 32 << 20
  /// Bytes of all that is in it, and of what a compressed one unpacks to.
  package var totalBytes = 32 << 20
  /// Entries, folders and what is passed over included.
  package var entries = 2_000
  /// Bytes of one text.
  package var textBytes = 64 << 10
  /// Bytes of one recording: half a minute of 48 kHz in stereo and 24 bits.
  package var soundBytes = 12 << 20
  /// How many times its own size an archive may unpack to, once that is more than `ratioFreeBytes`.
  package var ratio = 200
  package var ratioFreeBytes = 1 << 20
  /// Folders that a file of a pack may lie in, one around everything aside.
  package var depth = 2
  /// Bytes of a name, folders included.
  package var nameBytes = 200

  /// The limits of the program.
  package init() {}
}
