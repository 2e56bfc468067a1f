package import Practice

/// The history as it is looked at: which sessions, in which order, what is searched, which figure's trend.
package struct HistoryState: Equatable, Sendable {
  package var lines: [SessionLine] = []
  /// How many there are in all, by the filter; nil until they are counted.
  package var count: Int?
  package var selection = 0
  /// Whether all of them are in `lines`.
  package var isWhole = false
  package var filter = SessionFilter()
  /// The filter as it was typed.
  package var filterText = ""
  package var search = Search()
  package var trends = Trends()

  package init() {}

  /// A page of the list: for which filter, whether it goes behind those before, and whether it is the last.
  package struct Page: Equatable, Sendable {
    package var filter: SessionFilter
    package var lines: [SessionLine]
    package var isMore = false
    package var isLast = false
    package var count: Int?
  }

  /// Takes in a page, unless another list was asked for meanwhile.
  mutating func take(_ page: Page) {
    guard page.filter == filter else { return }
    if page.isMore {
      let known = Set(lines.map(\.id))
      lines += page.lines.filter { !known.contains($0.id) }
    } else {
      lines = page.lines
      selection = min(selection, max(lines.count - 1, 0))
    }
    if let count = page.count { self.count = count }
    isWhole = page.isLast
  }

  /// Takes in what was found for `text`, unless something else is typed by now.
  mutating func take(_ hits: [Hit]?, for text: String) {
    guard text == search.text else { return }
    search.hits = hits ?? []
    search.hasWords = hits != nil
    search.isDone = true
    search.selection = min(search.selection, max(search.hits.count - 1, 0))
  }

  /// Whether the selection is near the end of what was read, and there is more.
  var wantsMore: Bool { !isWhole && selection + 100 >= lines.count }

  /// A search under way.
  package struct Search: Equatable, Sendable {
    package var text = ""
    package var hits: [Hit] = []
    package var selection = 0
    /// Whether `hits` are those of `text`.
    package var isDone = true
    /// Whether there is a word in `text`.
    package var hasWords = true
    package init() {}
  }

  /// A moment that was found.
  package struct Hit: Equatable, Sendable {
    package var id: String
    package var when: String
    package var title: String
    package var seconds: Double
    /// Where it was found: said, note, comment, tutor.
    package var kind: String
    /// The words around it; those that were looked for are hits.
    package var snippet: [Piece]

    /// A piece of a snippet.
    package struct Piece: Equatable, Sendable {
      package var text: String
      package var isHit: Bool
    }
  }

  /// The trend that is looked at.
  package struct Trends: Equatable, Sendable {
    package var figures: [TrendFigure] = []
    package var selection = 0
    package var trend: Trend?
    package init() {}
  }
}

/// Which sessions are listed, and in which order.
package struct SessionFilter: Equatable, Sendable {
  /// The columns to sort by.
  package enum Order: String, CaseIterable, Sendable { case newest, oldest, longest, score, fillers }

  package var order = Order.newest
  /// Words of the talk's title, tags, first and last day, least score.
  package var words: String?
  package var tags: [String] = []
  package var since: CivilDate?
  package var until: CivilDate?
  package var leastScore: Double?

  package init() {}

  /// Whether all sessions are listed.
  package var isEmpty: Bool { words == nil && tags.isEmpty && since == nil && until == nil && leastScore == nil }

  /// Reads what was typed, `keynote #work since 2026-10 score>70`; nil with the part that is not understood.
  package static func parse(_ text: String, order: Order = .newest) -> Result<SessionFilter, Misread> {
    var filter = SessionFilter()
    filter.order = order
    var words: [Substring] = []
    var parts = text.split(separator: " ")[...]
    while let part = parts.popFirst() {
      if part.hasPrefix("#"), part.count > 1 {
        filter.tags.append(String(part.dropFirst()).lowercased())
      } else if part.lowercased().hasPrefix("score>") {
        guard let score = Double(part.dropFirst(6)), score.isFinite else {
          return .failure(Misread(part: String(part)))
        }
        filter.leastScore = score
      } else if ["since", "until"].contains(part.lowercased()) {
        let next = parts.popFirst()
        guard let next, let date = CivilDate(written: String(next), last: part.lowercased() == "until") else {
          return .failure(Misread(part: [part, next].compactMap(\.self).joined(separator: " ")))
        }
        if part.lowercased() == "since" { filter.since = date } else { filter.until = date }
      } else {
        words.append(part)
      }
    }
    filter.words = words.isEmpty ? nil : words.joined(separator: " ")
    return .success(filter)
  }

  /// The part of a filter that nobody understands.
  package struct Misread: Error, Equatable { package var part: String }
}

/// A past session in the list.
package struct SessionLine: Equatable, Sendable {
  package var id: String
  package var when: String
  package var title: String
  package var duration: String
  package var pace: String
  package var state: String
  package var score = ""
  package var fillers = ""
  package var tags: [String] = []
}
