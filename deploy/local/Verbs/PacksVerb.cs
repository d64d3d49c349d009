using System.CommandLine;
using System.Text.Json;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Local.Demo;
using SafeHarbor.Local.Processes;
using SafeHarbor.ServiceDefaults.Json;

namespace SafeHarbor.Local.Verbs;

/// <summary>The counties' protocol packs as files: checked, compared, published, shown.</summary>
internal static class PacksVerb
{
    private static readonly ServiceKind Routing = ServiceKind.CountyRouting;

    public static Command Create(Checkout checkout) => new("packs", "How each county wants to be reached, as files: YAML, or JSON.")
    {
        Validate(checkout),
        Diff(checkout),
        Publish(checkout),
        Show(checkout),
    };

    private static Command Validate(Checkout checkout)
    {
        var files = new Argument<string[]>("file") { Description = "Packs, as files.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("validate", "Says everything that is wrong with packs, with line and column. Nothing has to run.") { files };
        command.SetAction(async (arguments, cancellation) =>
        {
            var outcome = await AskedService.RunAsync(checkout, Routing, ["packs", .. arguments.GetValue(files)!], cancellation);
            // Without a word it has not come as far as the files.
            Console.WriteLine(outcome.Succeeded || outcome.Output.Length > 0 ? outcome.Output : throw new ServiceFailedException(outcome.Everything));
            return outcome.Succeeded ? 0 : 1;
        });
        return command;
    }

    private static Command Diff(Checkout checkout)
    {
        var packs = new Argument<string[]>("pack") { Description = "A file: what would change if it were published. A county's FIPS: what its last version changed.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("diff", "Compares packs with what was published before them. Publishes nothing.") { packs };
        command.SetAction((arguments, cancellation) => EachAsync(checkout, arguments.GetValue(packs)!, (api, pack) => CountyFips.TryParse(pack, out var county)
            ? LastChangesAsync(api, county, cancellation)
            : SendAsync(api, PackFile.Read(pack), "?dryRun=true", "*", cancellation)));
        return command;
    }

    private static Command Publish(Checkout checkout)
    {
        var files = new Argument<string[]>("file") { Description = "Packs, as files.", Arity = ArgumentArity.OneOrMore };
        var over = new Option<int?>("--over") { Description = "Only when this is the last version, as 'packs show' said when the file was written." };
        var command = new Command("publish", "Publishes packs as their counties' next versions. One that says nothing new publishes nothing.") { files, over };
        command.SetAction((arguments, cancellation) => EachAsync(checkout, arguments.GetValue(files)!, (api, file) =>
            SendAsync(api, PackFile.Read(file), "", arguments.GetValue(over) is { } version ? $"\"{version}\"" : "*", cancellation)));
        return command;
    }

    private static Command Show(Checkout checkout)
    {
        var county = new Argument<string>("county") { Description = "Its FIPS: 06037." };
        var json = Json.Option();
        var command = new Command("show", "A county's pack as it holds today, as a file to begin with, under what was published.") { county, json };
        command.SetAction((arguments, cancellation) => WhatIsUp.AskAsync(checkout, async api =>
        {
            var path = $"/v1/counties/{FipsOf(arguments.GetValue(county)!)}";
            var pack = await api.GetAsync(Routing, PublicApi.Operator, path, cancellation);
            Console.Write(arguments.GetValue(json) ? Json.Of(pack) + "\n" : PackText.OfPack(pack, await api.GetAsync(Routing, PublicApi.Operator, $"{path}/versions?limit=20", cancellation)));
        }));
        return command;
    }

    private static async Task<int> EachAsync(Checkout checkout, string[] packs, Func<PublicApi, string, Task<bool>> act)
    {
        var isDone = true;
        var exit = await WhatIsUp.AskAsync(checkout, async api =>
        {
            foreach (var pack in packs)
                isDone &= await act(api, pack);
        });
        return isDone ? exit : 1;
    }

    private static async Task<bool> SendAsync(PublicApi api, PackFile file, string query, string ifMatch, CancellationToken cancellation)
    {
        var (isDone, answer) = await api.ReplaceAsync(Routing, Organization.Of(file.County).Text, $"/v1/counties/{file.County}{query}", file.Yaml.Json, ifMatch, cancellation);
        Console.Write(isDone ? PackText.OfOutcome(answer, isDryRun: query.Length > 0) : file.Refused(answer));
        return isDone;
    }

    private static async Task<bool> LastChangesAsync(PublicApi api, CountyFips county, CancellationToken cancellation)
    {
        var versions = await api.GetAsync(Routing, PublicApi.Operator, $"/v1/counties/{county}/versions?limit=1", cancellation);
        Console.Write(PackText.OfLast(county, versions.Items().FirstOrDefault()));
        return true;
    }

    private static CountyFips FipsOf(string text) => CountyFips.TryParse(text, out var county) ? county : throw new FormatException($"'{text}' is no county. {CountyFips.Form}");

    /// <summary>A pack that somebody has written.</summary>
    /// <param name="Name">The file's.</param>
    /// <param name="Yaml">What it says.</param>
    /// <param name="County">Whose pack it is.</param>
    private sealed record PackFile(string Name, YamlFile Yaml, CountyFips County)
    {
        /// <exception cref="FormatException">It cannot be read, or does not say whose it is.</exception>
        public static PackFile Read(string name)
        {
            try
            {
                var yaml = YamlFile.Parse(File.ReadAllText(name));
                return JsonDocument.Parse(yaml.Json).RootElement.Text("countyFips") is { } text && CountyFips.TryParse(text, out var county)
                    ? new(name, yaml, county)
                    : throw new FormatException($"line 1, column 1: /countyFips: {CountyFips.Form}");
            }
            catch (FormatException wrong)
            {
                throw new FormatException($"{name}: {wrong.Message}");
            }
            catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
            {
                throw new FormatException($"{name}: Cannot be read. Give a county's FIPS, or the name of a file, from the working copy's root.");
            }
        }

        /// <summary>Why it was not taken, as 'packs validate' says it.</summary>
        public string Refused(JsonElement problem) => problem.Member("errors") is { } errors && errors.GetArrayLength() > 0
            ? string.Concat(errors.EnumerateArray().Select(error => (At: Yaml.PlaceOf(error.Text("pointer") ?? ""), Error: error)).OrderBy(wrong => wrong.At)
                .Select(wrong => $"{Name}: line {wrong.At.Line}, column {wrong.At.Column}: {wrong.Error.Text("pointer")}: {wrong.Error.Text("detail")}\n"))
            : $"{Name}: {problem.Text("detail")}\n";
    }
}
