extension ComponentKinds {
  /// Every kind that has a section of its own; component files add framework kinds by their table's name.
  package static let standard = ComponentKinds([
    .entity, .attribute, .optionSet, .entityRelationship, .entityKey, .index, .role,
    .displayString, .savedQuery, .workflow, .report, .emailTemplate, .contractTemplate,
    .kbArticleTemplate, .mailMergeTemplate, .entityMap, .attributeMap, .ribbonCustomization,
    .ribbonDiff, .savedQueryVisualization, .systemForm, .webResource, .siteMap, .connectionRole,
    .hierarchyRule, .customControl, .customControlDefaultConfig, .fieldSecurityProfile,
    .fieldPermission, .appModule, .pluginType, .pluginAssembly, .sdkMessageProcessingStep,
    .sdkMessageProcessingStepImage, .serviceEndpoint, .sla, .entityDataSource, .canvasApp,
    .connector, .environmentVariableDefinition, .environmentVariableValue, .aiProject,
    .aiConfiguration, .attributeImageConfiguration, .entityImageConfiguration,
    .connectionReference, .connectionRoleAssociation, .appElement, .appSetting,
  ])
}
