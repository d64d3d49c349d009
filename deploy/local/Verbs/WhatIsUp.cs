using SafeHarbor.Local.Demo;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Tokens;

namespace SafeHarbor.Local.Verbs;

/// <summary>The checkout's running services, for verbs that ask them.</summary>
internal static class WhatIsUp
{
    /// <returns>0; 1 when nothing is up or a service has refused, which standard error then says.</returns>
    public static async Task<int> AskAsync(Checkout checkout, Func<PublicApi, Task> ask)
    {
        if (InstallationRecord.Read(InstallationPlan.DirectoryOf(checkout)) is not { IsRunning: true } record)
        {
            await Console.Error.WriteLineAsync("Nothing is up: start it with './safeharbor up --detach'.");
            return 1;
        }

        using var api = new PublicApi(record.AddressOf, DevelopmentKeys.OfCheckout(checkout));
        try
        {
            await ask(api);
            return 0;
        }
        catch (DemoFailedException refused)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return 1;
        }
    }
}
