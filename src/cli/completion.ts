import type { Command } from 'commander';
import type { Context } from './context.ts';
import { CommandFailure, EXIT } from './failure.ts';

interface Completed {
  readonly name: string;
  readonly description: string;
  readonly options: readonly string[];
}

const WRITERS: Readonly<Record<string, (commands: readonly Completed[]) => string>> = {
  bash: writeBash,
  zsh: writeZsh,
  fish: writeFish,
};

/** `heddle completion bash|zsh|fish`: a script made from the declared commands, so that it cannot fall behind them. */
export async function runCompletion(shell: string, program: Command, { stdout }: Context): Promise<number> {
  const write = WRITERS[shell];
  if (!write) throw new CommandFailure(`there is no completion for ${shell}: bash, zsh or fish`, EXIT.usage);
  const commands = program.commands.map((command) => ({
    name: command.name(),
    description: command.description().replace(/'/g, ''),
    options: command.options.flatMap(({ long }) => long ?? []),
  }));
  await stdout.write(write(commands));
  return EXIT.ok;
}

function writeBash(commands: readonly Completed[]): string {
  const cases = commands.map(({ name, options }) => `    ${name}) words='${options.join(' ')}' ;;`);
  return `_heddle() {
  local current=\${COMP_WORDS[COMP_CWORD]} words=
  case \${COMP_WORDS[1]} in
${cases.join('\n')}
  esac
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W '${commands.map(({ name }) => name).join(' ')} help' -- "$current"))
  elif [[ $current == -* ]]; then
    COMPREPLY=($(compgen -W "$words --help --verbose" -- "$current"))
  fi
}
complete -o default -F _heddle heddle
`;
}

function writeZsh(commands: readonly Completed[]): string {
  const names = commands.map(({ name, description }) => `    '${name}:${description.replace(/:/g, '\\:')}'`);
  const cases = commands.map(({ name, options }) => `    ${name}) compadd -- ${options.join(' ')} --help --verbose ;;`);
  return `#compdef heddle
_heddle() {
  local -a commands
  commands=(
${names.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
  elif [[ $words[CURRENT] == -* ]]; then
    case $words[2] in
${cases.join('\n')}
    esac
  else
    _files
  fi
}
compdef _heddle heddle
`;
}

function writeFish(commands: readonly Completed[]): string {
  const lines = commands.flatMap(({ name, description, options }) => [
    `complete -c heddle -n __fish_use_subcommand -a ${name} -d '${description}'`,
    ...options.map((one) => `complete -c heddle -n '__fish_seen_subcommand_from ${name}' -l ${one.replace(/^--/, '')}`),
  ]);
  return `${lines.join('\n')}\n`;
}
