using System.CommandLine;
using SafeHarbor.Local.Tokens;

namespace SafeHarbor.Local.Verbs;

internal static class TokenVerb
{
    public static Command Create(Checkout checkout)
    {
        var organisation = new Option<string>("--org") { Description = "le:<ORI>, county:<FIPS>, provider:<slug>, da:<FIPS> or state:ca.", Required = true };
        var scopes = new Option<string[]>("--scope") { Description = "As often as needed; without it, the scopes that this kind of organisation usually has." };
        var subject = new Option<string?>("--subject") { Description = "Who calls." };
        var command = new Command("token", "Writes a development token, good for 12 hours, to standard output.") { organisation, scopes, subject };
        command.SetAction(arguments =>
        {
            Console.WriteLine(DevelopmentKeys.OfCheckout(checkout).Token(
                arguments.GetValue(organisation)!,
                [.. (arguments.GetValue(scopes) ?? []).SelectMany(scope => scope.Split(' ', StringSplitOptions.RemoveEmptyEntries))],
                arguments.GetValue(subject)));
        });
        return command;
    }
}
