package struct FullSiteMapNeeded: FindingContent {
  package static let kind = FindingKind(
    "strata.full-site-map-needed",
    .error,
    "LY-606",
    "An unmanaged package brings a site map whole."
  )

  let map: NamedComponent
  let solution: SolutionName

  package var subject: Subject { .component(map) }

  package var text: Phrase {
    "\(solution) is unmanaged and brings only a difference to the site map "
      + "\(map.displayName ?? map.name ?? map.id.key): the full siteMapXml is expected"
  }

  package var remedies: [Remedy] {
    [.words("export it unmanaged"), .words("import the managed package")]
  }
}
