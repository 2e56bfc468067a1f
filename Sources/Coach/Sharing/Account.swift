import Glibc

/// An account of this machine, as the system knows it.
package enum Account {
  /// The name and the home folder of the account the program runs as; nil where the system has none of that number.
  package static func own() -> (name: String, home: String)? {
    var (entry, found) = (passwd(), nil as UnsafeMutablePointer<passwd>?)
    var buffer = [CChar](repeating: 0, count: 16_384)
    guard getpwuid_r(geteuid(), &entry, &buffer, buffer.count, &found) == 0, found != nil, let name = entry.pw_name,
      let home = entry.pw_dir
    else { return nil }
    return (String(cString: name), String(cString: home))
  }

  /// The name, else the number: `uid 1000`.
  package static var name: String { own()?.name ?? "uid \(geteuid())" }

  /// Whether a name can be that of a folder: nothing that means something in a path.
  static func isFolderName(_ name: String) -> Bool {
    (1...64).contains(name.utf8.count) && !name.hasPrefix(".") && !name.hasPrefix("-")
      && name.utf8.allSatisfy { $0 > 32 && $0 < 127 && $0 != UInt8(ascii: "/") }
  }
}
