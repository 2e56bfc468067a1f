/// Takes out of a text what would tell a stranger who or where somebody is.
///
/// E-mail addresses, web addresses, card numbers (13 to 19 digits whose check digit is right, Luhn 1960, US patent 2950048),
/// telephone and other long numbers, and names from the user's own list become `[e-mail]`, `[web address]`,
/// `[card number]`, `[phone]`, `[number]` and `[name]`. Numbers spelled out as recognisers write them ("oh seven seven
/// ...") count, and so do addresses that are spoken ("ann at example dot com"). It looks at each character a bounded
/// number of times, whatever the text.
package struct Mask: Equatable, Sendable {
  /// Names by the first of their words, in lower case: those of each length in words, joined by blanks.
  private var names: [String: [Int: Set<String>]] = [:]

  /// Names longer than this many words are cut, and of a list longer than this the rest is left out.
  private static let nameWords = 6, nameLimit = 1_000

  /// A mask that knows `names`, each of one word or several; upper and lower case are alike.
  package init(names: [String] = []) {
    for name in names.prefix(Self.nameLimit) {
      let words = MaskText(name).words.prefix(Self.nameWords).map { $0.folded }
      guard let first = words.first else { continue }
      self.names[first, default: [:]][words.count, default: []].insert(words.joined(separator: " "))
    }
  }

  /// `text` with all of that replaced.
  package func masked(_ text: String) -> String {
    var text = MaskText(text)
    text.replaceAddresses()
    text.replaceNumbers()
    text.replaceSpoken()
    replaceNames(in: &text)
    return text.joined
  }

  private func replaceNames(in text: inout MaskText) {
    guard !names.isEmpty else { return }
    let words = text.words
    var at = 0
    while at < words.count {
      let found = names[words[at].folded].flatMap { known in
        (1...Self.nameWords).last { count in
          at + count <= words.count
            && known[count]?.contains(words[at..<at + count].map(\.folded).joined(separator: " ")) == true
        }
      }
      if let found {
        text.replace(words[at].range.lowerBound..<words[at + found - 1].range.upperBound, by: "[name]")
      }
      at += found ?? 1
    }
  }
}
