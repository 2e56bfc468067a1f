package import Practice

/// What comes of a watch; called on the thread "audience", in order.
package enum WatchNews: Sendable {
  /// The learner has been asked.
  case asked
  case welcome(Welcome)
  case refused(Refusal)
  /// Events, of which the first has this number: those so far at once, then as they come.
  case events([SessionEvent], first: Int)
  case glance(Glance)
  case presence(Presence)
  case answer(number: Int, Remark.Answer)
  case sound(seconds: Double, [UInt8])
  case over(Farewell)
  /// The line broke, or never was; `reason` in a few words. It may be tried again with `Resume`.
  case broken(String)
}
