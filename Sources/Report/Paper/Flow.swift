/// Things put one below the other on pages of one size, before anything is drawn: only then is it known how many there are.
struct Flow: ~Copyable {
  /// What lies at a place of a page.
  enum Item {
    case line(Typeset, Int, x: Double, y: Double)
    case drawing(Drawing, x: Double, y: Double)
    case rule(x: Double, y: Double, width: Double)
  }

  /// A heading as the contents of a PDF name it.
  struct Heading {
    var title: String
    /// Counted from 1.
    var page: Int
    var y: Double
  }

  /// The room of a page, in points.
  struct Sheet {
    var width: Double
    /// Where the page ends; infinity for one that is as long as what is on it.
    var height: Double
    var left = 56.0, right = 56.0, top = 50.0, bottom = 54.0

    var inner: Double { width - left - right }
  }

  /// A cell of a row: a text, or a picture, `x` points from the left edge of the inner page.
  enum Cell {
    case text(Typeset, x: Double)
    case drawing(Drawing, x: Double)

    /// How far the base of its first line is below its top.
    fileprivate var base: Double { if case .text(let text, _) = self { text.lines[0].base } else { 0 } }

    fileprivate var height: Double {
      switch self {
      case .text(let text, _): text.height
      case .drawing(let drawing, _): drawing.height
      }
    }
  }

  let sheet: Sheet
  let setter: Typesetter
  private(set) var pages: [[Item]] = [[]]
  private(set) var headings: [Heading] = []
  /// Where the next thing goes on the last page.
  private(set) var y: Double
  private var floor: Double { sheet.height - sheet.bottom }
  /// How long a page without an end may get; what comes then is left out.
  var limit = Double.infinity
  /// Whether something was left out.
  private(set) var isCut = false

  init(_ sheet: Sheet, _ setter: consuming Typesetter) {
    self.sheet = sheet
    self.setter = setter
    y = sheet.top
  }

  /// Whether nothing is on the last page yet.
  private var isFresh: Bool { y <= sheet.top }

  /// Whether there is no room for anything any more; asked before anything is set.
  private mutating func isFull() -> Bool {
    isCut = isCut || y > limit
    return y > limit
  }

  /// Leaves room; none at the top of a page.
  mutating func space(_ height: Double) { if !isFresh, y <= limit { y += height } }

  /// Begins a new page where less than `height` is left on this one.
  mutating func need(_ height: Double) { if y + height > floor, !isFresh { turn() } }

  private mutating func turn() {
    pages.append([])
    y = sheet.top
  }

  private mutating func put(_ item: Item) { pages[pages.count - 1].append(item) }

  /// Puts a heading, with room above and enough below for what it heads.
  mutating func heading(_ title: String, keeping height: Double) {
    guard !isFull() else { return }
    space(17)
    let text = setter.set(title, .heading, width: sheet.inner)
    need(text.height + 8 + height)
    headings.append(Heading(title: title, page: pages.count, y: y))
    lines(of: text, x: 0)
    y += 3
    rule()
    y += 7
  }

  mutating func rule() { put(.rule(x: sheet.left, y: y, width: sheet.inner)) }

  /// Puts a text of any length; pages end between its lines, but no line stays alone.
  mutating func text(_ text: String, _ type: Type, x: Double = 0, width: Double? = nil, _ stretches: [Stretch] = []) {
    if !isFull() { lines(of: setter.set(text, type, width: width ?? sheet.inner - x, stretches), x: x) }
  }

  private mutating func lines(of text: Typeset, x: Double) {
    for (index, line) in text.lines.enumerated() {
      let left = text.lines.count - index
      need(index == 0 || left == 2 ? line.height * Double(min(left, 2)) : line.height)
      put(.line(text, index, x: sheet.left + x, y: y + line.base))
      y += line.height
    }
  }

  /// Puts a label at the left and a text of any length beside it, the label on the text's first line.
  mutating func labelled(
    _ label: String, _ labelType: Type = .label, _ text: String, _ type: Type, column: Double,
    _ stretches: [Stretch] = []
  ) {
    guard !isFull() else { return }
    let body = setter.set(text, type, width: sheet.inner - column, stretches)
    need(body.lines[0].height * Double(min(body.lines.count, 2)))
    let head = setter.set(label, labelType, width: column - 8)
    put(.line(head, 0, x: sheet.left, y: y + body.lines[0].base))
    lines(of: body, x: column)
  }

  /// Puts cells side by side on one base line; a row is never torn apart, unless it is longer than a page.
  mutating func row(_ cells: [Cell]) {
    guard !isFull() else { return }
    let base = cells.reduce(0) { max($0, $1.base) }
    let height = cells.reduce(0) { max($0, $1.height + ($1.base > 0 ? base - $1.base : 0)) }
    need(min(height, floor - sheet.top))
    for cell in cells {
      switch cell {
      case .drawing(let drawing, let x): put(.drawing(drawing, x: sheet.left + x, y: y))
      case .text(let text, let x):
        var top = y + base - cell.base
        for (index, line) in text.lines.enumerated() where top + line.height <= floor {
          put(.line(text, index, x: sheet.left + x, y: top + line.base))
          top += line.height
        }
      }
    }
    y += height
  }

  mutating func drawing(_ drawing: Drawing) {
    guard !isFull() else { return }
    need(drawing.height)
    put(.drawing(drawing, x: sheet.left, y: y))
    y += drawing.height
  }
}
