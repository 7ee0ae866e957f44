extension ComponentID {
  /// Whether others name it only where somebody has brought it, whatever it is called.
  ///
  /// Processes are known by id, and the platform brings few that others run; its own classes lie in assemblies of its
  /// maker's name, and custom APIs that generators write name some by id. Custom connectors are often made by hand where
  /// a package is used.
  var isAlwaysBrought: Bool {
    switch type {
    case .workflow: true
    case .pluginType: key.contains("/") && !key.hasPrefix("microsoft.")
    default: false
    }
  }
}
