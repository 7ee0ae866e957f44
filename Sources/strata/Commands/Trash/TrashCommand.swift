import ArgumentParser

struct TrashCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trash",
    abstract: "List, show, export, restore or purge dropped tables and columns.",
    subcommands: [
      ListTrash.self, ShowTrash.self, ExportTrash.self, RestoreTrash.self, PurgeTrash.self,
    ],
    defaultSubcommand: ListTrash.self
  )
}
