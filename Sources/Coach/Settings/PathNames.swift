/// The folder that holds `path`; a path without any folder is in `.`, and the root holds itself.
func parent(of path: String) -> String {
  let path = withoutTrailingSlash(path)
  if path == "." { return ".." }
  if path == ".." || path.hasSuffix("/..") { return path + "/.." }
  guard let slash = path.lastIndex(of: "/") else { return "." }
  return slash == path.startIndex ? "/" : withoutTrailingSlash(String(path[..<slash]))
}

func withoutTrailingSlash(_ path: String) -> String {
  var path = path
  while path.count > 1, path.hasSuffix("/") { path.removeLast() }
  return path
}

/// Whether `path` is the whole path of a folder below the root, of characters that mean nothing to a shell.
func isPlainFolder(_ path: String) -> Bool {
  let parts = path.split(separator: "/")
  return path.hasPrefix("/") && !parts.isEmpty && !parts.contains("..") && !parts.contains(".")
    && path.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
      default: "/._-".utf8.contains(byte)
      }
    }
}
