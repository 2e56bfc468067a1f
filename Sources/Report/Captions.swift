package import Practice

/// Words with their times as captions: lines that a viewer can read while they are said.
///
/// At most two lines of 42 characters, 1 to 7 s each, as broadcasters have it (BBC Subtitle Guidelines; Netflix Timed
/// Text Style Guide). A caption ends where the speaker pauses or a sentence does, before it ends for want of room.
package struct Captions: Equatable, Sendable {
  /// What is shown at a time.
  package struct Caption: Equatable, Sendable {
    /// Seconds, start < end.
    package var start: Double
    package var end: Double
    /// One or two, none empty.
    package var lines: [String]
  }

  /// How a file of captions is written.
  package enum Form: Equatable, Sendable { case srt, vtt }

  /// Characters of a line, and lines, at most.
  package static let lineLimit = 42
  private static let lineCount = 2
  /// Seconds a caption is shown, at most, and at least where the next one leaves it that.
  private static let longestSeconds = 7.0, shortestSeconds = 1.0
  /// Seconds without a word that end a caption, and that end even one that has only just begun.
  private static let pauseSeconds = 0.5, longPauseSeconds = 1.5

  package private(set) var captions: [Caption] = []

  /// The captions of `words`, in order of time; a sentence ends after each place in `sentenceEnds`.
  package init(_ words: [Word], sentenceEnds: Set<Int> = []) {
    var open: [Word] = []
    for (index, word) in words.enumerated() {
      if let first = open.first, let last = open.last,
        Self.isBreak(first, last, word, isSentenceEnd: sentenceEnds.contains(index - 1))
          || Self.lines(open + [word]) == nil
      {
        close(&open, before: word.start)
      }
      open.append(word)
    }
    close(&open, before: .infinity)
  }

  private static func isBreak(_ first: Word, _ last: Word, _ next: Word, isSentenceEnd: Bool) -> Bool {
    let gap = next.start - last.end
    if gap >= longPauseSeconds || next.end - first.start > longestSeconds { return true }
    return (gap >= pauseSeconds || isSentenceEnd) && last.end - first.start >= shortestSeconds
  }

  private mutating func close(_ words: inout [Word], before next: Double) {
    defer { words.removeAll() }
    guard let first = words.first, let last = words.last else { return }
    let start = max(first.start, captions.last?.end ?? 0, 0)
    let wanted = min(max(last.end, start + Self.shortestSeconds), start + Self.longestSeconds)
    let end = max(min(wanted, next), start + 0.001)
    captions.append(Caption(start: start, end: end, lines: Self.lines(words) ?? [Self.clipped(first.text)]))
  }

  /// The words in as few lines as hold them, the two about equally long; nil where they do not fit.
  static func lines(_ words: [Word]) -> [String]? {
    let texts = words.map { clipped($0.text) }.filter { !$0.isEmpty }
    let whole = texts.joined(separator: " ")
    if whole.count <= lineLimit { return whole.isEmpty ? nil : [whole] }
    let splits = (1..<max(texts.count, 1)).map { count in
      [texts[..<count].joined(separator: " "), texts[count...].joined(separator: " ")]
    }
    return splits.filter { $0.allSatisfy { $0.count <= lineLimit } }
      .min { abs($0[0].count - $0[1].count) < abs($1[0].count - $1[1].count) }
  }

  /// A word that fits into a line and breaks none.
  private static func clipped(_ text: String) -> String {
    let safe = String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value > 32 && $0.value != 127 }))
    return safe.count <= lineLimit ? safe : safe.prefix(lineLimit - 1) + "…"
  }

  /// The whole file, each line of it ended.
  package func text(_ form: Form) -> String {
    var out = form == .vtt ? "WEBVTT\n\n" : ""
    for (index, caption) in captions.enumerated() {
      if form == .srt { out += "\(index + 1)\n" }
      out += "\(Self.clock(caption.start, form)) --> \(Self.clock(caption.end, form))\n"
      out += caption.lines.map { Self.escaped($0, form) }.joined(separator: "\n") + "\n\n"
    }
    return out
  }

  private static func escaped(_ text: String, _ form: Form) -> String {
    guard form == .vtt else { return text }
    return text.map { $0 == "&" ? "&amp;" : $0 == "<" ? "&lt;" : $0 == ">" ? "&gt;" : String($0) }.joined()
  }

  /// Hours, minutes, seconds and thousandths, as in 00:01:02,345 (SubRip) or 00:01:02.345 (WebVTT).
  static func clock(_ seconds: Double, _ form: Form) -> String {
    let whole = Int((max(0, min(seconds, 3_599_999)) * 1_000).rounded())
    func digits(_ value: Int, _ count: Int) -> String {
      let text = String(value)
      return String(repeating: "0", count: max(0, count - text.count)) + text
    }
    let clock = [whole / 3_600_000, whole / 60_000 % 60, whole / 1_000 % 60].map { digits($0, 2) }
    return clock.joined(separator: ":") + (form == .srt ? "," : ".") + digits(whole % 1_000, 3)
  }
}
