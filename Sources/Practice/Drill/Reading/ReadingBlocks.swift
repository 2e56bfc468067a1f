/// What a drill's text has to say, block by block: paragraphs apart by empty lines, notes and headings left out.
struct ReadingBlocks: Equatable, Sendable {
  /// The blocks in the order in which they are read, each as Markdown.
  let read: [String]
  /// All of it as one text.
  let markdown: String
  /// The sentences of `markdown` that each block has.
  let sentences: [Range<Int>]

  /// Blocks of one attempt at most.
  static let limit = DrillRun.stepLimit

  /// The blocks in `read`, one after the other.
  init(reading read: [String]) {
    self.read = Array(read.prefix(ReadingBlocks.limit))
    markdown = self.read.joined(separator: "\n\n")
    var ranges: [Range<Int>] = []
    var counts: [String: Int] = [:]
    for block in self.read {
      let count = counts[block] ?? Script(markdown: block).sentences.count
      counts[block] = count
      let start = ranges.last?.upperBound ?? 0
      ranges.append(start..<start + count)
    }
    sentences = ranges
  }

  /// The blocks of `body` in which something is said.
  static func said(in body: String) -> [String] {
    var blocks: [[Substring]] = [[]]
    for line in body.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      if line.allSatisfy(\.isWhitespace) { blocks.append([]) } else { blocks[blocks.count - 1].append(line) }
    }
    return blocks.map { $0.joined(separator: "\n") }.filter { !$0.isEmpty && !Script(markdown: $0).isEmpty }
  }
}
