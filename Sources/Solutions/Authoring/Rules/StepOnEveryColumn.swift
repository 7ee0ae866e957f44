internal import XML

/// A plug-in step that runs at every update of a row.
package struct StepOnEveryColumn: AuthoringRule {
  package static let kind = FindingKind(
    "strata.step-on-every-column",
    .info,
    "CK-503",
    "A step at updates says at which columns it runs; without them it runs at every update of a row, also where nothing changed."
  )
  package static let source = "dev"

  let step: NamedComponent
  let table: String

  package var subject: Subject { .component(step) }

  package var text: Phrase { "\(step) runs at every update of a row of \(table)" }

  package var remedies: [Remedy] { [.words("give the step filtering columns")] }

  private static let update = GUID(RowEvent.Message.update.id)

  package static func findings(in package: AuthoredPackage) -> [Finding] {
    package.package.components.compactMap { step in
      guard step.id.type == ComponentKind.sdkMessageProcessingStep.type, package.owns(step.id),
        let message = step.definition.element.text(of: "SdkMessageId").flatMap({ GUID($0) }),
        message == update, let table = step.definition.element.text(of: "PrimaryEntity"),
        !table.isEmpty, table.lowercased() != "none",
        step.definition.element.text(of: "FilteringAttributes") ?? "" == ""
      else { return nil }
      return Finding(
        StepOnEveryColumn(step: package.named(step), table: table),
        at: step.location
      )
    }
  }
}
