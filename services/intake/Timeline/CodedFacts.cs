using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.Messaging.Wire;
using SafeHarbor.ServiceDefaults.Json;

namespace SafeHarbor.Intake.Timeline;

/// <summary>
/// What the timeline keeps of an event as JSON: the members that this service knows and that have no column of their own. The children that some
/// events carry for other services are left out; their reports' ids stay.
/// </summary>
internal static class CodedFacts
{
    private static readonly Dictionary<string, Func<TimelineEntry, object?>> Columns = new()
    {
        ["encounterId"] = entry => entry.EncounterId,
        ["at"] = entry => entry.At,
        ["reportId"] = entry => entry.ReportId,
    };

    private static readonly JsonSerializerOptions Json = new(WireFormat.Json)
    {
        Converters = { new InstantConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOut } },
    };

    private static readonly Dictionary<string, Kind> Kinds = Subscriptions.Of(Queues.Timeline).Messages.ToDictionary(WireNameAttribute.Of, Kind.Of);

    public static string Of<T>(T message) where T : IEncounterEvent => JsonSerializer.Serialize(message, Json);

    /// <summary>The event as its type, without what was left out; null when it is of a kind that this version does not know.</summary>
    public static IEncounterEvent? Event(TimelineEntry entry)
    {
        if (!Kinds.TryGetValue(entry.Type, out var kind))
            return null;
        var message = JsonSerializer.Deserialize(entry.Data, kind.Facts)!;
        foreach (var (set, column) in kind.Columns)
            set(message, column(entry));
        return (IEncounterEvent)message;
    }

    private static void LeaveOut(JsonTypeInfo type)
    {
        if (!type.Type.IsAssignableTo(typeof(IEncounterEvent)))
            return;
        foreach (var member in type.Properties)
        {
            // An earlier version may not have known it yet.
            member.IsRequired = false;
            if (Columns.ContainsKey(member.Name) || member.PropertyType == typeof(ReportedChild) || member.PropertyType == typeof(SupplementedChild) || member.PropertyType == typeof(IReadOnlyList<ReportedChild>))
                member.ShouldSerialize = (_, _) => false;
        }
        if (type.Properties.SingleOrDefault(p => p.PropertyType == typeof(IReadOnlyList<ReportedChild>)) is not { } reports)
            return;
        var ids = type.CreateJsonPropertyInfo(typeof(IReadOnlyList<Guid>), "reportIds");
        ids.Get = message => ((IReadOnlyList<ReportedChild>?)reports.Get!(message))?.Select(r => r.ReportId).ToList();
        ids.Set = (message, value) => reports.Set!(message, ((IReadOnlyList<Guid>)value!).Select(NothingKnown).ToList());
        ids.ShouldSerialize = (_, value) => value is not null;
        type.Properties.Add(ids);
    }

    private sealed record Kind(JsonTypeInfo Facts, IReadOnlyList<(Action<object, object?> Set, Func<TimelineEntry, object?> Column)> Columns)
    {
        public static Kind Of(Type message)
        {
            var facts = Json.GetTypeInfo(message);
            return new(facts, [.. from member in facts.Properties where CodedFacts.Columns.ContainsKey(member.Name) select (member.Set!, CodedFacts.Columns[member.Name])]);
        }
    }

    private static ReportedChild NothingKnown(Guid report) => new() { ReportId = report, ReportedAt = default, Child = 0, AgeBand = AgeBands.Unknown, Gender = Genders.Unknown };
}
