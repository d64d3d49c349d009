using System.Collections.Immutable;
using System.Data.Common;
using System.Text.Json;
using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Intake.Receipts;
using SafeHarbor.Messaging.Replicas;
using SafeHarbor.ServiceDefaults.Json;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.Intake.Shortfalls;

/// <summary>The number of a recipient for the telephone report, as a handoff told it.</summary>
public sealed record KnownHotline(Organization Organization, string Phone, DateOnly VerifiedAt)
{
    /// <summary>Of a handoff; null when its recipient has no number that was checked.</summary>
    public static KnownHotline? Of(HandoffOpened opened) =>
        opened is { HotlinePhone: { } phone, HotlineVerifiedAt: { } day } ? new(opened.Organization, phone, day) : null;
}

/// <summary>
/// The hotlines, in memory, so that a report is told whom to call before routing has decided. Packs are county-routing's: what is known here is what handoffs have
/// told, the number that was checked last of each county, and for development those of the sample packs.
/// </summary>
public sealed class Hotlines(State state) : Replica<KnownHotline>("hotlines", "concat_ws(' ', organization, verified_at, phone), organization, phone, verified_at")
{
    private volatile ImmutableDictionary<Organization, KnownHotline> _latest = ImmutableDictionary<Organization, KnownHotline>.Empty;

    /// <summary>An organization's; null when none is known.</summary>
    public ReceiptHotline? Of(Organization organization, DateOnly today) =>
        _latest.GetValueOrDefault(organization) is { } hotline ? ReceiptHotline.Of(hotline.Phone, hotline.VerifiedAt, state.Law, today) : null;

    /// <summary>Whether it is what is known already.</summary>
    public bool Knows(KnownHotline hotline) => _latest.GetValueOrDefault(hotline.Organization) == hotline;

    public override IEnumerable<object> Samples => Directory.GetFiles(state.PathOf("sample-packs"), "*.yaml").Select(SampleOf).OfType<object>();

    protected override KnownHotline? Read(DbDataReader row) =>
        Organization.TryParse(row.GetString(1), out var organization) ? new(organization, row.GetString(2), row.GetFieldValue<DateOnly>(3)) : null;

    protected override void InForce() => _latest = Rows.Values.GroupBy(hotline => hotline.Organization).ToImmutableDictionary(of => of.Key, of => of.MaxBy(hotline => hotline.VerifiedAt)!);

    private static object? SampleOf(string path)
    {
        using var pack = JsonDocument.Parse(YamlFile.Parse(File.ReadAllText(path)).Json);
        return pack.RootElement.TryGetProperty("hotline", out var hotline) ? new
        {
            organization = Organization.Of(CountyFips.Parse(pack.RootElement.GetProperty("countyFips").GetString()!)),
            phone = hotline.GetProperty("phone").GetString(),
            verified_at = hotline.GetProperty("verifiedAt").GetString(),
        } : null;
    }
}
