/// A piece of text as it stands in the words' index: long enough that words said near each other are found together,
/// short enough to be read as a whole for its rank.
///
/// A passage of a long text begins with the last words of the one before it, so that a phrase of up to
/// `Passage.overlapWords` + 1 words is whole in one of them.
struct Passage: Equatable, Sendable {
  /// Where in the text a piece with a time of its own begins.
  struct Place: Equatable, Sendable {
    /// In UTF-8 bytes.
    var offset: Int
    /// Audio time, in seconds.
    var seconds: Double
  }

  /// Words in a passage. With 80, five million words are 70,000 passages, and the index of a common word is short.
  static let words = 80
  /// Words that a passage has in common with the one before it.
  static let overlapWords = 8
  /// Bytes in a passage: 80 words are some 450.
  static let bytes = 2_000
  /// Passages of a session: what its ids have room for. Ten hours of speech are 1,300.
  static let limit = 65_536

  var kind: IndexedText.Kind
  var text: String
  /// Bytes at the beginning that the passage before this has too.
  var overlap: Int
  /// In ascending order, the first at 0.
  var places: [Place]

  /// The audio time of the text at a byte, in seconds.
  func seconds(at offset: Int) -> Double { Self.seconds(at: offset, in: places) }

  static func seconds(at offset: Int, in places: [Place]) -> Double {
    places.last { $0.offset <= offset }?.seconds ?? places.first?.seconds ?? 0
  }

  /// The passages of a session's texts, in their order.
  static func all(of texts: [IndexedText]) -> [Passage] {
    var made: [Passage] = []
    var open = OpenPassage(kind: .transcript)
    for text in texts {
      // Only transcript goes on from piece to piece: two comments are two.
      if text.kind != open.kind || text.kind != .transcript {
        open.close(into: &made)
        open = OpenPassage(kind: text.kind)
      }
      let seconds = text.seconds.isFinite ? text.seconds : 0
      for word in spaced(text.text).split(separator: 0x20) {
        for piece in pieces(of: word) { open.add(piece, seconds: seconds, into: &made) }
      }
      guard made.count < limit else { break }
    }
    open.close(into: &made)
    return Array(made.prefix(limit))
  }

  /// The bytes of a text with spaces for all that is below them: what marks hits must not stand in a text.
  private static func spaced(_ text: String) -> [UInt8] { text.utf8.map { $0 <= 0x20 || $0 == 0x7f ? 0x20 : $0 } }

  /// A word in pieces of at most a quarter of a passage, cut between characters: what has no spaces may be endless.
  private static func pieces(of word: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    guard word.count > bytes / 4 else { return [word] }
    var pieces: [ArraySlice<UInt8>] = []
    var rest = word
    while rest.count > bytes / 4 {
      var end = rest.startIndex + bytes / 4
      while end > rest.startIndex + 1, rest[end] & 0xc0 == 0x80 { end -= 1 }
      pieces.append(rest[..<end])
      rest = rest[end...]
    }
    return pieces + [rest]
  }
}

/// A passage that is being filled.
private struct OpenPassage {
  private struct Word {
    var bytes: ArraySlice<UInt8>
    var seconds: Double
  }

  let kind: IndexedText.Kind
  private var words: [Word] = []
  private var size = 0
  private var overlapping = 0

  init(kind: IndexedText.Kind) { self.kind = kind }

  mutating func add(_ bytes: ArraySlice<UInt8>, seconds: Double, into made: inout [Passage]) {
    if words.count >= Passage.words || size + bytes.count > Passage.bytes {
      made.append(passage)
      words = Array(words.suffix(Passage.overlapWords))
      size = words.reduce(0) { $0 + $1.bytes.count + 1 }
      // Words this long are not worth having twice.
      if size > Passage.bytes / 2 { (words, size) = ([], 0) }
      overlapping = words.count
    }
    words.append(Word(bytes: bytes, seconds: seconds))
    size += bytes.count + 1
  }

  mutating func close(into made: inout [Passage]) {
    if words.count > overlapping { made.append(passage) }
    (words, size, overlapping) = ([], 0, 0)
  }

  private var passage: Passage {
    var text: [UInt8] = []
    var places: [Passage.Place] = []
    var overlap = 0
    for (index, word) in words.enumerated() {
      if index > 0 { text.append(0x20) }
      if places.last?.seconds != word.seconds { places.append(.init(offset: text.count, seconds: word.seconds)) }
      text += word.bytes
      if index + 1 == overlapping { overlap = text.count }
    }
    return Passage(kind: kind, text: String(decoding: text, as: UTF8.self), overlap: overlap, places: places)
  }
}

extension Passage {
  /// Places as they are kept: byte and hundredths of a second, each as the difference to the one before.
  static func text(of places: [Place]) -> String {
    var parts: [String] = []
    var (offset, hundredths) = (0, 0)
    for place in places {
      let here = Int((min(max(place.seconds, 0), 1e9) * 100).rounded())
      parts.append("\(place.offset - offset):\(here - hundredths)")
      (offset, hundredths) = (place.offset, here)
    }
    return parts.joined(separator: " ")
  }

  /// Reads what `text(of:)` wrote; what is not that is left out.
  static func places(from text: String) -> [Place] {
    var places: [Place] = []
    var (offset, hundredths) = (0, 0)
    for part in text.split(separator: " ") {
      let numbers = part.split(separator: ":").map { Int($0) ?? 0 }
      guard numbers.count == 2 else { continue }
      offset = offset.addingReportingOverflow(numbers[0]).partialValue
      hundredths = hundredths.addingReportingOverflow(numbers[1]).partialValue
      places.append(Place(offset: offset, seconds: Double(hundredths) / 100))
    }
    return places
  }
}
