/// The kinds of drills and how each is done: one table.
extension DrillKind {
  /// What it asks for, does and measures.
  package var exercise: any Exercise.Type {
    switch self {
    case .silence: SilenceExercise.self
    case .markedReading: MarkedReadingExercise.self
    case .powerPause: PowerPauseExercise.self
    case .metronome: MetronomeExercise.self
    case .fourThreeTwo: FourThreeTwoExercise.self
    case .shadowing: ShadowingExercise.self
    case .minimalPairs: MinimalPairsExercise.self
    case .tongueTwister: TongueTwisterExercise.self
    case .impromptu: ImpromptuExercise.self
    case .vocalVariety: VocalVarietyExercise.self
    case .projection: ProjectionExercise.self
    case .breath: BreathExercise.self
    case .contest: ContestExercise.self
    }
  }
}
