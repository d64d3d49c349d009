using System.CommandLine;
using SafeHarbor.Contracts;
using SafeHarbor.Local.Conformance;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Tokens;

namespace SafeHarbor.Local.Verbs;

internal static class ConformanceVerb
{
    public static Command Create(Checkout checkout)
    {
        var agency = new Option<string>("--agency") { Description = "The agency's ORI: whoever is to report in the vendor's system.", Required = true };
        var only = new Option<string[]>("--case") { Description = $"Only these, as often as needed: {string.Join(", ", ConformanceCases.All.Select(one => one.Name))}.", DefaultValueFactory = _ => [] };
        only.AcceptOnlyFromAmong([.. ConformanceCases.All.Select(one => one.Name)]);
        var timeout = new Option<int>("--timeout") { Description = "Seconds for each case.", DefaultValueFactory = _ => 300 };
        var listen = new Option<Uri?>("--listen") { Description = "Where the vendor's system reaches it, such as http://0.0.0.0:8090; without it, a free port of this machine." };
        var json = Json.Option("For programs: the results, at the end; what is to be done goes to standard error.");
        var command = new Command("conformance", "Plays cases against a vendor's integration in the sandbox and says which passed; succeeds when all did.") { agency, only, timeout, listen, json };
        command.SetAction((arguments, cancellationToken) =>
        {
            var cases = ConformanceCases.All.Where(one => arguments.GetValue(only) is not { Length: > 0 } names || names.Contains(one.Name)).ToList();
            var output = arguments.GetValue(json) ? Console.Error : arguments.InvocationConfiguration.Output;
            var run = new ConformanceRun(cases, TimeSpan.FromSeconds(arguments.GetValue(timeout)), output.WriteLine);
            return RunAsync(checkout, AskedToken.OrganizationOf($"{Organization.LawEnforcement}:{arguments.GetValue(agency)}"), run, arguments.GetValue(listen), output,
                arguments.GetValue(json) ? arguments.InvocationConfiguration.Output : null, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        Checkout checkout, Organization agency, ConformanceRun run, Uri? listen, TextWriter output, TextWriter? json, CancellationToken cancellationToken)
    {
        if (InstallationRecord.Read(InstallationPlan.DirectoryOf(checkout)) is not { IsRunning: true, IsSandbox: true } record)
        {
            await Console.Error.WriteLineAsync("No sandbox is up: start one with './safeharbor up --sandbox --detach'.");
            return 1;
        }

        var keys = DevelopmentKeys.OfCheckout(checkout);
        await using var front = await Front.StartAsync(record.AddressOf(ServiceKind.Intake), () => keys.Token(agency.Text), run, listen, cancellationToken);
        await output.WriteLineAsync($"Point your system at     {front.Address}");
        await output.WriteLineAsync($"Tokens of {agency} at {front.Address}/oauth2/token (POST, client_credentials), or take this one:");
        await output.WriteLineAsync(keys.Token(agency.Text));
        await output.WriteLineAsync($"{front.Address}/conformance says which case is being played. Ctrl-C ends the run.");
        var results = await run.PlayAsync(cancellationToken);
        var passed = results.Count(result => result.Result == CaseState.Passed);
        await output.WriteLineAsync($"{passed} of {results.Count} cases passed.");
        if (json is not null)
            await json.WriteLineAsync(Json.Of(new { agency = agency.Id, passed = passed == results.Count, cases = results }));
        return passed == results.Count ? 0 : 1;
    }
}
