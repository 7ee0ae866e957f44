internal import XML

extension ComponentKind {
  /// A registration of a plug-in for a message.
  package static let sdkMessageProcessingStep = ComponentKind(
    92,
    "SdkMessageProcessingStep",
    "Plug-in step",
    at: ["SdkMessageProcessingSteps/SdkMessageProcessingStep"],
    key: { element, _ in .guid(element.attribute("SdkMessageProcessingStepId")) },
    headline: ["PrimaryEntity", "Stage", "Mode"],
    base: .marked(by: "IsCustomizable"),
    activation: { _ in .always },
    references: { component in
      var references = References()
      let element = component.definition.element
      if let type = element.text(of: "PluginTypeName").flatMap({ pluginTypeID($0) }) {
        references.add(type, via: "PluginTypeName")
      }
      let table = element.text(of: "PrimaryEntity")
      references.entity(table, via: "PrimaryEntity")
      for column in (element.text(of: "FilteringAttributes") ?? "").split(separator: ",") {
        references.attribute(table, String(column), via: "FilteringAttributes")
      }
      if element.text(of: "EventHandlerTypeCode") == "4618" {
        references.guid(element.text(of: "EventHandler"), 95, via: "EventHandler")
      }
      return references.found
    }
  )

  /// What a step sees of the record before or after.
  package static let sdkMessageProcessingStepImage = ComponentKind(
    93,
    "SdkMessageProcessingStepImage",
    "Step image",
    at: [
      "SdkMessageProcessingSteps/SdkMessageProcessingStep/SdkMessageProcessingStepImages"
        + "/SdkMessageProcessingStepImage"
    ],
    key: { element, _ in .guid(element.text(of: "SdkMessageProcessingStepImageId")) },
    parent: .enclosing
  )
}
