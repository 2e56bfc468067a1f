import Glibc

/// Names of files that nothing has yet.
enum FreeName {
  /// `stem.ending`, or with `-2` and so on behind the stem where that is there already.
  static func path(_ stem: String, _ ending: String) -> String {
    func named(_ number: Int) -> String { stem + (number > 1 ? "-\(number)" : "") + "." + ending }
    let free = (1...999).first { access(named($0), F_OK) != 0 } ?? 1_000
    return named(free)
  }
}
