using System.Globalization;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.Intake.Whereabouts;

/// <summary>What an officer reads of it: who takes the child from me, and when?</summary>
internal static class WhereaboutsText
{
    public static string Of(ToldWhereabouts told, string? hotline, State state)
    {
        var here = told switch
        {
            { ToldBy: null } => "Nobody has said with whom the child is",
            { Holder: Holders.Unknown } => "It is not known with whom the child is",
            { Holder: Holders.Left } => "The child has gone, and nobody has it",
            { Holder: var holder } => $"The child is with {NameOf(holder)}",
        };
        return $"{here}{(told.Since is { } since ? $", since {At(since)}" : "")}. {Next(told, hotline, state)}".TrimEnd();

        string At(DateTimeOffset at) => InZone(at, state);
    }

    private static string? Next(ToldWhereabouts told, string? hotline, State state) => told switch
    {
        { NextHandOver: { At: { } at } next } => $"Goes next to {NameOf(next.To)}, at {InZone(at, state)}.",
        { NextHandOver: { } next } => $"Goes next to {NameOf(next.To)}; when, is not known yet.",
        { Holder: Holders.Officer or Holders.Unknown } =>
            $"Who takes the child over, and when, has not been told yet: ask the hotline of the responding county{(hotline is null ? "" : $", {hotline}")}, and say it with PUT …/whereabouts.",
        { Holder: Holders.Left } => "Who finds it says so with PUT …/whereabouts.",
        _ => null,
    };

    private static string InZone(DateTimeOffset at, State state) => TimeZoneInfo.ConvertTime(at, state.TimeZone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string NameOf(string holder) => holder switch
    {
        Holders.Officer => "an officer",
        Holders.CountyWorker => "a worker of the county",
        Holders.Shelter => "a shelter",
        Holders.Hospital => "a hospital",
        Holders.Guardian => "a parent or guardian",
        _ => "somebody who is not known here",
    };
}
