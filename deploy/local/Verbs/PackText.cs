using System.Text.Json;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Local.Demo;
using SafeHarbor.ServiceDefaults.Json;

namespace SafeHarbor.Local.Verbs;

/// <summary>What people read of packs.</summary>
internal static class PackText
{
    /// <summary>A pack as a file, and what was published of the county, as comments in it.</summary>
    public static string OfPack(JsonElement pack, JsonElement versions)
    {
        var text = new StringWriter { NewLine = "\n" };
        foreach (var version in versions.Items())
            text.WriteLine($"# version {version.Text("version")} from {version.Text("effectiveFrom")} on, published by {version.Text("publishedBy") ?? "whoever wrote it in the database"}{(version.GetProperty("inForce").GetBoolean() ? ": this one, which holds today" : "")}");
        if (!versions.Items().Any())
            text.WriteLine("# version 0: the state's default, because the county has published none");
        if (pack.Member("hotline") is not { } hotline)
            text.WriteLine("# there is no telephone number that somebody has checked");
        else if (hotline.Member("stale")?.GetBoolean() == true)
            text.WriteLine($"# the telephone number was last checked on {hotline.Text("verifiedAt")}, and is to be checked again");
        text.Write(YamlFile.Of(Kept(pack)));
        return text.ToString();
    }

    /// <summary>What became of a pack that was sent.</summary>
    public static string OfOutcome(JsonElement outcome, bool isDryRun)
    {
        var (county, version) = (outcome.Text("countyFips"), outcome.Text("version"));
        var isSame = !isDryRun && !outcome.GetProperty("published").GetBoolean() || isDryRun && !outcome.GetProperty("changes").EnumerateArray().Any();
        return isSame
            ? $"{county}: nothing new; version {version} {(isDryRun ? "would say" : "says")} the same.\n"
            : $"{county}: version {version} {(isDryRun ? "would hold" : "holds")} from {outcome.Text("effectiveFrom")} on{Superseded(outcome)}.\n{Changes(outcome)}{Decisions(outcome)}";
    }

    /// <summary>What a county's last version changed.</summary>
    public static string OfLast(CountyFips county, JsonElement version) => version.ValueKind == JsonValueKind.Undefined
        ? $"{county}: the state's default holds; the county has published nothing.\n"
        : $"{county}: version {version.Text("version")} from {version.Text("effectiveFrom")} on changed this.\n{Changes(version)}";

    private static string Superseded(JsonElement outcome) => outcome.GetProperty("supersedes").EnumerateArray().ToList() is { Count: > 0 } planned
        ? $", and before version {string.Join(", ", planned)}, which was planned and never will"
        : "";

    private static string Changes(JsonElement of) => string.Concat(of.GetProperty("changes").EnumerateArray()
        .Select(change => $"  {change.Text("op"),-8}{change.Text("pointer")}: {Value(change, "from")} -> {Value(change, "to")}\n"));

    private static string Decisions(JsonElement outcome)
    {
        if (outcome.Member("decisions") is not { } tried)
            return "";
        var (examined, differ) = (tried.GetProperty("examined").GetInt32(), tried.GetProperty("differ").GetInt32());
        var shown = tried.GetProperty("different").EnumerateArray().ToList();
        return $"  Of the {examined} decisions since {tried.Text("since")} that told the county {(differ == 0 ? "none would be otherwise" : $"{differ} would be otherwise{(shown.Count < differ ? $"; the {shown.Count} newest" : "")}:")}\n"
            + string.Concat(shown.Select(decision => $"    {decision.Text("decidedAt")} encounter {decision.Text("encounterId")}\n{string.Concat(decision.GetProperty("changes").EnumerateArray().Select(Told))}"));
    }

    private static string Told(JsonElement change) => $"      {change.Text("organization")} {change.Text("op") switch
    {
        "ADD" => $"would be told, as {Part(change, "to")}",
        "REMOVE" => $"would not be told, and was as {Part(change, "from")}",
        _ => $"would be told as {Part(change, "to")}, and was as {Part(change, "from")}",
    }} (report {change.Text("reportId")})\n";

    private static string Part(JsonElement change, string member) => $"{change.GetProperty(member).Text("role")} {change.GetProperty(member).Text("confidence")}";

    private static string Value(JsonElement change, string member) => change.Member(member) is { } value ? Json.LineOf(value) : "nothing";

    // A file says nothing that follows from the day on which it is looked at.
    private static JsonElement Kept(JsonElement pack) => JsonSerializer.SerializeToElement(pack.EnumerateObject().Where(member => member.Name != "effectiveFrom").ToDictionary(member => member.Name,
        member => member.Name == "hotline" && member.Value.ValueKind == JsonValueKind.Object
            ? JsonSerializer.SerializeToElement(member.Value.EnumerateObject().Where(of => of.Name != "stale").ToDictionary(of => of.Name, of => of.Value))
            : member.Value));
}
