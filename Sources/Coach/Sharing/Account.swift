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

  /// The name of a group and those whom the system lists as its members; nil where there is none of that number.
  static func group(_ number: UInt32) -> (name: String, members: [String])? {
    var (entry, found) = (Glibc.group(), nil as UnsafeMutablePointer<Glibc.group>?)
    var buffer = [CChar](repeating: 0, count: 65_536)
    guard getgrgid_r(number, &entry, &buffer, buffer.count, &found) == 0, found != nil, let name = entry.gr_name
    else { return nil }
    var members: [String] = []
    while let member = entry.gr_mem?[members.count] { members.append(String(cString: member)) }
    return (String(cString: name), members)
  }

  /// Whether a name can be that of a folder: nothing that means something in a path.
  static func isFolderName(_ name: String) -> Bool {
    (1...64).contains(name.utf8.count) && !name.hasPrefix(".") && !name.hasPrefix("-")
      && name.utf8.allSatisfy { $0 > 32 && $0 < 127 && $0 != UInt8(ascii: "/") }
  }
}
