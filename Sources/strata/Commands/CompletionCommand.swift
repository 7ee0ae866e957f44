import ArgumentParser
import Solutions

struct CompletionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "completion",
    abstract: "Print a completion script for a shell.",
    discussion: """
      bash:  strata completion bash > ~/.local/share/bash-completion/completions/strata
      zsh:   strata completion zsh > "${fpath[1]}/_strata"
      fish:  strata completion fish > ~/.config/fish/completions/strata.fish
      """
  )

  enum Shell: String, CaseIterable, ExpressibleByArgument {
    case bash
    case zsh
    case fish
  }

  @Argument(help: "The shell.")
  var shell: Shell

  func run() {
    let parser: CompletionShell =
      switch shell {
      case .bash: .bash
      case .zsh: .zsh
      case .fish: .fish
      }
    Console.give(Strata.completionScript(for: parser) + "\n")
  }
}
