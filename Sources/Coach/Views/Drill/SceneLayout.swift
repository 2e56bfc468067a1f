import Terminal

/// Where the scene of a drill stands.
enum SceneLayout {
  /// A row of `area` at a third of its height, from which so many rows still fit.
  static func top(of rows: Int, in area: Area) -> Int { max(min((area.rows - rows) / 3, 5), 0) }
}
