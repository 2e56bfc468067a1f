/// The one next thing to do after a take: what to work on, and how.
package struct NextStep: Equatable, Sendable {
  /// The name of the finding in the table.
  package var finding: String
  /// The topic it belongs to: `pace`.
  package var topic: String
  /// What was found, in a sentence or two.
  package var say: String
  /// What to do about it, in one sentence; nil where the table knows nothing.
  package var exercise: String?
  /// Why it matters; nil where the table does not say.
  package var why: String?
  /// When it happened, in seconds of audio time; nil for what is about the whole.
  package var momentSeconds: Double?
}

extension Findings {
  /// What the offline tutor would have the speaker work on first; nil where there is nothing, or too little talk.
  package func nextStep(in facts: TutorFacts) -> NextStep? {
    guard facts.isEnough, let finding = holding(in: facts, .workOn).first else { return nil }
    func said(_ template: TutorTemplate?) -> String? {
      let text = text(template, of: finding, facts)
      return text.isEmpty ? nil : text
    }
    return NextStep(
      finding: finding.name, topic: finding.topic, say: said(finding.say) ?? "", exercise: said(finding.exercise),
      why: said(finding.why), momentSeconds: finding.momentSeconds(in: facts))
  }
}
