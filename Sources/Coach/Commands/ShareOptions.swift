import ArgumentParser

/// Who may look on, asked for before a take begins.
struct ShareOptions: ParsableArguments {
  @Flag(help: "Share it with tutors from the beginning; you are asked about each who comes.")
  var share = false

  @Option(help: "Share it at a class host too, over your own SSH connection: ssh://host, ssh://you@host:2222.")
  var publish: String?

  /// Has `plan` shared as it was asked for; connects to the class host, so that ssh can ask what it has to while the
  /// terminal is still its own.
  func apply(to plan: inout TakePlan, _ surroundings: Surroundings) throws(Failure) {
    plan.isShared = share || publish != nil
    guard let publish else { return }
    guard !surroundings.settings.offline else { throw Failure(.usage, Messages.offlinePublish) }
    let publishing = try Publishing(
      publish, surroundings.environment, command: surroundings.settings.publishCommand)
    try publishing.connect()
    plan.publishing = publishing
  }
}
