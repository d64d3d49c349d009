using System.CommandLine;

namespace SafeHarbor.Local.Verbs;

internal static class HelpVerb
{
    public static Command Create(Command launcher)
    {
        var verb = new Argument<string[]>("verb") { Description = "What to explain, for example 'up' or 'keys rotate'.", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("help", "Explains the launcher or one of its verbs, as --help does.") { verb };
        command.SetAction((arguments, cancellationToken) =>
        {
            var words = arguments.GetValue(verb) ?? [];
            var asked = launcher;
            foreach (var word in words)
                asked = asked.Subcommands.FirstOrDefault(known => known.Name == word)
                    ?? throw new FormatException($"'{string.Join(' ', words)}' is no verb: './safeharbor help' lists them.");
            return launcher.Parse([.. words, "--help"]).InvokeAsync(arguments.InvocationConfiguration, cancellationToken);
        });
        return command;
    }
}
