package import Practice

extension TopicList {
  /// Lists of a folder at most.
  private static let limitLists = 100

  /// The lists of topics in `folders`, strongest first, by name; one that cannot be read, or holds nothing, is passed over.
  package static func all(in folders: [String]) -> [TopicList] {
    // Folder by folder: a list that holds nothing leaves its name to a weaker one.
    var lists: [String: TopicList] = [:]
    for file in folders.flatMap({ PromptFile.all(in: [$0], ending: ".txt", most: limitLists) }) {
      guard lists[file.id] == nil, case .success(let text) = file.text else { continue }
      let list = TopicList(id: file.id, text: text)
      if !list.topics.isEmpty { lists[file.id] = list }
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
