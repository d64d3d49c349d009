using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.Messaging.Wire;

namespace SafeHarbor.Intake.Timeline;

/// <summary>
/// What the timeline keeps of an event as JSON: the members that this service knows and that have no column of their own. The children that some
/// events carry for other services are left out; their reports' ids stay.
/// </summary>
internal static class CodedFacts
{
    private static readonly HashSet<string> Elsewhere = ["encounterId", "at", "reportId", "child", "reports"];

    private static readonly JsonSerializerOptions Json = new(WireFormat.Json)
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOut } },
    };

    public static string Of<T>(T message) where T : IEncounterEvent => JsonSerializer.Serialize(message, Json);

    private static void LeaveOut(JsonTypeInfo type)
    {
        if (!type.Type.IsAssignableTo(typeof(IEncounterEvent)))
            return;
        var reports = type.Properties.SingleOrDefault(p => p.Name == "reports")?.Get;
        foreach (var member in type.Properties.Where(p => Elsewhere.Contains(p.Name)).ToList())
            type.Properties.Remove(member);
        if (reports is null)
            return;
        var ids = type.CreateJsonPropertyInfo(typeof(IEnumerable<Guid>), "reportIds");
        ids.Get = message => (reports(message) as IEnumerable<ReportedChild>)?.Select(r => r.ReportId);
        ids.ShouldSerialize = (_, value) => value is not null;
        type.Properties.Add(ids);
    }
}
