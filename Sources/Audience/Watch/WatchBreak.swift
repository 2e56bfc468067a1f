/// Why the line of a watch broke, or never was; in a few words.
enum WatchBreak: String, CaseIterable, Error {
  case nobody = "nobody is there any more"
  case forbidden = "the way there is closed to this account"
  case busy = "too many are at the door"
  case impostor = "somebody else answers there"
  case ended = "the line broke"
  case silent = "nothing came any more"
  case unreadable = "what came could not be read"
  case unexpected = "what came made no sense"
  case tooLong = "a line was too long"
  case tooMuch = "more came than a session can hold"
  case version = "it speaks another version of the wire"
  case another = "another session answers there"
  case gap = "events are missing"
}
