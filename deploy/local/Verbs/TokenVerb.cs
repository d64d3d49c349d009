using System.CommandLine;
using SafeHarbor.Local.Tokens;

namespace SafeHarbor.Local.Verbs;

internal static class TokenVerb
{
    public static Command Create(Checkout checkout)
    {
        var organization = new Option<string>("--org") { Description = "le:<ORI>, county:<FIPS>, provider:<slug>, da:<FIPS> or state:<two letters>.", Required = true };
        var scopes = new Option<string[]>("--scope") { Description = "As often as needed; without it, the scopes that this kind of organization usually has." };
        var subject = new Option<string?>("--subject") { Description = "Who calls." };
        var command = new Command("token", "Writes a development token, good for 12 hours, to standard output.") { organization, scopes, subject };
        command.SetAction(arguments =>
        {
            Console.WriteLine(DevelopmentKeys.OfCheckout(checkout).Token(
                arguments.GetValue(organization)!,
                [.. (arguments.GetValue(scopes) ?? []).SelectMany(scope => scope.Split(' ', StringSplitOptions.RemoveEmptyEntries))],
                arguments.GetValue(subject)));
        });
        return command;
    }
}
