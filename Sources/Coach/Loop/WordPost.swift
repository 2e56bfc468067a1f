import Practice

/// What the scribe leaves for the main thread.
struct WordPost: Sendable {
  /// Final words as events, in order.
  var events: [SessionEvent] = []
  /// Words that may still change; nil where nothing changed.
  var foreseen: [Word]?
  /// Audio time up to which words were looked for, in seconds.
  var seconds = 0.0
  /// Whether no words will come for a reason other than the end.
  var isFailed = false
  /// Nothing more will come.
  var isLast = false
}
