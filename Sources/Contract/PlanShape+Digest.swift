extension PlanShape {
  /// `sha256:…` of all that it says, its digest and the places of files aside: what is approved by it is this plan alone.
  ///
  /// - Throws: never, for plans that were made or read.
  package func madeDigest() throws -> String {
    var plan = self
    plan.digest = nil
    plan.apply = apply?.placeless
    return "sha256:\(try ShapeDigest.digest(of: plan, tag: "strata.plan/1"))"
  }

  /// With its digest.
  ///
  /// - Throws: never, for plans that were made or read.
  package func digested() throws -> PlanShape {
    var plan = self
    plan.digest = try madeDigest()
    return plan
  }
}

extension PlanShape.Apply {
  /// Without where files lie: they are known by what is in them.
  fileprivate var placeless: PlanShape.Apply {
    var options = options
    if options.settingsFile != nil { options.settingsFile = "" }
    return PlanShape.Apply(
      version: version,
      fingerprint: fingerprint,
      packages: packages.map { .init(path: "", sha256: $0.sha256, packageType: nil) },
      options: options
    )
  }
}
