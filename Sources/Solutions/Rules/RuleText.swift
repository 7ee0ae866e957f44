/// What a rule says, in our own words, and where it can be read in public: its row in docs/rules.md.
package struct RuleText: Sendable {
  /// As findings and reasons cite it.
  package let id: String
  package let says: String
  /// Names of `RuleSource.all`, `;` between them.
  package let source: String

  init(_ id: String, _ says: String, _ source: String) {
    (self.id, self.says, self.source) = (id, says, source)
  }

  /// By id.
  package static let all = (lifecycle + layers + dependencies + packageFormat + authoring + own)
    .sorted { $0.id < $1.id }

  /// Whether some page says it, or it follows from others alone.
  package var provenance: Provenance { source == "inferred" ? .inferred : .documented }

  /// What the names of its sources stand for, in the same order.
  package var sources: [RuleSource] {
    source.split(separator: "; ").compactMap { name in
      RuleSource.all.first { $0.names.contains { name == $0 || name.hasPrefix("\($0)/") } }
    }
  }
}

/// Where rules come from.
package struct RuleSource: Sendable {
  /// As rules cite it, perhaps with a page behind a slash.
  package let names: [String]
  package let title: String

  package static let all = [
    RuleSource(
      names: ["alm"],
      title: "Power Platform ALM guide (`MicrosoftDocs/power-platform`, `power-platform/alm`)"
    ),
    RuleSource(
      names: ["maker"],
      title: "maker guide (`MicrosoftDocs/powerapps-docs`, `maker/data-platform`)"
    ),
    RuleSource(
      names: ["dev", "entity-ref"],
      title:
        "developer guide and its table reference (`MicrosoftDocs/powerapps-docs`, `developer/data-platform`)"
    ),
    RuleSource(
      names: ["error-codes"],
      title: "table of web service error codes in the developer guide"
    ),
    RuleSource(names: ["EC-mirror"], title: "a public copy of the service's list of error codes"),
    RuleSource(
      names: ["support"],
      title: "support articles on solutions (`MicrosoftDocs/SupportArticles-docs`)"
    ),
    RuleSource(
      names: ["onprem"],
      title: "developer and customization guides of version 9, on premises"
    ),
    RuleSource(names: ["seed"], title: "“Upgrade or update a solution”, maker guide"),
    RuleSource(
      names: ["issues"],
      title: "issues and discussions of public repositories of the vendor"
    ),
    RuleSource(names: ["samples"], title: "exported packages in public repositories"),
    RuleSource(
      names: ["NETWORG-imports", "NETWORG-components", "patch-tool"],
      title: "engineering posts and scripts of the community"
    ),
    RuleSource(names: ["inferred"], title: "no source says it; it follows from others"),
    RuleSource(names: ["sources disagree"], title: "one reading was chosen"),
    RuleSource(names: ["Strata's own"], title: "what Strata decides for itself"),
  ]
}
