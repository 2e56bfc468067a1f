import FoundationEssentials

/// Topics to speak about: `Prompts/topics/NAME.txt`, one a line; lines that begin with # are left out.
package enum Topics {
  /// Topics of a list at most, characters of a topic, and lists.
  package static let limitTopics = 2_000, limitCharacters = 200, limitLists = 100

  /// The topics in `text`, each once, in their order.
  ///
  /// A line with a control character in it, or one that is too long for a screen, is left out.
  package static func parse(_ text: String) -> [String] {
    var (topics, seen) = ([String](), Set<String>())
    for line in text.split(whereSeparator: \.isNewline) {
      let topic = line.split { $0 == " " || $0 == "\t" }.joined(separator: " ")
      guard !topic.isEmpty, !topic.hasPrefix("#"), topic.count <= limitCharacters, controlProblem(topic) == nil,
        seen.insert(topic.lowercased()).inserted
      else { continue }
      topics.append(topic)
      if topics.count == limitTopics { break }
    }
    return topics
  }

  /// One of `topics`, the same for the same seed; none of `recent` where others are left, nil where there is none at all.
  package static func choose(from topics: [String], seed: Int, recent: Set<String> = []) -> String? {
    let fresh = topics.filter { !recent.contains($0) }
    let left = fresh.isEmpty ? topics : fresh
    guard !left.isEmpty else { return nil }
    // SplitMix64 (Steele, Lea, Flood 2014): seeds next to each other choose topics far apart.
    var mixed = UInt64(bitPattern: Int64(seed)) &+ 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    mixed ^= mixed >> 31
    return left[Int(mixed % UInt64(left.count))]
  }
}

extension Surroundings {
  /// The topics called `name`, those of all lists for an empty name: the user's own list, else the shipped one of that name;
  /// empty where there is neither.
  package func topics(named name: String) -> [String] {
    guard name.isEmpty else { return list(name) }
    let files = promptFolders.flatMap { (try? FileManager.default.contentsOfDirectory(atPath: $0 + "/topics")) ?? [] }
    let names = Set(files.filter { $0.hasSuffix(".txt") }.map { String($0.dropLast(4)) }).sorted()
    return names.prefix(Topics.limitLists).flatMap(list)
  }

  private func list(_ name: String) -> [String] {
    guard DrillFile.problem(ofID: name) == nil else { return [] }
    for folder in promptFolders {
      guard let text = try? readText(path: folder + "/topics/\(name).txt", limit: MarkedYAML.limitBytes) else {
        continue
      }
      let topics = Topics.parse(text)
      if !topics.isEmpty { return topics }
    }
    return []
  }
}
