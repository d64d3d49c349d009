using System.Text;
using System.Text.Json;

namespace SafeHarbor.Architecture.Tests;

/// <summary>What is delivered besides our own code: known to the last package, under licenses that let it be used, and as the lock files say.</summary>
public sealed class SupplyChainTests
{
    private const string Notices = "THIRD-PARTY-NOTICES.md";

    private static readonly string[] Allowed = ["MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "PostgreSQL", "MS-PL"];

    public static TheoryData<string> Delivered => [.. Sbom.Delivered];

    [Theory]
    [MemberData(nameof(Delivered))]
    public void The_build_writes_a_bill_of_materials_that_CycloneDX_readers_understand(string name)
    {
        var document = Sbom.Read(name).Document;

        document.GetProperty("bomFormat").GetString().ShouldBe("CycloneDX");
        document.GetProperty("specVersion").GetString().ShouldBe("1.6");
        document.GetProperty("version").GetInt32().ShouldBe(1);
        document.GetProperty("metadata").GetProperty("component").GetProperty("name").GetString().ShouldBe(name);
        var references = document.GetProperty("components").EnumerateArray().Select(c => c.GetProperty("bom-ref").GetString())
            .Append(document.GetProperty("metadata").GetProperty("component").GetProperty("bom-ref").GetString()).ToList();
        references.ShouldBeUnique();
        foreach (var dependency in document.GetProperty("dependencies").EnumerateArray())
        {
            references.ShouldContain(dependency.GetProperty("ref").GetString());
            if (dependency.TryGetProperty("dependsOn", out var on))
                on.EnumerateArray().Select(d => d.GetString()).ShouldBeSubsetOf(references);
        }
    }

    [Theory]
    [MemberData(nameof(Delivered))]
    public void The_same_packages_give_the_same_bill(string name)
    {
        var document = Sbom.Read(name).Document;

        document.TryGetProperty("serialNumber", out _).ShouldBeFalse();
        document.GetProperty("metadata").TryGetProperty("timestamp", out _).ShouldBeFalse();
        document.GetRawText().ShouldNotContain(Repository.Root);
    }

    [Theory]
    [MemberData(nameof(Delivered))]
    public void Every_locked_package_is_in_it_with_its_hash(string name)
    {
        var project = name switch { "launcher" => "deploy/local", "client" => "clients/dotnet", _ => $"services/{name}" };
        var locked = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, project, "packages.lock.json"))).RootElement
            .GetProperty("dependencies").GetProperty("net10.0").EnumerateObject()
            .Where(p => p.Value.GetProperty("type").GetString() != "Project")
            .Select(p => $"{p.Name}@{p.Value.GetProperty("resolved").GetString()}".ToUpperInvariant()).ToList();

        var packages = Sbom.Read(name).Packages;

        packages.Select(p => $"{p.Name}@{p.Version}".ToUpperInvariant()).ShouldBe(locked, ignoreOrder: true);
        packages.ShouldAllBe(p => p.Purl == $"pkg:nuget/{p.Name}@{p.Version}" && p.Sha512!.Length == 128);
    }

    [Fact]
    public void Every_package_can_be_taken_under_a_license_that_asks_for_no_more_than_its_notice() =>
        Packages().Where(p => !p.Licenses.Any(Allowed.Contains)).Select(p => $"{p.Name} {p.Version}: {string.Join(" or ", p.Licenses)}").ShouldBeEmpty();

    [Fact]
    public void The_notices_are_those_of_the_packages()
    {
        var table = new StringBuilder("| package | version | license | copyright |\n|---|---|---|---|\n");
        foreach (var package in Packages())
        {
            var copyright = package.Copyright.ReplaceLineEndings(" ").Replace("|", "/", StringComparison.Ordinal).Trim();
            table.Append(System.Globalization.CultureInfo.InvariantCulture, $"| {package.Name} | {package.Version} | {package.Licenses.First(Allowed.Contains)} | {copyright} |\n");
        }

        var kept = File.ReadAllText(Path.Combine(Repository.Root, Notices));
        var begin = kept.IndexOf("| package |", StringComparison.Ordinal);
        var right = kept[..begin] + table;
        var proposal = Path.Combine(Repository.Root, "artifacts", Notices);
        if (kept != right)
            File.WriteAllText(proposal, right);

        (kept == right).ShouldBeTrue($"The packages have changed. Look at what is new, then: cp artifacts/{Notices} {Notices}");
    }

    [Fact]
    public void What_the_TypeScript_client_needs_is_known_and_can_be_taken_too()
    {
        var locked = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "clients", "typescript", "package-lock.json"))).RootElement
            .GetProperty("packages").EnumerateObject().Where(package => package.Name.Length > 0).ToList();
        var needed = locked.Where(package => !package.Value.TryGetProperty("dev", out _)).ToList();

        needed.ShouldNotBeEmpty();
        needed.ShouldAllBe(package => Allowed.Contains(package.Value.GetProperty("license").GetString()));
        var notices = File.ReadAllText(Path.Combine(Repository.Root, Notices));
        needed.Select(package => package.Name["node_modules/".Length..]).ShouldAllBe(name => notices.Contains(name));
        locked.Where(package => package.Value.TryGetProperty("resolved", out _)).ShouldBeEmpty("where packages come from is the machine's business");
    }

    private static List<Sbom.Component> Packages() =>
        [.. Sbom.Delivered.SelectMany(name => Sbom.Read(name).Packages).DistinctBy(p => p.Purl).OrderBy(p => p.Purl, StringComparer.Ordinal)];
}
