using System.Reflection;
using SafeHarbor.Contracts;
using SafeHarbor.Messaging.Storage;

namespace SafeHarbor.Architecture.Tests;

public sealed class ArchitectureTests
{
    private static readonly Assembly[] Services =
        [.. new[] { "SafeHarbor.Intake", "SafeHarbor.CountyRouting", "SafeHarbor.Notification", "SafeHarbor.CaseServices" }.Select(Assembly.Load)];
    private static readonly Assembly[] Everything = [.. Services, typeof(Subscriptions).Assembly, Assembly.Load("SafeHarbor.Messaging"), Assembly.Load("SafeHarbor.Ledger"), Assembly.Load("SafeHarbor.ServiceDefaults")];

    private static IEnumerable<string> References(Assembly assembly) => assembly.GetReferencedAssemblies().Select(a => a.Name!);

    [Fact]
    public void Services_never_reference_each_other() =>
        Services.SelectMany(s => Rules.ServicesThatReferenceAService(s.GetName().Name!, References(s))).ShouldBeEmpty();

    [Fact]
    public void A_service_that_referenced_another_would_be_found() =>
        Rules.ServicesThatReferenceAService("SafeHarbor.Intake", ["SafeHarbor.Contracts", "SafeHarbor.Notification"]).ShouldBe(["SafeHarbor.Intake references SafeHarbor.Notification"]);

    [Fact]
    public void Contracts_reference_nothing() =>
        Rules.ReferencesBeyondTheFramework("contracts", References(typeof(Subscriptions).Assembly)).ShouldBeEmpty();

    [Fact]
    public void Contracts_that_referenced_the_bus_would_be_found() =>
        Rules.ReferencesBeyondTheFramework("contracts", ["System.Runtime", "MassTransit.Abstractions"]).ShouldHaveSingleItem();

    [Fact]
    public void Building_blocks_reference_no_service() =>
        new[] { "SafeHarbor.Messaging", "SafeHarbor.Ledger", "SafeHarbor.ServiceDefaults" }.SelectMany(b => Rules.ServicesThatReferenceAService(b, References(Assembly.Load(b)))).ShouldBeEmpty();

    [Fact]
    public void Domain_types_know_neither_the_bus_nor_the_database_nor_http() =>
        Rules.DomainTypesThatKnowInfrastructure(Assembly.Load("SafeHarbor.CountyRouting").GetTypes()
            .Where(t => t.Name is "CountyMap" or "Determination" or "LocatedPoint" or "RoutingDecision" or "Bands" or "GroundPlane" or "BorderIndex" or "ProtocolPack" or "Escalation" or "ReportingAgency"))
            .Concat(Rules.DomainTypesThatKnowInfrastructure(typeof(Subscriptions).Assembly.GetTypes()))
            .ShouldBeEmpty();

    [Fact]
    public void A_domain_type_that_knew_the_bus_would_be_found() =>
        Rules.DomainTypesThatKnowInfrastructure([typeof(Wrong)]).ShouldHaveSingleItem();

    [Fact]
    public void Organizations_counties_and_roles_are_text_at_the_doors_alone()
    {
        var types = Services.SelectMany(s => s.GetTypes()).ToList();
        var rows = types.Where(t => t.IsAssignableTo(typeof(ServiceDb))).SelectMany(db => db.GetProperties()).Select(set => set.PropertyType)
            .Where(set => set.IsGenericType).Select(set => set.GetGenericArguments()[0]).Intersect(types).ToList();
        rows.Count.ShouldBeGreaterThan(10);
        Rules.OrganizationsCountiesAndRolesAsText([.. typeof(Subscriptions).Assembly.GetTypes(), .. types.Where(t => t.IsAssignableTo(typeof(IEncounterMessage))), .. rows]).ShouldBeEmpty();
    }

    [Fact]
    public void An_organization_as_text_would_be_found() =>
        Rules.OrganizationsCountiesAndRolesAsText([typeof(Wrong)]).ShouldBe(["Wrong.Organization is text", "Wrong.StatedCountyFips is text"]);

    [Fact]
    public void Every_type_has_a_name_that_says_something() =>
        Rules.NamesThatSayNothing(Everything.SelectMany(a => a.GetTypes()).Where(t => t.Namespace?.StartsWith("SafeHarbor", StringComparison.Ordinal) == true)).ShouldBeEmpty();

    [Fact]
    public void A_name_that_says_nothing_would_be_found() => Rules.NamesThatSayNothing([typeof(StringHelper)]).ShouldHaveSingleItem();

    [Fact]
    public void Hashes_and_secrets_are_compared_in_constant_time() => Rules.ComparisonsThatTakeLongerTheMoreIsRight(Sources()).ShouldBeEmpty();

    [Fact]
    public void A_hash_compared_byte_by_byte_would_be_found() =>
        Rules.ComparisonsThatTakeLongerTheMoreIsRight([("Token.cs", "return hash.AsSpan().SequenceEqual(given);")]).ShouldHaveSingleItem();

    [Fact]
    public void Services_give_out_no_files_and_start_no_programs() => Rules.FilesGivenOutAndProgramsStarted(Sources()).ShouldBeEmpty();

    [Fact]
    public void A_service_that_gave_out_files_would_be_found() =>
        Rules.FilesGivenOutAndProgramsStarted([("Export.cs", "return TypedResults.PhysicalFile(name);")]).ShouldHaveSingleItem();

    private static List<(string File, string Text)> Sources()
    {
        var files = Directory.GetFiles(Path.Combine(Repository.Root, "services"), "*.cs", SearchOption.AllDirectories);
        files.Length.ShouldBeGreaterThan(100);
        return [.. files.Select(file => (file, File.ReadAllText(file)))];
    }

    private sealed class Wrong
    {
        public MassTransit.IBus? Bus { get; set; }
        public string Organization { get; set; } = "";
        public string? StatedCountyFips { get; set; }
        public string OrganizationName { get; set; } = "";
    }

    private sealed class StringHelper;
}
