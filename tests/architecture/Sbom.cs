using System.Text.Json;

namespace SafeHarbor.Architecture.Tests;

/// <summary>One bill of materials (CycloneDX), as the build has written it.</summary>
internal sealed class Sbom(string name, JsonElement document)
{
    public static readonly IReadOnlyList<string> Delivered = ["intake", "county-routing", "notification", "case-services", "launcher", "client"];

    public string Name => name;

    public JsonElement Document => document;

    public IReadOnlyList<Component> Packages { get; } =
        [.. document.GetProperty("components").EnumerateArray().Select(Component.Read).Where(c => !c.Name.StartsWith("SafeHarbor.", StringComparison.Ordinal))];

    public static Sbom Read(string name) =>
        new(name, JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "artifacts", "sbom", $"{name}.cdx.json"))).RootElement);

    /// <summary>A package; where it offers a choice of licenses, all of them.</summary>
    public sealed record Component(string Name, string Version, string Purl, string? Sha512, IReadOnlyList<string> Licenses, string Copyright)
    {
        public static Component Read(JsonElement component) => new(
            Text(component, "name"),
            Text(component, "version"),
            Text(component, "purl"),
            component.TryGetProperty("hashes", out var hashes) ? hashes.EnumerateArray().Where(h => Text(h, "alg") == "SHA-512").Select(h => Text(h, "content")).Single() : null,
            [.. component.TryGetProperty("licenses", out var licenses) ? licenses.EnumerateArray().Select(LicenseOf) : []],
            Text(component, "copyright"));

        private static string LicenseOf(JsonElement entry) => entry.TryGetProperty("license", out var license)
            ? Text(license, "id") is { Length: > 0 } id ? id : Text(license, "name") + Text(license, "url")
            : Text(entry, "expression");

        private static string Text(JsonElement element, string member) => element.TryGetProperty(member, out var value) ? value.GetString() ?? "" : "";
    }
}
