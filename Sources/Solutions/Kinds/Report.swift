internal import XML

extension ComponentKind {
  /// A report.
  package static let report = ComponentKind(
    31,
    named: "Report",
    title: "Report",
    at: ["Reports/Report"],
    key: { element, _ in .guid(element.text(of: "reportid")) },
    rootKey: .guid,
    isRooted: { _ in true },
    folder: .named("Reports"),
    impacts: .interface,
    references: { component in
      var references = References()
      for entity in component.definition.element.descendants("ReportEntity") {
        references.entity(entity.text(of: "objecttypecode") ?? entity.text, via: "ReportEntity")
      }
      return references
    }
  )
}
