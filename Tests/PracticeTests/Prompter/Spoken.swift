@testable import Practice

/// Speakers for the follower: a script of plain words, and what a recogniser makes of somebody who speaks from it.
enum Spoken {
  /// A script of `text`: paragraphs apart by empty lines, sections by lines that begin with `#`, sentences by full stops.
  static func script(_ text: String) -> Script {
    var script = Script()
    for paragraph in text.split(separator: "\n").map(String.init) {
      if paragraph.hasPrefix("#") {
        script.sections.append(
          .init(title: paragraph, level: 1, sentences: script.sentences.count..<script.sentences.count))
        continue
      }
      if script.sections.isEmpty { script.sections.append(.init(sentences: 0..<0)) }
      var starts = true
      for sentence in paragraph.split(separator: ".") {
        let words = sentence.split(separator: " ").map(String.init)
        guard !words.isEmpty else { continue }
        let first = script.tokens.count
        script.tokens += words.map { .init($0, readings: [[$0.lowercased()]]) }
        script.sentences.append(
          .init(tokens: first..<script.tokens.count, section: script.sections.count - 1, startsParagraph: starts))
        starts = false
      }
      let section = script.sections.count - 1
      script.sections[section].sentences = script.sections[section].sentences.lowerBound..<script.sentences.count
    }
    return script
  }

  /// A word as heard, and the sentence it belongs to: nil for one that is in none.
  struct Heard {
    var word: Word
    var sentence: Int?
  }

  /// The words of `sentences` of `script` with a recogniser's faults: one word in ten is wrong in some way.
  static func saying(
    _ sentences: [Int], of script: Script, errors: Double = 0.1, generator: inout Sequence64
  ) -> [Heard] {
    var heard: [Heard] = []
    let words = ScriptWords(script)
    for sentence in sentences {
      for token in script.sentences[sentence].tokens {
        let written = script.tokens[token].readings[0][0]
        let chance = Double.random(in: 0..<1, using: &generator)
        let wrong = words.vocabulary.randomElement(using: &generator) ?? "the"
        switch chance / errors {
        case ..<0.5: heard.append(Heard(word: Word(wrong, start: 0, end: 0, confidence: 0.6), sentence: sentence))
        case ..<0.8: continue
        case ..<1:
          heard.append(Heard(word: Word(written, start: 0, end: 0, confidence: 0.9), sentence: sentence))
          heard.append(Heard(word: Word(wrong, start: 0, end: 0, confidence: 0.5), sentence: sentence))
        default: heard.append(Heard(word: Word(written, start: 0, end: 0, confidence: 0.9), sentence: sentence))
        }
      }
    }
    return heard
  }

  /// Words that are in no order of the script: half of them words that stand in it somewhere, as an aside has them.
  static func improvising(_ count: Int, of script: Script, generator: inout Sequence64) -> [Heard] {
    let words = ScriptWords(script)
    return (0..<count).map { number in
      let known = words.ids.randomElement(using: &generator).map { words.vocabulary[Int($0)] } ?? "the"
      let text = Bool.random(using: &generator) ? known : "aside\(number)"
      return Heard(word: Word(text, start: 0, end: 0, confidence: 0.7), sentence: nil)
    }
  }

  static let talk = """
    # Opening
    Forty years ago my grandfather built a small boat in the yard behind our house. He had never built a boat before and he had no plan. Every evening after work he carried planks from the old barn and laid them on the grass. The neighbours came to look and some of them laughed.
    He did not mind the laughing. He said that a boat is only a basket that keeps the water on the wrong side. By the end of the summer the basket floated and nobody laughed any more.
    # What he taught me
    I tell you this because I have spent my life building things that nobody had a plan for. Most of them were made of software and not of wood. All of them began in the same way with somebody who was ready to look foolish for a while.
    There are three things I learned from the boat. The first is that you should start with what lies around. The second is that people who laugh are people who are watching. The third is that water finds every hole you did not want to see.
    # Start with what lies around
    When we started our company we had two tables and one telephone. We could have waited for money and for offices and for a proper sign on the door. Instead we called everybody whose number we knew and asked them what annoyed them most.
    On the first day we made eleven calls. On the second day a baker told us that she threw away one loaf in five because she could not guess the weather. That loaf became our first product and the baker became our first customer.
    # The people who laugh
    Our first demonstration was a disaster. The screen went dark and the room began to giggle and I heard myself make a joke about candles. But afterwards nine people came to the front and every one of them had a suggestion.
    Laughter is attention with a different face. If they are laughing they have not left. Turn around and ask them what they would do and write the answers down where they can see it.
    # Water finds every hole
    Two years later we lost a week of orders because a clock was set to the wrong time zone. It was the smallest mistake I have ever made and the most expensive. My grandfather would have poured a bucket into the hull before he trusted it to the lake.
    So now we pour buckets. Every month we break something on purpose and watch where the water comes in. It is wet and it is embarrassing and it has saved us more than once.
    # Closing
    The boat is still there by the way. My daughter paints it every spring in a colour of her own choosing. It leaks a little on the left side.
    When somebody asks her whether it will hold she says what he used to say. Get in and we will find out together. Thank you.
    """
}
