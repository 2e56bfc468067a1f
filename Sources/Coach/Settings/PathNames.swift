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
