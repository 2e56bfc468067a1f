import FoundationEssentials
package import Practice

extension TopicList {
  /// Lists of a folder at most.
  private static let limitLists = 100

  /// The lists of topics in `folders`, strongest first, by name; one that cannot be read, or holds nothing, is passed over.
  package static func all(in folders: [String]) -> [TopicList] {
    var lists: [String: TopicList] = [:]
    for folder in folders {
      let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      for file in files.filter({ $0.hasSuffix(".txt") && !$0.hasPrefix(".") }).sorted().prefix(limitLists) {
        let id = String(file.dropLast(4))
        guard lists[id] == nil, let text = try? readText(path: folder + "/" + file, limit: MarkedYAML.limitBytes)
        else { continue }
        let list = TopicList(id: id, text: text)
        if !list.topics.isEmpty { lists[id] = list }
      }
    }
    return lists.values.sorted { $0.id < $1.id }
  }
}

extension Surroundings {
  /// The lists of topics there are, the user's own in place of shipped ones of the same name; `TopicList.draw` chooses.
  package func topicLists() -> [TopicList] { TopicList.all(in: promptFolders.map { $0 + "/topics" }) }

  /// The topics of the list `name`, of all lists for an empty name; empty where there is none.
  package func topics(named name: String) -> [String] {
    topicLists().filter { name.isEmpty || $0.id == name }.flatMap(\.topics)
  }
}
