using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Codes;

namespace SafeHarbor.ServiceDefaults.States;

/// <summary>A mistake that would explain why coordinates are not in the state. It is told and never acted on.</summary>
/// <param name="Code">One of <see cref="CoordinateMistakes"/>.</param>
/// <param name="Meant">What was meant then, in degrees north and east; null when that cannot be told.</param>
public sealed record SuspectedMistake([CodeOf(typeof(CoordinateMistakes))] string Code, (double North, double East)? Meant)
{
    /// <summary>What would explain these coordinates; null when they are within the bounds, or nothing would.</summary>
    public static SuspectedMistake? Of(double north, double east, Bounds bounds)
    {
        if (bounds.Hold(north, east))
            return null;
        if (north == 0 || east == 0)
            return new(CoordinateMistakes.Zero, null);
        return Signs(north, east).Select(meant => new SuspectedMistake(CoordinateMistakes.SignLost, meant))
            .Append(new(CoordinateMistakes.Swapped, (east, north)))
            .Concat(Signs(east, north).Select(meant => new SuspectedMistake(CoordinateMistakes.SwappedAndSignLost, meant)))
            .FirstOrDefault(suspected => suspected.Meant is var (n, e) && bounds.Hold(n, e));
    }

    /// <summary>For people: it says what may be wrong, and quotes nothing.</summary>
    public string Text => Code switch
    {
        CoordinateMistakes.Zero => "Latitude or longitude is zero: was the field empty?",
        CoordinateMistakes.SignLost => "With the other sign they would be: west of Greenwich the longitude is negative.",
        CoordinateMistakes.Swapped => "With latitude and longitude exchanged they would be.",
        _ => "With latitude and longitude exchanged, and the other sign, they would be: west of Greenwich the longitude is negative.",
    };

    private static IEnumerable<(double, double)?> Signs(double north, double east) => [(north, -east), (-north, east), (-north, -east)];
}
