using System.CommandLine;
using SafeHarbor.Local.Tokens;

namespace SafeHarbor.Local.Verbs;

internal static class TokenVerb
{
    public static Command Create(Checkout checkout)
    {
        var organization = new Option<string?>("--org") { Description = $"For whom: {AskedToken.Kinds}." };
        var scopes = new Option<string[]>("--scope") { Description = "As often as needed; without it, the scopes that docs/access.md grants this kind of organization.", DefaultValueFactory = _ => [] };
        var subject = new Option<string?>("--subject") { Description = "Who calls." };
        var explain = new Option<string?>("--explain")
        {
            Description = "Says in words what a token holds, how long it is good and what it may call: the one given here, or one as --org would get it.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var json = Json.Option("For programs: the token with what --explain says of it.");
        var command = new Command("token", "Writes a development token, good for 12 hours, to standard output.") { organization, scopes, subject, explain, json };
        command.SetAction(arguments =>
        {
            var (keys, now) = (DevelopmentKeys.OfCheckout(checkout), TimeProvider.System.GetUtcNow());
            var token = arguments.GetValue(explain) ?? Made(keys, arguments.GetValue(organization), arguments.GetValue(scopes)!, arguments.GetValue(subject));
            arguments.InvocationConfiguration.Output.WriteLine(
                arguments.GetValue(json) ? Json.Of(TokenExplanation.Of(token, keys, now))
                : arguments.GetResult(explain) is not null ? TokenExplanation.Of(token, keys, now).InWords(now)
                : token);
        });
        return command;
    }

    private static string Made(DevelopmentKeys keys, string? organization, string[] scopes, string? subject) => organization is null
        ? throw new FormatException($"Say for whom the token is, as in --org county:06037. An organization is one of {AskedToken.Kinds}.")
        : keys.Token(AskedToken.OrganizationOf(organization).Text, AskedToken.ScopesOf(scopes), subject);
}
