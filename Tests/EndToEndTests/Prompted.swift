import Foundation
import Support

/// A talk made of what the recordings say, and what a terminal shows of it.
enum Prompted {
  /// What makes the program listen for words, which the tests' own environment turns off.
  static let listening = ["ROSTRUM_RECOGNISER": "auto"]
  /// Whether there is a model to listen with.
  static let hasModel = FileManager.default.isReadableFile(
    atPath: "/usr/share/pocketsphinx/model/en-us/en-us.lm.bin")

  /// The sentences of the LibriVox readings, in the order of their files.
  static let sentences = [
    "And Mister John Dashwood had then leisure to consider how much there might be prudently in his power to do for them.",
    "He was not an ill disposed young man.",
    "Unless to be rather cold hearted and rather selfish is to be ill disposed.",
    "Had he married a more amiable woman he might have been made still more respectable than he was.",
    "He might even have been made amiable himself.",
  ]
  /// What nobody reads.
  static let leftOut =
    "The funeral was a small one, and letters of condolence were answered by the widow all week long."

  /// A talk of those sentences, each a paragraph of its own, with the one that nobody reads between the second and the
  /// third.
  static let talk = """
    ---
    title: Dashwood
    ---
    # The brother {30s}

    \(sentences[0])

    \(sentences[1])

    \(leftOut)

    \(sentences[2])

    # The wife

    \(sentences[3])

    \(sentences[4])

    """

  /// The same talk with so many sentences of other words behind it that it has `bytes` bytes.
  static func longTalk(bytes: Int) -> String {
    var text = talk + "\n# More\n"
    let pool = (sentences.joined(separator: " ") + " " + leftOut).lowercased().split(separator: " ")
      .map { $0.filter(\.isLetter) }
    var state: UInt64 = 88_172_645_463_325_252
    while text.utf8.count < bytes {
      var words: [String] = []
      for _ in 0..<12 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        words.append(pool[Int(state >> 33) % pool.count])
      }
      text += "\n" + words.joined(separator: " ") + ".\n"
    }
    return text
  }

  /// The paragraph beside the sign that says where the speaker is, as one line; nil where none is seen.
  static func highlighted(_ screen: String) -> String? {
    paragraph(in: screen, sign: "▶")
  }

  /// The paragraph around the first line with `sign` in its margin, as one line.
  static func paragraph(in screen: String, sign: Character) -> String? {
    let lines = screen.split(separator: "\n", omittingEmptySubsequences: false).map { String($0).trimmed }
    guard let place = lines.firstIndex(where: { $0.first == sign }) else { return nil }
    let first = lines[..<place].lastIndex { $0.isEmpty }.map { $0 + 1 } ?? 0
    let last = lines[place...].firstIndex { $0.isEmpty } ?? lines.endIndex
    return lines[first..<last].map { $0.filter { !"▶✗~".contains($0) }.trimmed }.joined(separator: " ")
  }
}

extension String {
  /// Without blanks at both ends.
  var trimmed: String {
    var text = Substring(self)
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
