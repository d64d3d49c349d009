using System.CommandLine;
using SafeHarbor.Local.Tokens;

namespace SafeHarbor.Local.Verbs;

internal static class KeysVerb
{
    public static Command Create(Checkout checkout)
    {
        var command = new Command("keys", "Makes the development keys where they are missing, as 'up' does, and says where they are.");
        command.SetAction(_ => Console.WriteLine(Path.GetDirectoryName(DevelopmentKeys.OfCheckout(checkout).PublicKeyFile)));
        return command;
    }
}
