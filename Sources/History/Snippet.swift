/// A passage with what was found in it, as SQLite's `highlight` marks it up, read into its parts.
struct MarkedPassage: Sendable {
  /// What stands before and after a hit; no text that is kept has them.
  static let (opening, closing): (UInt8, UInt8) = (1, 2)
  /// Bytes of a snippet, and how many of them go before its first hit.
  static let (snippetBytes, leadBytes) = (160, 48)

  private(set) var text: [UInt8] = []
  /// The bytes of each hit, in ascending order.
  private(set) var hits: [Range<Int>] = []

  init(_ marked: String) {
    var start: Int?
    text.reserveCapacity(marked.utf8.count)
    for byte in marked.utf8 {
      switch byte {
      case Self.opening: start = text.count
      case Self.closing:
        if let from = start { hits.append(from..<text.count) }
        start = nil
      default: text.append(byte)
      }
    }
  }

  /// How well a passage fits, 0 to about 3: how much of it is what was looked for, whether as whole words, and how near
  /// each other.
  ///
  /// BM25's saturation of counts without its weights of words (all have to be there, so weights would change little),
  /// which SQLite finds by reading all places of each word.
  func rank(_ terms: SearchTerms) -> Double {
    guard !hits.isEmpty else { return 0 }
    let count = Double(hits.count) / Double(max(terms.terms.count, 1))
    let saturated = count / (count + 1.2)
    let wholeShare = Double(hits.count { isWhole($0, terms) }) / Double(hits.count)
    return saturated + wholeShare + (terms.terms.count > 1 ? nearness(terms.terms.count) : 0)
  }

  /// Whether a hit is a word as it was typed, and not only one that begins so.
  private func isWhole(_ hit: Range<Int>, _ terms: SearchTerms) -> Bool {
    terms.terms.contains { term in
      !term.isPrefix || term.words.reduce(term.words.count - 1) { $0 + $1.utf8.count } == hit.count
    }
  }

  /// 1 where as many hits as there are terms stand side by side, less the more lies between the nearest of them.
  private func nearness(_ count: Int) -> Double {
    guard let first = nearest(count) else { return 0 }
    return 1 / (1 + Double(max(span(first, count), 0)) / 40)
  }

  /// Of `count` hits in a row those with the least between them, by the first; nil where there are fewer.
  private func nearest(_ count: Int) -> Int? {
    guard count > 0, hits.count >= count else { return nil }
    return (0...hits.count - count).min { span($0, count) < span($1, count) }
  }

  private func span(_ first: Int, _ count: Int) -> Int { hits[first + count - 1].lowerBound - hits[first].upperBound }

  /// Where to begin to read: at the first of the hits that are nearest each other.
  func start(of terms: SearchTerms) -> Int? { hits.isEmpty ? nil : hits[nearest(terms.terms.count) ?? 0].lowerBound }

  /// The text around the hit at `place`.
  func snippet(at place: Int) -> [SearchHit.Piece] {
    var from = max(0, place - Self.leadBytes)
    let to = wordEnd(min(text.count, from + Self.snippetBytes), notBefore: place)
    from = wordStart(min(from, max(0, to - Self.snippetBytes)), notAfter: place)
    var pieces: [SearchHit.Piece] = []
    func add(_ range: Range<Int>, _ isHit: Bool) {
      if !range.isEmpty { pieces.append(.init(String(decoding: text[range], as: UTF8.self), isHit: isHit)) }
    }
    if from > 0 { pieces.append(.init("… ", isHit: false)) }
    var done = from
    for hit in hits where hit.lowerBound < to && hit.upperBound > from {
      let shown = max(hit.lowerBound, from)..<min(hit.upperBound, to)
      add(done..<max(done, shown.lowerBound), false)
      add(shown, true)
      done = shown.upperBound
    }
    add(done..<max(done, to), false)
    if to < text.count { pieces.append(.init(" …", isHit: false)) }
    return pieces
  }

  /// Where a word begins at or after `place`, or a character where there is no word that begins before `limit`.
  private func wordStart(_ place: Int, notAfter limit: Int) -> Int {
    if place == 0 { return 0 }
    if let space = text[place..<max(place, limit)].firstIndex(of: 0x20) { return space + 1 }
    return text[place..<max(place, limit)].firstIndex { $0 & 0xc0 != 0x80 } ?? limit
  }

  /// Where a word ends at or before `place`, or a character where no word ends after `limit`.
  private func wordEnd(_ place: Int, notBefore limit: Int) -> Int {
    if place == text.count { return place }
    let first = hits.first { $0.lowerBound >= limit }?.upperBound ?? limit
    if first < place, let space = text[first..<place + 1].lastIndex(of: 0x20) { return space }
    var end = place
    while end > 0, end < text.count, text[end] & 0xc0 == 0x80 { end -= 1 }
    return end
  }
}
