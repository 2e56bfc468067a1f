/// Topics to talk about, as files in Prompts/topics hold them: one a line, lines that begin with `#` for people.
package struct TopicList: Equatable, Sendable {
  /// The name of its file without `.txt`: what a drill's `topics` names.
  package var id: String
  /// In the order of the file, none twice.
  package var topics: [String]

  /// Topics of a list at most, and characters of one.
  package static let countLimit = 2_000, lengthLimit = 200

  /// Reads the text of a file; what is too long to be read at a glance is left out.
  package init(id: String, text: String) {
    self.id = id
    var (topics, known) = ([String](), Set<String>())
    for line in text.split(whereSeparator: \.isNewline) {
      let topic = Afterwards.line(line.split { $0 == " " || $0 == "\t" }.joined(separator: " "))
      guard !topic.isEmpty, !topic.hasPrefix("#"), topic.count <= TopicList.lengthLimit,
        known.insert(topic.lowercased()).inserted
      else { continue }
      topics.append(topic)
    }
    self.topics = Array(topics.prefix(TopicList.countLimit))
  }

  /// A topic for `drill`: its own, else one of the list that it names, else of any list; by `seed`, the same each time.
  ///
  /// One that is not in `recent`, unless all are. Nil where there is none.
  package static func draw(
    for drill: Drill, from lists: [TopicList], seed: Int, recent: Set<String> = []
  ) -> String? {
    guard drill.word("topic").isEmpty else { return drill.word("topic") }
    let named = lists.filter { $0.id == drill.word("topics") }.flatMap(\.topics)
    let all = named.isEmpty ? lists.flatMap(\.topics) : named
    let fresh = all.filter { !recent.contains($0) }
    let pool = fresh.isEmpty ? all : fresh
    guard !pool.isEmpty else { return nil }
    // SplitMix64 (Steele et al. 2014), so that seeds next to each other draw topics far apart.
    var state = UInt64(bitPattern: Int64(seed)) &+ 0x9E37_79B9_7F4A_7C15
    state = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    state = (state ^ (state >> 27)) &* 0x94D0_49BB_1331_11EB
    return pool[Int((state ^ (state >> 31)) % UInt64(pool.count))]
  }
}
