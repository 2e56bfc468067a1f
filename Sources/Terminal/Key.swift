/// A key that was pressed, after the terminal's own encoding has been undone.
package enum Key: Equatable, Hashable, Sendable {
  /// A character typed or pasted.
  case character(Character)
  /// A letter or sign held with Ctrl, in lower case.
  case control(Character)
  /// A function key, from 1.
  case function(Int)
  case enter, escape, tab, backtab, backspace
  case up, down, left, right
  case pageUp, pageDown, home, end, insert, delete
}

extension Key {
  /// The key as it is written in help and in the key bar: `space`, `Enter`, `^C`, `?`.
  package var name: String {
    switch self {
    case .character(" "): "space"
    case .character(let character): sanitised(String(character))
    case .control(let character): "^" + sanitised(String(character)).uppercased()
    case .function(let number): "F\(number)"
    case .enter: "Enter"
    case .escape: "Esc"
    case .tab: "Tab"
    case .backtab: "Shift-Tab"
    case .backspace: "Backspace"
    case .up: "Up"
    case .down: "Down"
    case .left: "Left"
    case .right: "Right"
    case .pageUp: "PgUp"
    case .pageDown: "PgDn"
    case .home: "Home"
    case .end: "End"
    case .insert: "Ins"
    case .delete: "Del"
    }
  }
}
