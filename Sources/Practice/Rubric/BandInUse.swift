/// The band a measure of a session is held against: the rubric's, in its context, the speaker's settings or own past.
struct BandInUse {
  let band: RubricBand
  let source: BandSource

  /// Nil where the rubric leaves the measure out in this context.
  init?(
    of measure: RubricMeasure, in context: SpeakingContext, session: Session, baseline: PersonalBaseline?
  ) {
    var (band, source) = (measure.band, BandSource.rubric)
    if let special = measure.contexts[context] {
      guard let special else { return nil }
      (band, source) = (special, .context(context))
    }
    if let own = Self.settings(measure.name, session, band) {
      (band, source) = (own, .settings)
    } else if let own = baseline?.band(of: measure.name, like: band, measure.baseline) {
      (band, source) = own
    }
    (self.band, self.source) = (band, source)
  }

  /// What the speaker set: bands of a session that are not those of the context it began in.
  private static func settings(_ name: MeasureName, _ session: Session, _ band: RubricBand) -> RubricBand? {
    let (own, usual) = (session.bands, usualBands(of: session))
    switch name {
    case .pace where own.usable != usual.usable:
      return band.moved(low: own.usable.lowerBound, high: own.usable.upperBound)
    case .fillers where own.fillersToWatch != usual.fillersToWatch:
      return band.moved(low: band.low, high: own.fillersToWatch)
    default: return nil
    }
  }

  private static func usualBands(of session: Session) -> Bands {
    Bands.of(context: SpeakingContext(named: session.beginning?.context))
  }

  /// The pace outside which a cue may be given: as set, else that of the context.
  static func flagged(in context: SpeakingContext, session: Session) -> ClosedRange<Double> {
    let (own, usual) = (session.bands.flagged, usualBands(of: session).flagged)
    return own != usual ? own : Bands.of(context: context).flagged
  }
}
