using SafeHarbor.ServiceDefaults.Problems;

namespace SafeHarbor.ServiceDefaults.Json;

/// <summary>What a <see cref="BodyWalk"/> finds, in the body's order.</summary>
/// <param name="isLenient">Whether members that are not known are no errors.</param>
internal sealed class BodyFindings(bool isLenient)
{
    // A body of a megabyte can be nothing but typos.
    private const int Most = 100;

    /// <summary>What is wrong.</summary>
    public ValidationErrors Errors { get; } = new();

    /// <summary>The members that are not known, when that is no error.</summary>
    public ValidationErrors Ignored { get; } = new();

    /// <summary>A member of the object at <paramref name="at"/> is not known.</summary>
    public void Unknown(string? name, BodyPlace at, IReadOnlyCollection<string> known) => Add(isLenient ? Ignored : Errors, at.Named(name), "unknown-member",
        BodyPlace.IsPlain(name) ? $"Is not known here. {Nearest.Hint(name, known)}" : $"Holds a member that is not known here. {Nearest.Hint(null, known)}");

    /// <summary>A value is wrong.</summary>
    public void Wrong(BodyPlace at, string code, string detail) => Add(Errors, at, code, detail);

    private void Add(ValidationErrors to, BodyPlace at, string code, string detail)
    {
        var count = Errors.All.Count + Ignored.All.Count;
        if (count < Most - 1)
            to.Add(at.Pointer, code, detail);
        else if (count == Most - 1)
            Errors.Add("", "too-many", $"There is more that is not understood than these {Most - 1} entries name. Compare the body with {Expected.Document}.");
    }
}
