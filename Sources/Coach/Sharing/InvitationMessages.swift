import Practice

/// What people are told about invitations.
extension Messages {
  static let noHash = "The system gives no random numbers, so no invitation can be made."
  static let tooManyInvitations =
    "\(InvitationList.limit) invitations stand already. Take some back: rostrum share --list; rostrum share --revoke ID"
  static let invitationsBusy = "Another Rostrum is changing the invitations. Try again in a moment."
  static let shareWhat = """
    Say what: rostrum share --for 2h invites somebody, --list shows who is invited, --revoke ID takes it back, \
    --setup-help says what an administrator has to do. To share the take you are in, press S.
    """
  static let noInvitations = "Nobody is invited."

  static func noInvitation(_ id: String) -> String {
    "There is no invitation \"\(id)\". rostrum share --list shows those there are."
  }

  static func damagedInvitations(_ path: String) -> String {
    "\(path) is damaged, so nobody is let in by an invitation. It was left as it is. Move it away, then invite anew."
  }

  static func newerInvitations(_ path: String) -> String {
    "\(path) was written by a newer Rostrum, so nobody is let in by an invitation. It was left as it is."
  }

  static func invitationsOfOthers(_ path: String) -> String {
    "Others could have written \(path), so nobody is let in by an invitation. Make it yours alone: chmod 600 \(path)"
  }

  /// Why a length of time is none.
  static func noSpan(_ text: String, _ problem: SpanText.Problem) -> String {
    switch problem {
    case .unclear: "\"\(text)\" is no length of time. Say 30m, 2h or 1d."
    case .tooLong: "\"\(text)\" is too long: an invitation holds for 30 days at most."
    }
  }

  static func noRole(_ text: String) -> String { "\"\(text)\" is no role. There are observer and tutor." }

  static func noAccount(_ text: String) -> String { "\"\(text)\" is not the name of an account." }

  static func noUses(_ count: Int) -> String {
    "An invitation can be used 1 to \(InvitationList.mostUses) times, not \(count)."
  }

  /// That a flag means something beside another one only.
  static func onlyWith(_ flag: String, _ other: String) -> String { "\(flag) goes with \(other)." }

  /// What is said beside a token that was just made.
  static func invited(_ entry: InvitationList.Entry, account: String) -> [String] {
    let seconds = (entry.expiresAtMilliseconds - entry.givenAtMilliseconds) / 1_000
    let times = entry.uses == 1 ? "once" : "\(entry.uses) times"
    let sound = entry.hears ? ", and hears you" : ""
    return [
      "\(entry.name) may come \(times) within \(SpanText.words(seconds)), as \(entry.role.rawValue)\(sound). The token is "
        + "shown now and never again; send it to nobody else.",
      "They type ssh -t \(account)@HOST and paste it; their key has to be in your authorized_keys: rostrum share "
        + "--setup-help. To take it back: rostrum share --revoke \(entry.id)",
    ]
  }

  /// A row of the list of invitations.
  static func invitation(_ entry: InvitationList.Entry, now: Int) -> [String] {
    let left = "for another " + SpanText.words(max((entry.expiresAtMilliseconds - now) / 1_000, 1))
    let uses = entry.usesLeft == 0 ? "used up" : "\(entry.usesLeft) of \(entry.uses) uses left"
    return [entry.id, entry.name, entry.role.rawValue + (entry.hears ? ", hears you" : ""), uses, left]
  }

  /// What was taken back.
  static func revoked(_ gone: [InvitationList.Entry]) -> String {
    guard !gone.isEmpty else { return noInvitations }
    let names = gone.map { "\($0.id) (\($0.name))" }.joined(separator: ", ")
    return "Taken back: \(names). Who is watching by \(gone.count == 1 ? "it" : "one of them") is sent away."
  }

  // MARK: Guests

  static let guestNeedsToken = "Paste the token you were given, and press Enter. It is not shown."
  static let guestPrompt = "Token: "
  static let guestNoToken = "That is no token. It looks like anna.k3f9x7qa.2m… and is one word."
  static let guestNoCommand =
    "You can watch here, and nothing else. Come with ssh -t and no command, or with your token as the only word."
  static let guestNoTerminal = "There is no terminal to ask for the token on. Come with ssh -t."
  static let guestLeft = "Nobody was let in."
  static let guestRefused = "Nobody was let in. Ask for a new token."
}
