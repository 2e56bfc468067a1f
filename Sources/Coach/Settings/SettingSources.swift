extension Settings {
  /// The settings from flags over environment over file over standard values, and what was wrong on the way.
  ///
  /// Pure and total: a value that cannot be used is complained about and the next source is asked. An empty variable
  /// counts as unset. Unknown keys in the file are named; other variables of the environment are not looked at.
  /// - Parameters:
  ///   - flags: values by key, as given on the command line.
  ///   - environment: the whole environment.
  ///   - file: the configuration file's path and text, nil where there is none.
  package static func resolve(
    flags: [String: String], environment: [String: String], file: (path: String, text: String)?
  ) -> (Settings, [Complaint]) {
    var settings = Settings()
    var complaints: [Complaint] = []
    var written: [String: MarkedYAML.Entry] = [:]
    if let file {
      let (document, problems) = MarkedYAML.parse(file.text, file: file.path)
      complaints += problems
      complaints += document.unknown(known: Setting.all.map(\.key) + ["endpoints"], file: file.path)
      for entry in document.entries { written[entry.key] = entry }
      if let entry = document["endpoints"] {
        var reader = EndpointsReader(file: file.path, home: environment["HOME"] ?? "")
        reader.take(entry)
        settings.endpoints = reader.endpoints
        complaints += reader.complaints
      }
    }
    for key in flags.keys.sorted() where Setting.named(key) == nil {
      complaints.append(Setting.unknown(key, file: "--\(key)", line: nil))
    }
    for setting in Setting.all {
      var sources: [(origin: Origin, value: MarkedYAML.Value, file: String, line: Int?)] = []
      if let value = flags[setting.key] { sources.append((.flag, .scalar(value), "--\(setting.key)", nil)) }
      if let value = environment[setting.variable], !value.isEmpty {
        sources.append((.environment(variable: setting.variable), .scalar(value), setting.variable, nil))
      }
      if let entry = written[setting.key], let path = file?.path {
        sources.append((.file(path: path, line: entry.line), entry.value, path, entry.line))
      }
      for source in sources {
        guard let problem = setting.take(source.value, into: &settings) else {
          settings.origins[setting.key] = source.origin
          break
        }
        let key = source.line == nil ? nil : setting.key
        complaints.append(Complaint(file: source.file, line: source.line, key: key, problem: problem))
      }
    }
    complaints += settings.makeBandsNest()
    return (settings, complaints)
  }

  /// Widens and narrows the bands so that comfortable lies in usable and usable in flagged, watch below act.
  ///
  /// Where one of two came from the user the standard one gives way without a word; where both did, the outer one is
  /// widened and a complaint says so.
  private mutating func makeBandsNest() -> [Complaint] {
    var complaints: [Complaint] = []
    func isSet(_ key: String) -> Bool { origin(of: key) != .standard }
    let (comfortable, usable, flag) = ("pace-comfortable", "pace-usable", "pace-flag")
    let set = (comfortable: isSet(comfortable), usable: isSet(usable), flag: isSet(flag))
    if set.comfortable, set.usable { complaints += widen(usable, \.paceUsable, for: comfortable, paceComfortable) }
    if set.usable, set.flag { complaints += widen(flag, \.paceFlag, for: usable, paceUsable) }
    if set.comfortable, set.flag { complaints += widen(flag, \.paceFlag, for: comfortable, paceComfortable) }
    if !set.usable {
      if set.flag { paceUsable = fit(paceUsable, in: paceFlag) }
      if set.comfortable { paceUsable = union(paceUsable, paceComfortable) }
    }
    if !set.flag { paceFlag = union(paceFlag, paceUsable) }
    if !set.comfortable { paceComfortable = fit(paceComfortable, in: paceUsable) }
    guard fillersWatch > fillersAct else { return complaints }
    switch (isSet("fillers-watch"), isSet("fillers-act")) {
    case (false, _): fillersWatch = fillersAct
    case (_, false): fillersAct = fillersWatch
    default:
      complaints.append(
        disagreement("fillers-act", "is below fillers-watch, so \(decimal(fillersWatch)) is used for both"))
      fillersAct = fillersWatch
    }
    return complaints
  }

  private mutating func widen(
    _ outer: String, _ path: WritableKeyPath<Settings, ClosedRange<Double>>, for inner: String,
    _ range: ClosedRange<Double>
  ) -> [Complaint] {
    let widened = union(self[keyPath: path], range)
    guard widened != self[keyPath: path] else { return [] }
    self[keyPath: path] = widened
    return [disagreement(outer, "does not contain \(inner), so \(span(widened)) is used")]
  }

  /// A complaint about two settings that each are good and do not go together.
  private func disagreement(_ key: String, _ problem: String) -> Complaint {
    switch origin(of: key) {
    case .flag, .standard: Complaint(file: "--\(key)", problem: problem)
    case .environment(let variable): Complaint(file: variable, problem: problem)
    case .file(let path, let line): Complaint(file: path, line: line, key: key, problem: problem)
    }
  }
}

private func union(_ a: ClosedRange<Double>, _ b: ClosedRange<Double>) -> ClosedRange<Double> {
  min(a.lowerBound, b.lowerBound)...max(a.upperBound, b.upperBound)
}

/// As much of `range` as lies in `outer`, or all of `outer` where that is next to nothing.
private func fit(_ range: ClosedRange<Double>, in outer: ClosedRange<Double>) -> ClosedRange<Double> {
  let part = range.clamped(to: outer)
  return part.upperBound - part.lowerBound >= 1 ? part : outer
}

extension Complaint {
  /// This complaint about the setting `key`, moved to where its value was given.
  func placed(by origin: Settings.Origin, key: String) -> Complaint {
    var complaint = self
    complaint.line = nil
    complaint.key = nil
    switch origin {
    case .flag: complaint.file = "--" + key
    case .environment(let variable): complaint.file = variable
    case .file(let path, let line): (complaint.file, complaint.line, complaint.key) = (path, line, key)
    case .standard: complaint.file = key
    }
    return complaint
  }
}
