internal import XML

extension ComponentKind {
  /// A registration of a plug-in for a message.
  package static let sdkMessageProcessingStep = ComponentKind(
    92,
    named: "SdkMessageProcessingStep",
    title: "Plug-in step",
    at: ["SdkMessageProcessingSteps/SdkMessageProcessingStep"],
    key: { element, _ in .guid(element.attribute("SdkMessageProcessingStepId")) },
    rootKey: .guid,
    isRooted: { _ in true },
    headline: ["PrimaryEntity", "Stage", "Mode"],
    base: .marked(by: "IsCustomizable"),
    activation: { _ in .always },
    lead: { component in
      component.definition.element.text(of: "PrimaryEntity").map { (component.id.key, $0) }
    },
    references: { component in
      var references = References()
      let element = component.definition.element
      if let type = element.text(of: "PluginTypeName").flatMap({ pluginTypeID($0) }) {
        references.add(type, via: "PluginTypeName")
      } else {
        references.guid(element.text(of: "PluginTypeId"), .pluginType, via: "PluginTypeId")
      }
      if let name = element.descend("fxexpressionid", "uniquename")?.text, !name.isEmpty {
        references.add(
          ComponentID(.table("fxexpression"), name.lowercased()),
          via: "fxexpressionid"
        )
      }
      let table = element.text(of: "PrimaryEntity")
      references.entity(table, via: "PrimaryEntity")
      for column in (element.text(of: "FilteringAttributes") ?? "").split(separator: ",") {
        references.attribute(table, String(column), via: "FilteringAttributes")
      }
      if element.isHandledByEndpoint {
        references.guid(element.text(of: "EventHandler"), .serviceEndpoint, via: "EventHandler")
      }
      return references
    }
  )

  /// What a step sees of the record before or after.
  package static let sdkMessageProcessingStepImage = ComponentKind(
    93,
    named: "SdkMessageProcessingStepImage",
    title: "Step image",
    at: [
      """
      SdkMessageProcessingSteps/SdkMessageProcessingStep/SdkMessageProcessingStepImages\
      /SdkMessageProcessingStepImage
      """
    ],
    key: { element, _ in .guid(element.text(of: "SdkMessageProcessingStepImageId")) },
    rootKey: .guid,
    parent: .enclosing,
    references: { component in
      var references = References()
      // The step knows the table.
      let columns = component.definition.element.text(of: "Attributes") ?? ""
      for column in columns.split(separator: ",") {
        guard let step = component.parent?.key else { break }
        references.path(step, String(column), .untracked, via: "Attributes")
      }
      return references
    }
  )
}

extension XMLElement {
  /// Whether a step is handled by an endpoint and no class.
  fileprivate var isHandledByEndpoint: Bool { text(of: "EventHandlerTypeCode") == "4618" }

  /// The endpoint by which a step is handled; nil for a class.
  var handlingEndpoint: GUID? {
    isHandledByEndpoint ? text(of: "EventHandler").flatMap { GUID($0) } : nil
  }
}
